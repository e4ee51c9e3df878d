package org.bagnetlab.storage.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for trainings: their epochs, and the successful trainings. */
public final class RunTable extends DatabaseTable {

  /** Whether an epoch before a job's last one was at least as good; NULL without epochs. */
  private static final String CONVERGED =
      """
      (SELECT last.validation_accuracy <= COALESCE(
         (SELECT MAX(earlier.validation_accuracy) FROM epochs earlier
          WHERE earlier.job = last.job AND earlier.epoch < last.epoch), -1)
       FROM epochs last
       WHERE last.job = jobs.id ORDER BY last.job DESC, last.epoch DESC LIMIT 1) AS converged
      """;

  /** The loss and the accuracy of a job's last epoch; NULL if it has no epochs. */
  private static final String LAST_EPOCH =
      lastEpoch("train_loss", "last_loss") + "," + lastEpoch("train_accuracy", "last_accuracy");

  static final String ALL_SUCCEEDED =
      """
      SELECT jobs.id AS job, jobs.spec, jobs.code, jobs.origin_lab, beginning.code AS start_code,
             beginning.origin_lab AS start_lab, split.split_facts, jobs.reproduces,
      """
          + CONVERGED
          + ","
          + LAST_EPOCH
          + """
          FROM jobs
            LEFT JOIN artifacts split ON split.job = jobs.id AND split.kind = 'split'
            LEFT JOIN jobs beginning ON beginning.id = jobs.subject
          WHERE jobs.kind = 'train' AND jobs.state = 'SUCCEEDED'
          """;

  static final String SUCCEEDED_TRAININGS =
      ALL_SUCCEEDED
          + """
            AND (CAST(:dataset AS VARCHAR) IS NULL OR jobs.dataset = :dataset)
            AND NOT EXISTS (
              SELECT 1 FROM jobs original
              WHERE original.id = jobs.reproduces AND original.state = 'SUCCEEDED')
          ORDER BY jobs.id
          """;

  static final String SUCCEEDED_AMONG = ALL_SUCCEEDED + "AND jobs.id = ANY(:jobs)";

  static final String EPOCHS_OF_ALL =
      """
      SELECT epochs.job, jobs.spec, epochs.epoch, epochs.learning_rate, epochs.train_loss,
             epochs.train_accuracy, epochs.validation_loss, epochs.validation_accuracy,
             epochs.best, epochs.seconds
      FROM jobs JOIN epochs ON epochs.job = jobs.id
      WHERE jobs.kind = 'train' AND jobs.state = 'SUCCEEDED'
        AND (CAST(:dataset AS VARCHAR) IS NULL OR jobs.dataset = :dataset)
      ORDER BY jobs.id, epochs.epoch LIMIT :limit OFFSET :offset
      """;

  /** Trainings, and measurements of networks that were not trained here. */
  static final String LISTED_NUMBERS =
      """
      SELECT id FROM jobs WHERE kind = 'train' AND state = 'SUCCEEDED'
      UNION ALL
      SELECT id FROM jobs WHERE kind = 'evaluate' AND state = 'SUCCEEDED' AND subject IS NULL
      """;

  static final String LISTED =
      """
      SELECT jobs.id AS job, jobs.spec, jobs.title, jobs.started_at, jobs.ended_at,
             jobs.origin_lab, split.split_facts,
      """
          + CONVERGED
          + ","
          + LAST_EPOCH
          + """
          FROM jobs
            LEFT JOIN artifacts split ON split.job = jobs.id AND split.kind = 'split'
          WHERE jobs.id IN (<jobs>)
          """;

  static final String LAST_LOSSES =
      "SELECT jobs.id AS job, "
          + lastEpoch("train_loss", "last_loss")
          + " FROM jobs WHERE jobs.id IN (<jobs>)";

  private static String lastEpoch(String column, String name) {
    return """
    (SELECT last.%s FROM epochs last
     WHERE last.job = jobs.id ORDER BY last.job DESC, last.epoch DESC LIMIT 1) AS %s
    """
        .formatted(column, name);
  }

  private static final RowMapper<EpochRow> EPOCH = ConstructorMapper.of(EpochRow.class);
  private static final RowMapper<RunEpochRow> RUN_EPOCH = ConstructorMapper.of(RunEpochRow.class);
  private static final RowMapper<MeasuredRunRow> MEASURED =
      ConstructorMapper.of(MeasuredRunRow.class);
  private static final RowMapper<ListedRunRow> LISTED_RUN =
      ConstructorMapper.of(ListedRunRow.class);

  private final SucceededJobs succeeded;

  /** Opens the table within a transaction, and records changes to jobs that succeeded. */
  public RunTable(Handle handle, SucceededJobs succeeded) {
    super(handle);
    this.succeeded = succeeded;
  }

  /** Stores an epoch, replacing an earlier one with the same number. */
  public void put(long job, EpochRow epoch) {
    succeeded.touch(job);
    handle
        .createUpdate(
            """
            MERGE INTO epochs (job, epoch, learning_rate, train_loss, train_accuracy,
                               validation_loss, validation_accuracy, best, seconds)
            KEY (job, epoch)
            VALUES (:job, :epoch, :learningRate, :trainLoss, :trainAccuracy,
                    :validationLoss, :validationAccuracy, :best, :seconds)
            """)
        .bind("job", job)
        .bindMethods(epoch)
        .execute();
  }

  /** A job's epochs in their order. */
  public List<EpochRow> epochs(long job) {
    return query(
            """
            SELECT epoch, learning_rate, train_loss, train_accuracy, validation_loss,
                   validation_accuracy, best, seconds
            FROM epochs WHERE job = :job ORDER BY job, epoch
            """,
            Map.of("job", job))
        .map(EPOCH)
        .list();
  }

  /**
   * Trainings that succeeded, on one data set or on all, the oldest first. Without those that run
   * another one again: they check its results, and must not replace it in tables.
   */
  public List<MeasuredRunRow> succeededTrainings(Optional<String> dataset) {
    return query(SUCCEEDED_TRAININGS, Map.of("dataset", dataset)).map(MEASURED).list();
  }

  /**
   * All trainings that succeeded, even those that run another one again, in no particular order.
   */
  public List<MeasuredRunRow> allSucceeded() {
    return handle.createQuery(ALL_SUCCEEDED).map(MEASURED).list();
  }

  /** Those of these jobs that are trainings that succeeded, in no particular order. */
  public List<MeasuredRunRow> succeededAmong(Collection<Long> jobs) {
    return handle
        .createQuery(SUCCEEDED_AMONG)
        .bindArray("jobs", Long.class, jobs.toArray())
        .map(MEASURED)
        .list();
  }

  /** The IDs of the jobs shown in lists of runs, in no particular order. */
  public List<Long> listedNumbers() {
    return handle.createQuery(LISTED_NUMBERS).mapTo(Long.class).list();
  }

  /** The jobs with these IDs, as shown in lists of runs. */
  public List<ListedRunRow> listed(List<Long> jobs) {
    return query(LISTED, Map.of("jobs", jobs)).map(LISTED_RUN).list();
  }

  /** The training losses of the last epochs of these jobs, by job; none of jobs without epochs. */
  public Map<Long, Double> lastLosses(List<Long> jobs) {
    return query(LAST_LOSSES, Map.of("jobs", jobs))
        .reduceRows(
            new HashMap<>(),
            (losses, row) -> {
              Optional.ofNullable(row.getColumn("last_loss", Double.class))
                  .ifPresent(loss -> losses.put(row.getColumn("job", Long.class), loss));
              return losses;
            });
  }

  /** The names of the data sets of trainings that succeeded. */
  public List<String> datasets() {
    return handle
        .createQuery(
            """
            SELECT DISTINCT dataset FROM jobs
            WHERE kind = 'train' AND state = 'SUCCEEDED' AND dataset IS NOT NULL ORDER BY dataset
            """)
        .mapTo(String.class)
        .list();
  }

  /** Removes a job's epochs after this one; 0 removes all. */
  public void forgetAfter(long job, int epoch) {
    succeeded.touch(job);
    handle.execute("DELETE FROM epochs WHERE job = ? AND epoch > ?", job, epoch);
  }

  /** The epochs of trainings that succeeded, in the order of the jobs. */
  public List<RunEpochRow> epochs(Optional<String> dataset, int limit, long offset) {
    return query(EPOCHS_OF_ALL, Map.of("dataset", dataset, "limit", limit, "offset", offset))
        .map(RUN_EPOCH)
        .list();
  }

  /** The number of epochs of trainings that succeeded. */
  public long countEpochs(Optional<String> dataset) {
    return query(
            """
            SELECT COUNT(*) FROM jobs JOIN epochs ON epochs.job = jobs.id
            WHERE jobs.kind = 'train' AND jobs.state = 'SUCCEEDED'
              AND (CAST(:dataset AS VARCHAR) IS NULL OR jobs.dataset = :dataset)
            """,
            Map.of("dataset", dataset))
        .mapTo(Long.class)
        .one();
  }
}
