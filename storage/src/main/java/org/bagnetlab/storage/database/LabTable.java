package org.bagnetlab.storage.database;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;

/** SQL statements for the database's own metadata. */
final class LabTable extends DatabaseTable {

  LabTable(Handle handle) {
    super(handle);
  }

  /** The data directory that the database belongs to; empty if never set. */
  Optional<String> identity() {
    return handle
        .createQuery("SELECT identity FROM lab")
        .mapTo(String.class)
        .findOne()
        .filter(identity -> !identity.isEmpty());
  }

  /** Assigns the database to a data directory. */
  void identify(String identity) {
    update("UPDATE lab SET identity = :identity", Map.of("identity", identity));
  }

  /** How many changes were committed. It never decreases. */
  long commits() {
    return handle.createQuery("SELECT commits FROM lab").mapTo(Long.class).one();
  }

  /** Counts a change, in its transaction. */
  void countChange() {
    handle.execute("UPDATE lab SET commits = commits + 1");
  }

  /** The ID that the next job will get. */
  long nextJob() {
    return handle
        .createQuery(
            """
            SELECT identity_base FROM information_schema.columns
            WHERE table_schema = 'PUBLIC' AND table_name = 'JOBS' AND column_name = 'ID'
            """)
        .mapTo(Long.class)
        .one();
  }

  /** Makes the next job's ID higher than this one. */
  void continueAfter(long job) {
    if (nextJob() <= job) {
      handle.execute("ALTER TABLE jobs ALTER COLUMN id RESTART WITH " + (job + 1));
    }
  }
}
