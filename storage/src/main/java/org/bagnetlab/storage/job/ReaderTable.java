package org.bagnetlab.storage.job;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * SQL statements for jobs that read a data set: trainings on it, and jobs that analyse such a
 * training.
 */
public final class ReaderTable extends DatabaseTable {

  private static final String READS =
      """
      (dataset = :dataset
        OR (kind <> 'train' AND subject IN (SELECT id FROM jobs WHERE dataset = :dataset)))
      """;

  private static final String OLDEST =
      JobTable.SELECT
          + "WHERE state IN (<states>) AND "
          + READS
          + """
           ORDER BY id LIMIT :limit
          """;

  private static final String NEWEST =
      """
      SELECT id, kind, title, state FROM jobs
      WHERE state %s (<states>) AND %s
      ORDER BY id DESC LIMIT :limit
      """;

  private static final String NEWEST_IN = NEWEST.formatted("IN", READS);

  /** Most jobs have ended, so looking them up by state would sort almost all of them. */
  private static final String NEWEST_NOT_IN = NEWEST.formatted("NOT IN", READS);

  private static final String COUNT =
      """
      SELECT COUNT(*) AS jobs,
             COUNT(CASE WHEN kind = 'train' THEN 1 END) AS trainings,
             COUNT(CASE WHEN state IN (<states>) THEN 1 END) AS unfinished
      FROM jobs WHERE %s
      """
          .formatted(READS);

  /** Opens the table within a transaction. */
  public ReaderTable(Handle handle) {
    super(handle);
  }

  /** Jobs in one of these states that read this data set, the oldest first. */
  public List<JobRow> oldest(String dataset, Collection<String> states, int limit) {
    return query(OLDEST, Map.of("dataset", dataset, "states", states, "limit", limit))
        .map(JobTable.JOB)
        .list();
  }

  /**
   * Counts the jobs that read this data set.
   *
   * @param unfinished the states of jobs that may still read it
   */
  public ReaderCounts count(String dataset, Collection<String> unfinished) {
    return query(COUNT, Map.of("dataset", dataset, "states", unfinished))
        .map(ConstructorMapper.of(ReaderCounts.class))
        .one();
  }

  /** Jobs in one of these few states that read this data set, the newest first. */
  public List<ReaderRow> newest(String dataset, Collection<String> states, int limit) {
    return newest(NEWEST_IN, dataset, states, limit);
  }

  /** Jobs in none of these states that read this data set, the newest first. */
  public List<ReaderRow> newestOthers(String dataset, Collection<String> states, int limit) {
    return newest(NEWEST_NOT_IN, dataset, states, limit);
  }

  private List<ReaderRow> newest(
      String query, String dataset, Collection<String> states, int limit) {
    return query(query, Map.of("dataset", dataset, "states", states, "limit", limit))
        .map(ConstructorMapper.of(ReaderRow.class))
        .list();
  }
}
