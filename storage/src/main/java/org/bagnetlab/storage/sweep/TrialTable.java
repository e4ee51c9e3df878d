package org.bagnetlab.storage.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for the trials of searches. */
public final class TrialTable extends DatabaseTable {

  private static final String SELECT = "SELECT sweep, job, number, point, drawn FROM trials ";

  private static final RowMapper<TrialRow> TRIAL = ConstructorMapper.of(TrialRow.class);

  /** Opens the table within a transaction. */
  public TrialTable(Handle handle) {
    super(handle);
  }

  /** Stores a trial, whose job belongs to the sweep, or other values for it. */
  public void put(TrialRow trial) {
    store(
        """
        MERGE INTO trials (sweep, job, number, point, drawn) KEY (sweep, job)
        VALUES (:sweep, :job, :number, :point, :drawn)
        """,
        trial);
  }

  /** What a job is tried for: one row for each sweep in whose search it is a trial. */
  public List<TrialRow> ofJob(long job) {
    return query(SELECT + "WHERE job = :job ORDER BY job, sweep", Map.of("job", job))
        .map(TRIAL)
        .list();
  }

  /** The trials of a point, in the order of the draws. */
  public List<TrialRow> ofPoint(String sweep, int point) {
    return query(
            SELECT + "WHERE sweep = :sweep AND point = :point ORDER BY sweep, point, number",
            Map.of("sweep", sweep, "point", point))
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

  /** The validation accuracies of a point's trials after each epoch so far, by job. */
  public Map<Long, List<Double>> accuracies(String sweep, int point) {
    Map<Long, List<Double>> accuracies = new HashMap<>();
    query(
            """
            SELECT epochs.job, epochs.validation_accuracy
            FROM trials JOIN epochs ON epochs.job = trials.job
            WHERE trials.sweep = :sweep AND trials.point = :point
            ORDER BY epochs.job, epochs.epoch
            """,
            Map.of("sweep", sweep, "point", point))
        .map((row, context) -> Map.entry(row.getLong(1), row.getDouble(2)))
        .forEach(
            each ->
                accuracies
                    .computeIfAbsent(each.getKey(), first -> new ArrayList<>())
                    .add(each.getValue()));
    return accuracies;
  }
}
