package org.bagnetlab.storage.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * A copy of the file of an open database. It is read by H2: if anything else in this process opened
 * and closed the file, the system would release H2's lock of it.
 */
final class Snapshot extends ZipOutputStream {

  private Snapshot(OutputStream file) {
    super(file);
  }

  /** What an open database is stored in. */
  static MVStore source(Connection connection) throws IOException {
    try {
      return session(connection).getDatabase().getStore().getMvStore();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** H2's side of a connection, with what JDBC does not offer. */
  static SessionLocal session(Connection connection) throws SQLException {
    return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
  }

  /**
   * Writes one; one at a time, since H2 leaves room alone meanwhile, and would do so for good after
   * two at once. What is written to the database meanwhile may be missing.
   *
   * @param copy the file to make
   * @throws IOException if it does not end with what was stored last, too
   */
  static synchronized void write(MVStore source, Path copy) throws IOException {
    try (Snapshot contents = new Snapshot(Files.newOutputStream(copy))) {
      source.getFileStore().backup(contents);
    }
    // H2 opens a file without its end as what it was before, and says nothing.
    try (MVStore copied = new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
      long stored = source.getFileStore().lastChunkVersion();
      long found = copied.getFileStore().lastChunkVersion();
      if (found != stored) {
        throw new IOException("the copy ends with version %d, and not %d".formatted(found, stored));
      }
    }
  }

  // H2 gives its file only as an entry of a ZIP. Of that, this keeps the contents.

  @Override
  public void putNextEntry(ZipEntry file) {}

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  @Override
  public void closeEntry() {}

  @Override
  public void finish() {}
}
