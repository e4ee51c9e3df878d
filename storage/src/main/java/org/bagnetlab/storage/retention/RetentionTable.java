package org.bagnetlab.storage.retention;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for removable and removed files. */
public final class RetentionTable extends DatabaseTable {

  static final String ENDED =
      """
      SELECT artifacts.id, artifacts.job, artifacts.output, artifacts.kind, artifacts.name, artifacts.file,
             artifacts.media_type, artifacts.sha256, artifacts.size, artifacts.facts,
             artifacts.created_at, jobs.title, jobs.state, jobs.ended_at
      FROM artifacts JOIN jobs ON jobs.id = artifacts.job
      WHERE artifacts.kind IN (<kinds>) AND jobs.kind = 'train' AND jobs.state IN (<states>)
        AND jobs.ended_at IS NOT NULL
      ORDER BY artifacts.id
      """;

  static final String REMOVED =
      """
      SELECT job, kind, name, size, at FROM removals
      WHERE job = :job AND kind = :kind ORDER BY job, kind, id DESC LIMIT 1
      """;

  private static final RowMapper<RetainedRow> RETAINED = ConstructorMapper.of(RetainedRow.class);
  private static final RowMapper<RemovalRow> REMOVAL = ConstructorMapper.of(RemovalRow.class);

  /** Opens the table within a transaction. */
  public RetentionTable(Handle handle) {
    super(handle);
  }

  /** Files of these kinds from trainings in these states, the oldest first. */
  public List<RetainedRow> ofTrainings(Collection<String> kinds, Collection<String> states) {
    return query(ENDED, Map.of("kinds", kinds, "states", states)).map(RETAINED).list();
  }

  /** The subjects of the jobs in these states, that is, the jobs whose networks they use. */
  public Set<Long> subjects(Collection<String> states) {
    return query(
            "SELECT DISTINCT subject FROM jobs WHERE subject IS NOT NULL AND state IN (<states>)",
            Map.of("states", states))
        .mapTo(Long.class)
        .set();
  }

  /** Records that a file was removed. */
  public void insert(RemovalRow removal) {
    store(
        """
        INSERT INTO removals (job, kind, name, size, at)
        VALUES (:job, :kind, :name, :size, :at)
        """,
        removal);
  }

  /** Records that a cancelled job no longer has a checkpoint to resume from. */
  public void noCheckpoint(long job) {
    handle.execute("UPDATE jobs SET checkpoint = FALSE WHERE id = ?", job);
  }

  /** The last file of a kind that retention removed from a job. */
  public Optional<RemovalRow> removed(long job, String kind) {
    return query(REMOVED, Map.of("job", job, "kind", kind)).map(REMOVAL).findOne();
  }

  /** The files that retention removed last, the newest first. */
  public List<RemovalRow> newest(int limit) {
    return handle
        .select("SELECT job, kind, name, size, at FROM removals ORDER BY id DESC LIMIT ?", limit)
        .map(REMOVAL)
        .list();
  }
}
