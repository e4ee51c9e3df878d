package org.bagnetlab.storage.result;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * SQL statements for the values that jobs measured, in tidy form. Views and exports aggregate them.
 */
public final class ResultTable extends DatabaseTable {

  private static final String COLUMNS =
      """
      results.job, results.output, results.metric, results.set_name AS "set", results.axes,
      results.number AS "value", results.images
      """;

  /**
   * The run whose network a job measures: the job that it analyses, otherwise the job itself. A
   * training measures itself, even if it starts from the network of its subject.
   */
  private static final String RUN =
      "CASE WHEN jobs.subject IS NULL OR jobs.kind = 'train' THEN jobs.id ELSE jobs.subject END";

  /** Jobs that succeeded, each with its run. */
  private static final String FROM =
      "FROM jobs\n  LEFT JOIN jobs run ON run.id = "
          + RUN
          + """

            JOIN results ON results.job = jobs.id
              AND (CAST(:metric AS VARCHAR) IS NULL OR results.metric = :metric)
              AND (CAST(:set AS VARCHAR) IS NULL OR results.set_name = :set)
              AND (CAST(:output AS VARCHAR) IS NULL OR results.output = :output)
          WHERE jobs.state = 'SUCCEEDED'
            AND (CAST(:experiment AS VARCHAR) IS NULL OR jobs.kind = :experiment)
            AND (CAST(:dataset AS VARCHAR) IS NULL OR run.dataset = :dataset)
          """;

  static final String FOUND =
      "SELECT "
          + COLUMNS
          + ", jobs.kind, "
          + RUN
          + " AS run, run.spec AS run_spec\n"
          + FROM
          + """
            ORDER BY jobs.id, results.metric, results.set_name, results.output, results.axes
            LIMIT :limit OFFSET :offset
            """;

  /** For views over all runs: only the needed columns, without sorting. */
  static final String OF_RUNS =
      "SELECT results.job, "
          + RUN
          + """
             AS run, results.set_name, results.axes, results.number, results.images
            FROM jobs JOIN results
              ON results.job = jobs.id AND results.metric = :metric AND results.output = :output
            WHERE jobs.state = 'SUCCEEDED'
            """;

  /** The same, for some runs. */
  static final String OF_SOME_RUNS =
      """
      SELECT results.job, measured.run, results.set_name, results.axes, results.number,
             results.images
      FROM (SELECT id, id AS run FROM jobs WHERE id = ANY(:runs) AND state = 'SUCCEEDED'
          UNION ALL SELECT id, subject FROM jobs
            WHERE subject = ANY(:runs) AND kind <> 'train' AND state = 'SUCCEEDED') measured
        JOIN results ON results.job = measured.id
          AND results.metric = :metric AND results.output = :output
      """;

  private static final String COUNT = "SELECT COUNT(*) " + FROM;

  private static final RowMapper<ResultRow> RESULT = ConstructorMapper.of(ResultRow.class);

  private static final RowMapper<FoundResultRow> FOUND_RESULT =
      ConstructorMapper.of(FoundResultRow.class);

  private final SucceededJobs succeeded;

  /** Opens the table within a transaction, and records changes to jobs that succeeded. */
  public ResultTable(Handle handle, SucceededJobs succeeded) {
    super(handle);
    this.succeeded = succeeded;
  }

  /** Stores a result, replacing an earlier one at the same position. */
  public void put(ResultRow result) {
    succeeded.touch(result.job());
    store(
        """
        MERGE INTO results (job, output, metric, set_name, axes, number, images)
        KEY (job, metric, set_name, output, axes)
        VALUES (:job, :output, :metric, :set, :axes, :value, :images)
        """,
        result);
  }

  /** The values that a job measured. */
  public List<ResultRow> ofJob(long job) {
    return query(
            "SELECT "
                + COLUMNS
                + "FROM results WHERE job = :job ORDER BY metric, set_name, output, axes",
            Map.of("job", job))
        .map(RESULT)
        .list();
  }

  /** The values of a metric that some jobs measured, in no particular order. */
  public List<ResultRow> ofJobs(List<Long> jobs, String metric) {
    return query(
            "SELECT " + COLUMNS + "FROM results WHERE job IN (<jobs>) AND metric = :metric",
            Map.of("jobs", jobs, "metric", metric))
        .map(RESULT)
        .list();
  }

  /** The values measured by jobs that succeeded, in the order of the jobs. */
  public List<FoundResultRow> find(ResultFilter filter, int limit, long offset) {
    return bound(handle.createQuery(restricted(FOUND, filter)), filter)
        .bind("limit", limit)
        .bind("offset", offset)
        .map(FOUND_RESULT)
        .list();
  }

  /** The values of an output measured by all jobs that succeeded, in no particular order. */
  public List<RunResultRow> ofRuns(String output, String metric) {
    return ofRuns(handle.createQuery(OF_RUNS), output, metric);
  }

  /** The same, of some runs: trainings, or jobs that measured networks that were not trained. */
  public List<RunResultRow> ofRuns(String output, String metric, Collection<Long> runs) {
    return ofRuns(
        handle.createQuery(OF_SOME_RUNS).bindArray("runs", Long.class, runs.toArray()),
        output,
        metric);
  }

  private static List<RunResultRow> ofRuns(Query query, String output, String metric) {
    return query
        .bind("output", output)
        .bind("metric", metric)
        .map(
            (row, context) -> {
              int images = row.getInt("images");
              Optional<Integer> known = row.wasNull() ? Optional.empty() : Optional.of(images);
              return new RunResultRow(
                  row.getLong("run"),
                  new ResultRow(
                      row.getLong("job"),
                      output,
                      metric,
                      row.getString("set_name"),
                      row.getString("axes"),
                      row.getDouble("number"),
                      known));
            })
        .list();
  }

  /** The number of results that match a filter. */
  public long count(ResultFilter filter) {
    return bound(handle.createQuery(restricted(COUNT, filter)), filter).mapTo(Long.class).one();
  }

  /** Writes a query so that H2 finds the jobs by an index. */
  private static String restricted(String sql, ResultFilter filter) {
    if (filter.run().isPresent()) {
      return about(sql);
    }
    return filter.experiment().isPresent() ? ofExperiment(sql) : sql;
  }

  /** Restricts a query to the jobs of one experiment. */
  static String ofExperiment(String sql) {
    return sql.replace(
        "(CAST(:experiment AS VARCHAR) IS NULL OR jobs.kind = :experiment)",
        "jobs.kind = :experiment");
  }

  /** Restricts a query to one run, whose jobs are looked up by ID. */
  private static String about(String sql) {
    return sql.replace(
        "FROM jobs\n",
        """
        FROM (SELECT * FROM jobs WHERE id = :run
          UNION SELECT * FROM jobs WHERE subject = :run AND kind <> 'train') jobs
        """);
  }

  private static Query bound(Query query, ResultFilter filter) {
    query
        .bind("metric", filter.metric())
        .bind("set", filter.set())
        .bind("output", filter.output())
        .bind("experiment", filter.experiment())
        .bind("dataset", filter.dataset());
    filter.run().ifPresent(run -> query.bind("run", run));
    return query;
  }

  /** Removes the results of a job. */
  public void forget(long job) {
    succeeded.touch(job);
    handle.execute("DELETE FROM results WHERE job = ?", job);
  }
}
