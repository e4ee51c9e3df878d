package org.bagnetlab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;

/** A server's hold on its data directory. Opening and closing block. */
record LabStorage(DataDirectory directory, Database database, ArtifactStore artifacts)
    implements AutoCloseable {

  static LabStorage open(Path path, Recovery recovery) throws IOException {
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
