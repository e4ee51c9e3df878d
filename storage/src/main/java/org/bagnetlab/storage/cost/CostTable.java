package org.bagnetlab.storage.cost;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for the costs of jobs. */
public final class CostTable extends DatabaseTable {

  private static final RowMapper<JobCostRow> OF_JOB = ConstructorMapper.of(JobCostRow.class);
  private static final RowMapper<UsedRow> USED_ROW = ConstructorMapper.of(UsedRow.class);
  private static final RowMapper<JobTimeRow> TIME = ConstructorMapper.of(JobTimeRow.class);

  private static final String SUM =
      """
             COALESCE(SUM(device_seconds), 0) AS device_seconds,
             SUM(processor_seconds) AS processor_seconds, MAX(peak_memory) AS peak_memory,
             MAX(peak_device_memory) AS peak_device_memory, SUM(joules) AS joules,
             SUM(utilisation * device_seconds)
               / SUM(CASE WHEN utilisation IS NOT NULL THEN device_seconds END) AS utilisation,
             SUM(images_per_second * device_seconds)
               / SUM(CASE WHEN images_per_second IS NOT NULL THEN device_seconds END)
               AS images_per_second
      FROM costs
      """;

  static final String OF_ALL = "SELECT 0 AS job," + SUM;

  private static final String SUMS = "SELECT costs.job," + SUM;

  static final String OF_JOBS = SUMS + "WHERE costs.job IN (<jobs>) GROUP BY costs.job";

  static final String OF_SWEEP =
      SUMS
          + """
          JOIN sweep_jobs ON sweep_jobs.job = costs.job
          WHERE sweep_jobs.sweep = :sweep GROUP BY costs.job
          """;

  static final String OF_DATASET =
      SUMS
          + """
          JOIN jobs ON jobs.id = costs.job
            LEFT JOIN jobs subject ON subject.id = jobs.subject
          WHERE jobs.dataset = :dataset OR (jobs.dataset IS NULL AND subject.dataset = :dataset)
          GROUP BY costs.job
          """;

  /**
   * The part of each worker's time that lies in a period. It is assumed to have used its energy
   * evenly.
   */
  static final String USED =
      """
      SELECT COALESCE(SUM(inside), 0) AS device_seconds,
             SUM(CASE WHEN inside > 0 THEN joules * inside / device_seconds END) AS joules,
             COALESCE(SUM(CASE WHEN joules IS NOT NULL THEN inside END), 0) AS metered
      FROM (
        SELECT device_seconds, joules,
               GREATEST(0,
                 LEAST(EXTRACT(EPOCH FROM started_at) + device_seconds,
                       EXTRACT(EPOCH FROM CAST(:until AS TIMESTAMP(9) WITH TIME ZONE)))
                 - GREATEST(EXTRACT(EPOCH FROM started_at),
                            EXTRACT(EPOCH FROM CAST(:since AS TIMESTAMP(9) WITH TIME ZONE))))
               AS inside
        FROM costs WHERE started_at < :until)
      """;

  static final String OF_LIKE_JOBS =
      """
      SELECT MAX(costs.peak_device_memory) FROM jobs JOIN costs ON costs.job = jobs.id
      WHERE jobs.memory_hash = LOWER(RAWTOHEX(HASH('SHA-256', CAST(:settings AS VARCHAR))))
        AND jobs.state = 'SUCCEEDED'
      """;

  static final String TIMES_OF_LIKE_JOBS =
      """
      SELECT newest.spec, SUM(costs.device_seconds) AS device_seconds
      FROM (
        SELECT id, spec FROM jobs
        WHERE memory_hash = LOWER(RAWTOHEX(HASH('SHA-256', CAST(:settings AS VARCHAR))))
          AND state = 'SUCCEEDED'
        ORDER BY id DESC LIMIT :limit
      ) newest JOIN costs ON costs.job = newest.id
      GROUP BY newest.id, newest.spec ORDER BY newest.id DESC
      """;

  static final String TIMES_OF_KIND =
      """
      SELECT newest.spec, SUM(costs.device_seconds) AS device_seconds
      FROM (
        SELECT id, spec FROM jobs WHERE kind = :kind AND state = 'SUCCEEDED'
        ORDER BY id DESC LIMIT :limit
      ) newest JOIN costs ON costs.job = newest.id
      GROUP BY newest.id, newest.spec ORDER BY newest.id DESC
      """;

  /** Opens the table within a transaction. */
  public CostTable(Handle handle) {
    super(handle);
  }

  /** Stores what a worker cost so far, instead of its earlier values, unless its job is deleted. */
  public void put(CostRow row) {
    store(
        """
        MERGE INTO costs (job, started_at, device_seconds, processor_seconds, peak_memory,
                          peak_device_memory, joules, utilisation, images_per_second)
        SELECT id, CAST(:startedAt AS TIMESTAMP(9) WITH TIME ZONE),
               CAST(:deviceSeconds AS DOUBLE PRECISION),
               CAST(:processorSeconds AS DOUBLE PRECISION), CAST(:peakMemory AS BIGINT),
               CAST(:peakDeviceMemory AS BIGINT), CAST(:joules AS DOUBLE PRECISION),
               CAST(:utilisation AS DOUBLE PRECISION),
               CAST(:imagesPerSecond AS DOUBLE PRECISION)
        FROM jobs WHERE id = :job
        """,
        row);
  }

  /** What all workers used in a period. */
  public UsedRow used(Instant since, Instant until) {
    return query(USED, Map.of("since", since, "until", until)).map(USED_ROW).one();
  }

  /** What all jobs cost together, as if they were one job with the number 0. */
  public JobCostRow ofAll() {
    return query(OF_ALL, Map.of()).map(OF_JOB).one();
  }

  /** What a job cost; empty if nothing is known. */
  public Optional<JobCostRow> ofJob(long job) {
    return ofJobs(List.of(job)).stream().findFirst();
  }

  /** What these jobs cost; jobs of which nothing is known are left out. */
  public List<JobCostRow> ofJobs(Collection<Long> jobs) {
    return jobs.isEmpty() ? List.of() : query(OF_JOBS, Map.of("jobs", jobs)).map(OF_JOB).list();
  }

  /** What the jobs of a sweep cost; jobs of which nothing is known are left out. */
  public List<JobCostRow> ofSweep(String sweep) {
    return query(OF_SWEEP, Map.of("sweep", sweep)).map(OF_JOB).list();
  }

  /**
   * What the trainings on a data set, and the jobs about them or about imported networks on it,
   * cost; jobs of which nothing is known are left out.
   */
  public List<JobCostRow> ofDataset(String dataset) {
    return query(OF_DATASET, Map.of("dataset", dataset)).map(OF_JOB).list();
  }

  /**
   * The largest peak of GPU memory in bytes of successful jobs with these settings; empty if none
   * is known.
   *
   * @param settings as stored by {@link org.bagnetlab.storage.job.JobTable#memorySettings}
   */
  public Optional<Long> peakDeviceMemory(String settings) {
    return query(OF_LIKE_JOBS, Map.of("settings", settings)).mapTo(Long.class).findOne();
  }

  /**
   * The device times of successful jobs with these settings, the newest first.
   *
   * @param settings as stored by {@link org.bagnetlab.storage.job.JobTable#memorySettings}
   */
  public List<JobTimeRow> times(String settings, int limit) {
    return query(TIMES_OF_LIKE_JOBS, Map.of("settings", settings, "limit", limit)).map(TIME).list();
  }

  /** The device times of the newest successful jobs of a kind, the newest first. */
  public List<JobTimeRow> timesOfKind(String kind, int limit) {
    return query(TIMES_OF_KIND, Map.of("kind", kind, "limit", limit)).map(TIME).list();
  }
}
