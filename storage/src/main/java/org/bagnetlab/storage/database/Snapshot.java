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
 * A copy of the file of an open database. H2 itself reads the file: if other code in this process
 * opened and closed it, the operating system would release H2's lock.
 */
final class Snapshot extends ZipOutputStream {

  private Snapshot(OutputStream file) {
    super(file);
  }

  /** The store of an open database. */
  static MVStore source(Connection connection) throws IOException {
    try {
      return session(connection).getDatabase().getStore().getMvStore();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The H2 session of a connection, for features that JDBC does not offer. */
  static SessionLocal session(Connection connection) throws SQLException {
    return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
  }

  /**
   * Writes a copy. Only one copy is written at a time: H2 does not reuse freed space during a copy,
   * and after two simultaneous copies it would never reuse freed space again. The copy may lack
   * changes made meanwhile.
   *
   * @param copy the file to make
   * @throws IOException if the copy does not end with the last stored version
   */
  static synchronized void write(MVStore source, Path copy) throws IOException {
    try (Snapshot contents = new Snapshot(Files.newOutputStream(copy))) {
      source.getFileStore().backup(contents);
    }
    // H2 silently opens a truncated file at an earlier version.
    try (MVStore copied = new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
      long stored = source.getFileStore().lastChunkVersion();
      long found = copied.getFileStore().lastChunkVersion();
      if (found != stored) {
        throw new IOException("the copy ends with version %d, and not %d".formatted(found, stored));
      }
    }
  }

  // H2 writes its file only as a ZIP entry. This keeps just the contents of that entry.

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
