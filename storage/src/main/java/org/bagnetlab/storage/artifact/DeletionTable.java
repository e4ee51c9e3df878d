package org.bagnetlab.storage.artifact;

import java.util.List;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;

/**
 * SQL statements for files to be deleted, so that the next server process completes the deletions
 * of one that crashed. An entry is made before a file is moved into place, or in the transaction
 * that removes its row; it is removed when the row exists, or when the file is deleted.
 */
public final class DeletionTable extends DatabaseTable {

  /** Opens the table within a transaction. */
  public DeletionTable(Handle handle) {
    super(handle);
  }

  /** Records that a stored file will be deleted, or that a file is not yet stored. */
  public void addArtifact(String file) {
    add(artifact(file));
  }

  /** Records that a stored file was deleted, or that its row exists. */
  public void removeArtifact(String file) {
    remove(artifact(file));
  }

  /** Records that all files of a job will be deleted. */
  public void addJob(long job) {
    ofJob(job).forEach(this::add);
  }

  /** Records that all files of a job were deleted. */
  public void removeJob(long job) {
    ofJob(job).forEach(this::remove);
  }

  private static String artifact(String file) {
    return DataDirectory.ARTIFACTS + "/" + file;
  }

  private static List<String> ofJob(long job) {
    return List.of(DataDirectory.ARTIFACTS + "/" + job, DataDirectory.RUNS + "/" + job);
  }

  private void add(String path) {
    handle.execute("MERGE INTO deletions (path) KEY (path) VALUES (?)", path);
  }

  /** Records that the file or directory at this path was deleted. */
  public void remove(String path) {
    handle.execute("DELETE FROM deletions WHERE path = ?", path);
  }

  /** Removes all pending deletions. */
  public void clear() {
    handle.execute("DELETE FROM deletions");
  }

  /** The paths of all pending deletions, relative to the data directory. */
  public List<String> all() {
    return handle
        .createQuery("SELECT path FROM deletions ORDER BY path")
        .mapTo(String.class)
        .list();
  }
}
