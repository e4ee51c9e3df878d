package org.bagnetlab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bagnetlab.storage.ArtifactStore;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.Database;

/** A server's hold on its data directory. Opening and closing block. */
record Storage(DataDirectory directory, Database database, ArtifactStore artifacts)
    implements AutoCloseable {

  static Storage open(Path path) throws IOException {
    DataDirectory directory = DataDirectory.open(path);
    try {
      Database database = Database.open(directory.database());
      return new Storage(directory, database, new ArtifactStore(directory, database));
    } catch (RuntimeException e) {
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
