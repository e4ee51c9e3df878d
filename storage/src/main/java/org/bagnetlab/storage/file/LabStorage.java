package org.bagnetlab.storage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;

/**
 * The complete storage of a lab. Opening and closing block.
 *
 * @param directory the data directory
 * @param database jobs, results, and records of files
 * @param artifacts the files of jobs
 */
public record LabStorage(DataDirectory directory, Database database, ArtifactStore artifacts)
    implements AutoCloseable {

  /**
   * Opens a data directory, creating it if necessary.
   *
   * @throws org.bagnetlab.storage.directory.DataDirectoryInUse if another process has it
   * @throws org.bagnetlab.storage.database.DatabaseRefused if its database does not match its files
   */
  public static LabStorage open(Path path, Recovery recovery) throws IOException {
    DataDirectory directory = DataDirectory.open(path);
    try {
      Database database = DatabaseStart.open(directory, recovery);
      return new LabStorage(directory, database, new ArtifactStore(directory, database));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public void close() {
    artifacts.close();
    database.close();
    try {
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
