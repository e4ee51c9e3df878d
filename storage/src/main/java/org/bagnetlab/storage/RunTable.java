package org.bagnetlab.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of what jobs measured: their epochs, and accuracies on sets of images. */
public final class RunTable {

  /** One row for each run: a row for each measurement would read each split three times. */
  static final String SUCCEEDED_TRAININGS =
      """
      SELECT jobs.id, jobs.spec, split.split_facts,
             validation.accuracy AS validation_accuracy, validation.correct AS validation_correct,
             validation.images AS validation_images, validation.loss AS validation_loss,
             test.accuracy AS test_accuracy, test.correct AS test_correct,
             test.images AS test_images, test.loss AS test_loss,
             scrambled.accuracy AS scrambled_accuracy, scrambled.correct AS scrambled_correct,
             scrambled.images AS scrambled_images, scrambled.loss AS scrambled_loss
      FROM jobs
        LEFT JOIN artifacts split ON split.job = jobs.id AND split.kind = 'split'
        LEFT JOIN measurements validation
          ON validation.job = jobs.id AND validation.set_name = 'validation'
        LEFT JOIN measurements test ON test.job = jobs.id AND test.set_name = 'test'
        LEFT JOIN measurements scrambled
          ON scrambled.job = jobs.id AND scrambled.set_name = 'scrambled'
      WHERE jobs.kind = 'train' AND jobs.state = 'SUCCEEDED'
        AND (CAST(:dataset AS VARCHAR) IS NULL OR jobs.dataset = :dataset)
      ORDER BY jobs.id
      """;

  private static final List<String> SETS = List.of("validation", "test", "scrambled");

  private final Handle handle;

  RunTable(Handle handle) {
    this.handle = handle;
  }

  /** Stores an epoch, in place of an earlier one of that number. */
  public void put(long job, EpochRow epoch) {
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
    return handle
        .createQuery(
            """
            SELECT epoch, learning_rate, train_loss, train_accuracy, validation_loss,
                   validation_accuracy, best, seconds
            FROM epochs WHERE job = :job ORDER BY job, epoch
            """)
        .bind("job", job)
        .map(RunTable::epoch)
        .list();
  }

  /** Stores an accuracy, in place of an earlier one on that set. */
  public void put(long job, MeasurementRow measurement) {
    handle
        .createUpdate(
            """
            MERGE INTO measurements (job, set_name, accuracy, correct, images, loss)
            KEY (job, set_name)
            VALUES (:job, :set, :accuracy, :correct, :images, :loss)
            """)
        .bind("job", job)
        .bindMethods(measurement)
        .execute();
  }

  /** A job's accuracies by the name of the set. */
  public Map<String, MeasurementRow> measurements(long job) {
    Map<String, MeasurementRow> measurements = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT set_name, accuracy, correct, images, loss
            FROM measurements WHERE job = :job ORDER BY job, set_name
            """)
        .bind("job", job)
        .map(RunTable::measurement)
        .forEach(measurement -> measurements.put(measurement.set(), measurement));
    return measurements;
  }

  /** Trainings that succeeded, on one data set or on any, the oldest first. */
  public List<MeasuredRunRow> succeededTrainings(Optional<String> dataset) {
    return handle
        .createQuery(SUCCEEDED_TRAININGS)
        .bind("dataset", dataset)
        .map(
            (row, context) ->
                new MeasuredRunRow(
                    row.getLong("id"),
                    row.getString("spec"),
                    Optional.ofNullable(row.getString("split_facts")),
                    measurements(row)))
        .list();
  }

  private static Map<String, MeasurementRow> measurements(ResultSet row) throws SQLException {
    Map<String, MeasurementRow> measurements = new HashMap<>();
    for (String set : SETS) {
      double accuracy = row.getDouble(set + "_accuracy");
      if (!row.wasNull()) {
        measurements.put(
            set,
            new MeasurementRow(
                set,
                accuracy,
                row.getInt(set + "_correct"),
                row.getInt(set + "_images"),
                row.getDouble(set + "_loss")));
      }
    }
    return measurements;
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

  /** Forgets what a job measured after an epoch; 0: all. */
  public void forgetAfter(long job, int epoch) {
    handle
        .createUpdate("DELETE FROM epochs WHERE job = :job AND epoch > :epoch")
        .bind("job", job)
        .bind("epoch", epoch)
        .execute();
    handle.createUpdate("DELETE FROM measurements WHERE job = :job").bind("job", job).execute();
  }

  private static EpochRow epoch(ResultSet row, StatementContext context) throws SQLException {
    return new EpochRow(
        row.getInt("epoch"),
        row.getDouble("learning_rate"),
        row.getDouble("train_loss"),
        row.getDouble("train_accuracy"),
        row.getDouble("validation_loss"),
        row.getDouble("validation_accuracy"),
        row.getBoolean("best"),
        row.getDouble("seconds"));
  }

  private static MeasurementRow measurement(ResultSet row, StatementContext context)
      throws SQLException {
    return new MeasurementRow(
        row.getString("set_name"),
        row.getDouble("accuracy"),
        row.getInt("correct"),
        row.getInt("images"),
        row.getDouble("loss"));
  }
}
