package org.bagnetlab.storage.sweep;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for the trials of searches. */
public final class TrialTable extends DatabaseTable {

  private static final String SELECT = "SELECT sweep, job, number, point, tried FROM trials ";

  static final String ENDED =
      """
      SELECT jobs.spec, trials.tried, jobs.state, jobs.cause_code,
        %s
      FROM trials JOIN jobs ON jobs.id = trials.job
      WHERE trials.sweep = :sweep AND trials.point = :point
        AND jobs.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
      ORDER BY trials.sweep, trials.point, trials.number
      """
          .formatted(SweepTable.ACCURACIES);

  static final String AVERAGES =
      """
      SELECT average FROM (
        SELECT (
          SELECT AVG(validation_accuracy) FROM epochs
          WHERE epochs.job = trials.job AND epochs.epoch <= :epoch) AS average
        FROM trials
        WHERE trials.sweep = :sweep AND trials.point = :point AND EXISTS (
          SELECT 1 FROM jobs WHERE jobs.id = trials.job AND jobs.state = 'SUCCEEDED'))
      WHERE average IS NOT NULL
      """;

  static final String ONLY_TRIALS =
      """
      SELECT jobs.id FROM (
        SELECT sweep_jobs.job FROM sweep_jobs
        WHERE sweep_jobs.sweep IN (SELECT sweep FROM trials)
        UNION
        SELECT sweep_jobs.job FROM sweeps JOIN sweep_jobs ON sweep_jobs.sweep = sweeps.name
        WHERE sweeps.halving_factor IS NOT NULL
      ) searched JOIN jobs ON jobs.id = searched.job
      WHERE jobs.sweep IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sweep_jobs JOIN sweeps ON sweeps.name = sweep_jobs.sweep
        WHERE sweep_jobs.job = jobs.id AND sweeps.halving_factor IS NULL AND NOT EXISTS (
          SELECT 1 FROM trials WHERE trials.sweep = sweep_jobs.sweep))
      """;

  private static final RowMapper<EndedTrialRow> ENDED_TRIAL =
      ConstructorMapper.of(EndedTrialRow.class);
  private static final RowMapper<TrialRow> TRIAL = ConstructorMapper.of(TrialRow.class);

  /** Opens the table within a transaction. */
  public TrialTable(Handle handle) {
    super(handle);
  }

  /** Stores a trial, whose job belongs to the sweep, or other values for it. */
  public void put(TrialRow trial) {
    store(
        """
        MERGE INTO trials (sweep, job, number, point, tried) KEY (sweep, job)
        VALUES (:sweep, :job, :number, :point, :tried)
        """,
        trial);
  }

  /** One row for each sweep in whose search a job is a trial. */
  public List<TrialRow> ofJob(long job) {
    return query(SELECT + "WHERE job = :job ORDER BY job, sweep", Map.of("job", job))
        .map(TRIAL)
        .list();
  }

  /** The ids of a sweep's trials by their numbers. */
  public Map<Integer, Long> ofSweep(String sweep) {
    return query("SELECT number, job FROM trials WHERE sweep = :sweep", Map.of("sweep", sweep))
        .setMapKeyColumn("number")
        .setMapValueColumn("job")
        .collectInto(new GenericType<>() {});
  }

  /** The trials of a point that have ended, in the order of their numbers. */
  public List<EndedTrialRow> ended(String sweep, int point) {
    return query(ENDED, Map.of("sweep", sweep, "point", point)).map(ENDED_TRIAL).list();
  }

  /**
   * The mean validation accuracy of each trial of a point that succeeded, over its epochs up to
   * this one.
   */
  public List<Double> averages(String sweep, int point, int epoch) {
    return query(AVERAGES, Map.of("sweep", sweep, "point", point, "epoch", epoch))
        .mapTo(Double.class)
        .list();
  }

  /**
   * The ids of jobs that ran only to find good settings: all of their sweeps draw values at random,
   * search with the results of earlier trials, or promote trials by successive halving.
   */
  public Set<Long> onlyTrials() {
    return handle.createQuery(ONLY_TRIALS).mapTo(Long.class).set();
  }

  /** Whether a training starts from the network of a trial. */
  public boolean isFollowedByTraining(long job) {
    return query(
            "SELECT 1 FROM jobs WHERE subject = :job AND kind = 'train' LIMIT 1",
            Map.of("job", job))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Whether a job outside this sweep is about the network of a trial, or starts from it. */
  public boolean isSubjectOfOthers(String sweep, long job) {
    return query(
            """
            SELECT 1 FROM jobs WHERE subject = :job AND NOT EXISTS (
              SELECT 1 FROM sweep_jobs WHERE sweep = :sweep AND sweep_jobs.job = jobs.id)
            LIMIT 1
            """,
            Map.of("sweep", sweep, "job", job))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
