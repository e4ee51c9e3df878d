package org.bagnetlab.server.cli.backup;

import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.server.backup.BackupManifest;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.disk.ByteSize;

/**
 * A summary of a backup, for users and scripts.
 *
 * @param file the backup
 * @param lab identifier of the data directory
 * @param savedAt when it was saved, in UTC
 * @param jobs number of jobs in the database
 * @param files number of files
 * @param bytes total size of the files
 * @param notices what could not be saved correctly
 */
record Summary(
    String file,
    String lab,
    String savedAt,
    int jobs,
    int files,
    long bytes,
    List<String> notices) {

  static Summary of(Path file, BackupManifest manifest) {
    return new Summary(
        file.toString(),
        manifest.lab(),
        manifest.savedAt(),
        manifest.jobs(),
        manifest.files().size(),
        manifest.bytes(),
        manifest.notices());
  }

  void print(String done, JsonOption json) {
    if (json.printed(this)) {
      return;
    }
    notices.forEach(notice -> System.err.println("Warning: " + Terminal.line(notice)));
    System.out.printf(
        "%s %d jobs, %d files, %s, as of %s: %s%n",
        done, jobs, files, ByteSize.text(bytes), savedAt, file);
  }
}
