package org.bagnetlab.storage.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.storage.cause.CauseRow;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for sweeps, their jobs, and the rungs of their trials. */
public final class SweepTable extends DatabaseTable {

  private static final String SELECT =
      """
      SELECT name, definition, created_at, held, hold_code, hold_arguments, stop_after,
             failures, halving_factor, halving_first, ended_at, pending
      FROM sweeps
      """;

  /**
   * Most jobs belong to one sweep, and an index contains the jobs' states; shared jobs are checked
   * only afterwards.
   */
  static final String OPEN =
      """
      SELECT CASE WHEN EXISTS (
        SELECT 1 FROM jobs WHERE sweep = :sweep AND state IN (<states>)) THEN 1
      WHEN EXISTS (
        SELECT 1 FROM sweep_jobs JOIN jobs ON jobs.id = sweep_jobs.job
        WHERE sweep_jobs.sweep = :sweep AND jobs.state IN (<states>)) THEN 1 ELSE 0 END
      """;

  /**
   * A job that is shared by several sweeps, or was submitted individually, runs as long as one of
   * them needs it.
   */
  private static final String COMPUTE_HOLD =
      """
      UPDATE jobs SET held = sweep IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sweep_jobs JOIN sweeps ON sweeps.name = sweep_jobs.sweep
        WHERE sweep_jobs.job = jobs.id AND NOT sweeps.held)
      WHERE id = :job
      """;

  /** The state of a job, or that its sweep pruned it, which is kept as a cancellation. */
  private static final String OUTCOME =
      """
      CASE WHEN jobs.state = 'CANCELLED' AND jobs.cause_code = ANY(:pruning) THEN 'PRUNED'
      ELSE jobs.state END""";

  /** Columns of a training: its highest validation accuracy, and that of its last epoch. */
  static final String ACCURACIES =
      """
      (SELECT MAX(validation_accuracy) FROM epochs WHERE epochs.job = jobs.id) AS best,
      (SELECT validation_accuracy FROM epochs WHERE epochs.job = jobs.id
        ORDER BY epochs.job DESC, epochs.epoch DESC LIMIT 1) AS last
      """;

  static final String TRAININGS =
      """
      SELECT jobs.id AS job, jobs.spec, jobs.state, jobs.cause_code,
        %s,
        (SELECT MAX(epoch) FROM epochs WHERE epochs.job = jobs.id) AS epochs,
        (SELECT accuracy FROM rungs WHERE rungs.job = jobs.id
          ORDER BY rungs.job, rungs.epoch LIMIT 1) AS first_rung
      FROM sweep_jobs JOIN jobs ON jobs.id = sweep_jobs.job
      WHERE sweep_jobs.sweep = :sweep AND jobs.kind = 'train'
      ORDER BY sweep_jobs.sweep, sweep_jobs.job
      """
          .formatted(ACCURACIES);

  static final String WORK =
      """
      SELECT job, SUM(CAST(DATEDIFF(MILLISECOND, since, until) AS DOUBLE PRECISION)) / 1000 AS seconds,
             MIN(since) AS since, MAX(until) AS until
      FROM (
        SELECT transitions.job, transitions.to_state, transitions.at AS since,
               LEAD(transitions.at) OVER (
                 PARTITION BY transitions.job ORDER BY transitions.id) AS until
        FROM sweep_jobs JOIN transitions ON transitions.job = sweep_jobs.job
        WHERE sweep_jobs.sweep = :sweep)
      WHERE to_state IN ('RUNNING', 'PAUSING') AND until IS NOT NULL
      GROUP BY job
      """;

  static final String DEVICE_SECONDS =
      """
      SELECT COALESCE(SUM(costs.device_seconds), 0)
      FROM jobs JOIN costs ON costs.job = jobs.id WHERE jobs.sweep = :sweep
      """;

  private static final RowMapper<SweepTrainingRow> TRAINING =
      ConstructorMapper.of(SweepTrainingRow.class);
  private static final RowMapper<WorkRow> WORKED = ConstructorMapper.of(WorkRow.class);
  private static final RowMapper<SweepRow> SWEEP = ConstructorMapper.of(SweepRow.class);
  private static final RowMapper<RungRow> RUNG = ConstructorMapper.of(RungRow.class);

  private final SucceededJobs succeeded;

  /** Opens the table within a transaction, and records changes to jobs that succeeded. */
  public SweepTable(Handle handle, SucceededJobs succeeded) {
    super(handle);
    this.succeeded = succeeded;
  }

  /** Stores a new sweep. */
  public void insert(SweepRow sweep) {
    handle
        .createUpdate(
            """
            INSERT INTO sweeps (name, definition, created_at, held, hold_code, hold_arguments,
                                stop_after, stopped, failures, halving_factor, halving_first,
                                ended_at, pending)
            VALUES (:name, :definition, :createdAt, :held, :holdCode, :holdArguments, :stopAfter,
                    FALSE, :failures, :halvingFactor, :halvingFirst, :endedAt,
                    :pending)
            """)
        .bind("holdCode", sweep.hold().map(CauseRow::code))
        .bind("holdArguments", sweep.hold().map(CauseRow::arguments))
        .bindMethods(sweep)
        .execute();
  }

  /** Stores the definition of a sweep whose jobs were submitted individually under its name. */
  public void adopt(SweepRow sweep) {
    store(
        """
        UPDATE sweeps SET definition = :definition, stop_after = :stopAfter,
          halving_factor = :halvingFactor, halving_first = :halvingFirst
        WHERE name = :name
        """,
        sweep);
  }

  /** The sweep with this name. */
  public Optional<SweepRow> find(String name) {
    return query(SELECT + "WHERE name = :name", Map.of("name", name)).map(SWEEP).findOne();
  }

  /** All sweeps, the newest first. */
  public List<SweepRow> all() {
    return handle.createQuery(SELECT + "ORDER BY created_at DESC, name").map(SWEEP).list();
  }

  /** Stores which change of a sweep, spread over several transactions, is pending, if any. */
  public void pending(String name, Optional<String> what) {
    handle.execute("UPDATE sweeps SET pending = ? WHERE name = ?", what, name);
  }

  /** The IDs of a sweep's jobs, in the order of submission. */
  public List<Long> jobs(String name) {
    return handle
        .select("SELECT job FROM sweep_jobs WHERE sweep = ? ORDER BY job", name)
        .mapTo(Long.class)
        .list();
  }

  /** The trainings of a sweep with what they reached, in the order of submission. */
  public List<SweepTrainingRow> trainings(String name) {
    return query(TRAININGS, Map.of("sweep", name)).map(TRAINING).list();
  }

  /** How long the workers of a sweep's jobs ran, as far as that was stored. */
  public List<WorkRow> work(String name) {
    return query(WORK, Map.of("sweep", name)).map(WORKED).list();
  }

  /**
   * The IDs of a sweep's jobs that are in one of these states, in the order of submission.
   *
   * @param shared true for only the jobs that are shared or were submitted individually; false for
   *     only the others
   */
  public List<Long> jobs(String name, List<String> states, boolean shared) {
    return jobsWhere(
        name,
        states,
        (shared ? "" : "NOT ")
            + """
            (jobs.sweep IS NULL OR EXISTS (
              SELECT 1 FROM sweep_jobs others
              WHERE others.job = jobs.id AND others.sweep <> sweep_jobs.sweep))
            """);
  }

  /** The IDs of a sweep's jobs that are in one of these states, in the order of submission. */
  public List<Long> jobs(String name, List<String> states) {
    return jobsWhere(name, states, "TRUE");
  }

  /** The IDs of a sweep's jobs that are in one of these states and not held. */
  public List<Long> jobsNotHeld(String name, List<String> states) {
    return jobsWhere(name, states, "NOT jobs.held");
  }

  /**
   * The IDs of a sweep's jobs that are in one of these states, except trials that were stopped at a
   * rung or for a cause, since they already have their result, and the jobs about the latter.
   *
   * @param stopped code of the cause of stopped trials
   */
  public List<Long> jobsWithoutResult(String name, List<String> states, String stopped) {
    return jobsWhere(
        name,
        states,
        """
        NOT EXISTS (
          SELECT 1 FROM rungs WHERE rungs.job = jobs.id AND rungs.epoch = jobs.last_epoch)
        AND NOT EXISTS (
          SELECT 1 FROM jobs trial
          WHERE trial.id IN (jobs.id, jobs.waits_for)
            AND trial.state = 'CANCELLED' AND trial.cause_code = '%s')
        """
            .formatted(stopped));
  }

  private List<Long> jobsWhere(String name, List<String> states, String condition) {
    return query(
            """
            SELECT jobs.id FROM sweep_jobs JOIN jobs ON jobs.id = sweep_jobs.job
            WHERE sweep_jobs.sweep = :name AND jobs.state IN (<states>) AND %s
            ORDER BY jobs.id
            """
                .formatted(condition),
            Map.of("name", name, "states", states))
        .mapTo(Long.class)
        .list();
  }

  /**
   * Holds a sweep, or releases it. Call {@link #computeHold} for its jobs afterwards.
   *
   * @param stopped whether a rule holds it, as opposed to a user
   */
  public void hold(String name, boolean held, boolean stopped, Optional<CauseRow> cause) {
    update(
        """
        UPDATE sweeps SET held = :held, stopped = :stopped, hold_code = :code,
          hold_arguments = :arguments, failures = 0, notified_stop = CASE WHEN :held THEN notified_stop END
        WHERE name = :name
        """,
        Map.of(
            "name",
            name,
            "held",
            held,
            "stopped",
            stopped,
            "code",
            cause.map(CauseRow::code),
            "arguments",
            cause.map(CauseRow::arguments)));
  }

  /** Holds a job whose sweeps are all held, and releases any other. */
  public void computeHold(long job) {
    update(COMPUTE_HOLD, Map.of("job", job));
  }

  /** The device time that jobs queued by a sweep have used, in seconds. */
  public double deviceSeconds(String name) {
    return query(DEVICE_SECONDS, Map.of("sweep", name)).mapTo(Double.class).one();
  }

  /** The device time that a sweep may use in all, in seconds, if more was granted than defined. */
  public Optional<Double> granted(String name) {
    return query(
            """
            SELECT granted_seconds FROM sweeps WHERE name = :name AND granted_seconds IS NOT NULL
            """,
            Map.of("name", name))
        .mapTo(Double.class)
        .findOne();
  }

  /** Stores the device time that a sweep may use in all, in seconds. */
  public void grant(String name, double seconds) {
    handle.execute("UPDATE sweeps SET granted_seconds = ? WHERE name = ?", seconds, name);
  }

  /** Sweeps that ended or were held by a rule, if that was not reported yet. */
  public List<SweepRow> unreported() {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE pending IS NULL
                  AND ((ended_at IS NOT NULL AND (notified_end IS NULL OR notified_end <> ended_at))
                    OR (held AND stopped AND (notified_stop IS NULL OR notified_stop <> hold_code)))
                ORDER BY created_at, name
                """)
        .map(SWEEP)
        .list();
  }

  /** Records that the state of a sweep was reported. */
  public void reported(SweepRow sweep) {
    handle
        .createUpdate(
            """
            UPDATE sweeps SET notified_end = :endedAt, notified_stop = :code WHERE name = :name
            """)
        .bind("code", sweep.hold().map(CauseRow::code))
        .bindMethods(sweep)
        .execute();
  }

  /** Stores the number of consecutive failures. */
  public void failures(String name, int failures) {
    handle.execute("UPDATE sweeps SET failures = ? WHERE name = ?", failures, name);
  }

  /** Stores when the last job of a sweep ended; empty if a job has not ended. */
  public void ended(String name, Optional<Instant> at) {
    handle.execute("UPDATE sweeps SET ended_at = ? WHERE name = ?", at, name);
  }

  /** Adds a new job, which has not succeeded. */
  public void add(String name, long job) {
    handle.execute("MERGE INTO sweep_jobs (sweep, job) KEY (sweep, job) VALUES (?, ?)", name, job);
  }

  /**
   * Adds an existing job to a sweep. The job can then run unless all of its sweeps are held. If the
   * job's own sweep is being changed, this sweep becomes its own; otherwise the job could not start
   * before that change ends.
   */
  public void share(String name, long job) {
    succeeded.touch(job);
    add(name, job);
    update(
        """
        UPDATE jobs SET sweep = :name
        WHERE id = :job AND sweep IN (SELECT name FROM sweeps WHERE pending IS NOT NULL)
        """,
        Map.of("name", name, "job", job));
    computeHold(job);
  }

  /**
   * Removes a job from a sweep. If that was the job's own sweep, another of the job's sweeps
   * becomes its own, if there is one.
   */
  public void leave(String name, long job) {
    succeeded.touch(job);
    handle.execute("DELETE FROM sweep_jobs WHERE sweep = ? AND job = ?", name, job);
    update(
        """
        UPDATE jobs SET sweep = (SELECT MIN(sweep_jobs.sweep) FROM sweep_jobs WHERE job = :job)
        WHERE id = :job AND sweep = :name
        """,
        Map.of("name", name, "job", job));
    computeHold(job);
  }

  /** Removes a sweep without jobs. */
  public void delete(String name) {
    handle.execute("DELETE FROM sweeps WHERE name = ?", name);
  }

  /**
   * Whether a trial of this sweep, which pauses at a rung or has reached one, is in one of these
   * states. Trainings that follow a trial are no trials.
   */
  public boolean anyTrial(String name, List<String> states) {
    return query(
                """
                SELECT COUNT(*) FROM (
                  SELECT 1 FROM jobs
                  WHERE sweep = :sweep AND state IN (<states>)
                    AND (last_epoch IS NOT NULL
                      OR EXISTS (SELECT 1 FROM rungs WHERE rungs.job = jobs.id))
                  LIMIT 1)
                """,
                Map.of("sweep", name, "states", states))
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /** Whether a job of this sweep, shared or not, is in one of these states. */
  public boolean any(String name, List<String> states) {
    return query(OPEN, Map.of("sweep", name, "states", states)).mapTo(Long.class).one() > 0;
  }

  /** The names of the sweeps of every job in any sweep, in order. */
  public Map<Long, List<String>> ofAllJobs() {
    Map<Long, List<String>> sweeps = new HashMap<>();
    handle
        .createQuery("SELECT job, sweep FROM sweep_jobs ORDER BY sweep")
        .map((row, context) -> Map.entry(row.getLong("job"), row.getString("sweep")))
        .forEach(
            each ->
                sweeps
                    .computeIfAbsent(each.getKey(), any -> new ArrayList<>())
                    .add(each.getValue()));
    return sweeps;
  }

  /** The names of the sweeps that a job belongs to. */
  public List<String> of(long job) {
    return handle
        .select("SELECT sweep FROM sweep_jobs WHERE job = ? ORDER BY job, sweep", job)
        .mapTo(String.class)
        .list();
  }

  /**
   * The number of a sweep's jobs by state, and of trials that it pruned: they are not among the
   * cancelled jobs.
   *
   * @param pruning the codes of causes for which a trial is pruned
   */
  public Map<String, Long> counts(String name, Collection<String> pruning) {
    return handle
        .createQuery(
            """
            SELECT %s AS outcome, COUNT(*) AS jobs
            FROM sweep_jobs JOIN jobs ON jobs.id = sweep_jobs.job
            WHERE sweep_jobs.sweep = :name GROUP BY outcome ORDER BY outcome
            """
                .formatted(OUTCOME))
        .bind("name", name)
        .bindArray("pruning", String.class, pruning.toArray())
        .setMapKeyColumn("outcome")
        .setMapValueColumn("jobs")
        .collectInto(new GenericType<>() {});
  }

  /** The same of all sweeps. */
  public Map<String, Map<String, Long>> counts(Collection<String> pruning) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT sweep_jobs.sweep, %s AS outcome, COUNT(*) AS jobs
            FROM sweep_jobs JOIN jobs ON jobs.id = sweep_jobs.job
            GROUP BY sweep_jobs.sweep, outcome ORDER BY sweep_jobs.sweep, outcome
            """
                .formatted(OUTCOME))
        .bindArray("pruning", String.class, pruning.toArray())
        .map(
            (row, context) ->
                counts
                    .computeIfAbsent(row.getString("sweep"), name -> new LinkedHashMap<>())
                    .put(row.getString("outcome"), row.getLong("jobs")))
        .list();
    return counts;
  }

  /** Records that a trial waits for comparison. */
  public void put(RungRow rung) {
    store(
        """
        MERGE INTO rungs (job, epoch, accuracy, promoted) KEY (job, epoch)
        VALUES (:job, :epoch, :accuracy, :promoted)
        """,
        rung);
  }

  /** The row of a trial at a rung, if the trial reached the rung. */
  public Optional<RungRow> rung(long job, int epoch) {
    return query(
            """
            SELECT job, epoch, accuracy, promoted FROM rungs WHERE job = :job AND epoch = :epoch
            """,
            Map.of("job", job, "epoch", epoch))
        .map(RUNG)
        .findOne();
  }

  /** Removes a trial from a rung, so that it continues as if it had not reached it. */
  public void leaveRung(long job, int epoch) {
    handle.execute("DELETE FROM rungs WHERE job = ? AND epoch = ? AND NOT promoted", job, epoch);
  }

  /** The IDs of the trials of a sweep that wait at a rung. */
  public Set<Long> waiting(String sweep) {
    return query(
            """
            SELECT jobs.id FROM jobs JOIN rungs ON rungs.job = jobs.id
            WHERE jobs.sweep = :sweep AND jobs.state = 'PAUSED'
              AND jobs.last_epoch = rungs.epoch AND NOT rungs.promoted
            """,
            Map.of("sweep", sweep))
        .mapTo(Long.class)
        .set();
  }

  /** Whether a trial waits at a rung. */
  public boolean isWaiting(long trial) {
    return query(
            """
            SELECT 1 FROM jobs JOIN rungs ON rungs.job = jobs.id
            WHERE jobs.id = :trial AND jobs.state = 'PAUSED'
              AND jobs.last_epoch = rungs.epoch AND NOT rungs.promoted
            """,
            Map.of("trial", trial))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** The trials of a sweep that reached a rung, in any state, best first. */
  public List<RungRow> compared(String sweep) {
    return query(
            """
            SELECT rungs.job, rungs.epoch, rungs.accuracy, rungs.promoted
            FROM jobs JOIN rungs ON rungs.job = jobs.id
            WHERE jobs.sweep = :sweep
              AND (rungs.promoted
                OR (jobs.state IN ('PAUSED', 'CANCELLED') AND jobs.last_epoch = rungs.epoch))
            ORDER BY rungs.epoch, rungs.accuracy DESC, rungs.job
            """,
            Map.of("sweep", sweep))
        .map(RUNG)
        .list();
  }

  /** The rungs reached by the trials of a sweep, each rung's best trials first. */
  public List<RungRow> rungs(String sweep) {
    return query(
            """
            SELECT rungs.job, rungs.epoch, rungs.accuracy, rungs.promoted
            FROM jobs JOIN rungs ON rungs.job = jobs.id
            WHERE jobs.sweep = :sweep ORDER BY rungs.epoch, rungs.accuracy DESC, rungs.job
            """,
            Map.of("sweep", sweep))
        .map(RUNG)
        .list();
  }
}
