package org.bagnetlab.storage.mirror;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;

/** SQL statements for the trainings that other tracking servers have. */
public final class MirrorTable extends DatabaseTable {

  static final String NEXT =
      """
      SELECT jobs.id FROM jobs
      WHERE jobs.kind = 'train' AND jobs.state = 'SUCCEEDED' AND jobs.origin_lab IS NULL
        AND jobs.id > :after
        AND NOT EXISTS (
          SELECT 1 FROM mirrored WHERE mirrored.server = :server AND mirrored.job = jobs.id)
      ORDER BY jobs.id LIMIT 1
      """;

  /** Opens the table within a transaction. */
  public MirrorTable(Handle handle) {
    super(handle);
  }

  /**
   * The oldest training of this lab that succeeded and that a server does not have yet, of those
   * with a higher ID than this one.
   */
  public Optional<Long> next(String server, long after) {
    return query(NEXT, Map.of("server", server, "after", after)).mapTo(Long.class).findOne();
  }

  /** Records that a server has a training, unless it was deleted; returns the number of rows. */
  public int put(String server, long job) {
    return handle.execute(
        "MERGE INTO mirrored (server, job) SELECT CAST(? AS VARCHAR), id FROM jobs WHERE id = ?",
        server,
        job);
  }
}
