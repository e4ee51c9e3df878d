package org.bagnetlab.storage.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for readings of GPUs. */
public final class GpuReadingTable extends DatabaseTable {

  static final String SINCE =
      """
      SELECT gpu, at, utilisation, temperature, memory_used, watts FROM gpu_readings
      WHERE gpu = :gpu AND at >= :since ORDER BY gpu, at
      """;

  static final String OLD = "DELETE FROM gpu_readings WHERE at < :before";

  /** Readings that follow another one within the same interval. */
  static final String DENSE =
      """
      DELETE FROM gpu_readings WHERE at < :before AND EXISTS (
        SELECT 1 FROM gpu_readings earlier
        WHERE earlier.gpu = gpu_readings.gpu AND earlier.at < gpu_readings.at
          AND earlier.at >= DATEADD(
            'SECOND', -MOD(EXTRACT(EPOCH FROM gpu_readings.at), :seconds), gpu_readings.at))
      """;

  private static final RowMapper<GpuReadingRow> ROW = ConstructorMapper.of(GpuReadingRow.class);

  /** Opens the table within a transaction. */
  public GpuReadingTable(Handle handle) {
    super(handle);
  }

  /** Stores a reading. */
  public void put(GpuReadingRow row) {
    store(
        """
        MERGE INTO gpu_readings (gpu, at, utilisation, temperature, memory_used, watts)
        VALUES (:gpu, :at, CAST(:utilisation AS BIGINT), CAST(:temperature AS BIGINT),
                CAST(:memoryUsed AS BIGINT), CAST(:watts AS DOUBLE PRECISION))
        """,
        row);
  }

  /** The readings of a GPU from a time on, the oldest first. */
  public List<GpuReadingRow> since(String gpu, Instant since) {
    return query(SINCE, Map.of("gpu", gpu, "since", since)).map(ROW).list();
  }

  /** Removes the readings before a time. */
  public void removeBefore(Instant before) {
    update(OLD, Map.of("before", before));
  }

  /** Removes the readings after a time. */
  public void removeAfter(Instant after) {
    update("DELETE FROM gpu_readings WHERE at > :after", Map.of("after", after));
  }

  /**
   * Keeps only the first reading of each interval before a time.
   *
   * @param seconds length of the intervals
   */
  public void thin(Instant before, long seconds) {
    update(DENSE, Map.of("before", before, "seconds", seconds));
  }
}
