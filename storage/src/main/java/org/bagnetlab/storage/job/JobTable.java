package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.storage.artifact.DeletionTable;
import org.bagnetlab.storage.cause.CauseRow;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for jobs and their state history. */
public final class JobTable extends DatabaseTable {

  /** Every column of {@link JobRow}. */
  static final String SELECT =
      """
      SELECT jobs.id, spec, title, jobs.sweep, created_at, queued_at, state, started_at, ended_at,
             cause_code, cause_arguments, error_family, error_code, error_message, error_field, cancel_requested, checkpoint, fruitless,
             resumes_at, priority, position, held, waits_for, last_epoch, interactive,
             alone, worker, reproduces,
             origin_lab, origin_job
      FROM jobs
      """;

  /** The order in which queued jobs run. */
  private static final String ORDER = "priority DESC, position, id";

  static final String NEXT_IN_STATE =
      SELECT
          + """
          WHERE state = :state ORDER BY state, queued_at, id LIMIT :limit
          """;

  static final String NEXT_RUNNABLE =
      SELECT
          + """
          WHERE runnable = TRUE AND interactive = :interactive
            AND NOT EXISTS (
              SELECT 1 FROM sweeps WHERE sweeps.name = jobs.sweep AND sweeps.pending IS NOT NULL)
          ORDER BY runnable, interactive, %s LIMIT :limit
          """
              .formatted(ORDER);

  static final String OF_NUMBERS =
      SELECT
          + """
          WHERE id = ANY(:ids)
          """;

  static final String TRANSITIONS =
      """
      SELECT job, at, from_state, to_state, cause_code, cause_arguments
      FROM UNNEST(CAST(:jobs AS BIGINT ARRAY)) AS asked(number)
        JOIN transitions ON job = asked.number
      WHERE to_state = :to OR cause_code = ANY(:causes) ORDER BY job, transitions.id
      """;

  static final String WAITING_FOR =
      SELECT
          + """
          WHERE waits_for = :job ORDER BY waits_for, id
          """;

  static final String SAME_SPEC =
      SELECT
          + """
          WHERE spec_hash = LOWER(RAWTOHEX(HASH('SHA-256', CAST(:spec AS VARCHAR))))
            AND (origin_lab IS NULL OR (kind <> 'train' AND subject IS NOT NULL))
            AND reproduces IS NULL
          ORDER BY spec_hash, id
          """;

  static final String MEASURING =
      """
      SELECT id FROM jobs WHERE subject = ANY(:runs) AND state = 'SUCCEEDED' AND kind <> 'train'
      """;

  static final String MEASURING_IMPORTED =
      """
      SELECT id FROM jobs WHERE subject IS NULL AND state = 'SUCCEEDED' AND kind <> 'train'
        AND (CAST(:dataset AS VARCHAR) IS NULL OR dataset = :dataset)
      """;

  static final String NEWEST =
      SELECT
          + """
          WHERE (CAST(:state AS VARCHAR) IS NULL OR state = :state)
            AND (CAST(:kind AS VARCHAR) IS NULL OR kind = :kind)
          ORDER BY id DESC LIMIT :limit OFFSET :offset
          """;

  static final String QUEUED =
      SELECT
          + """
          WHERE state = 'QUEUED' AND (CAST(:kind AS VARCHAR) IS NULL OR kind = :kind)
          ORDER BY state, %s LIMIT :limit OFFSET :offset
          """
              .formatted(ORDER);

  static final String WAITING =
      """
      SELECT id, kind, state,
             held OR EXISTS (
               SELECT 1 FROM sweeps WHERE sweeps.name = jobs.sweep AND sweeps.pending IS NOT NULL)
               AS held,
             waits_for, resumes_at, interactive
      FROM jobs WHERE state IN ('QUEUED', 'INTERRUPTED')
      ORDER BY %s
      """
          .formatted(ORDER);

  static final String ENDED =
      SELECT
          + """
          WHERE ended = TRUE AND (CAST(:state AS VARCHAR) IS NULL OR state = :state)
            AND (CAST(:kind AS VARCHAR) IS NULL OR kind = :kind)
          ORDER BY ended, ended_at DESC, id DESC LIMIT :limit OFFSET :offset
          """;

  static final String COUNT =
      """
      SELECT COUNT(*) FROM jobs
      WHERE kind = :kind AND (CAST(:state AS VARCHAR) IS NULL OR state = :state)
      """;

  static final String OF_SWEEP =
      SELECT
          + """
          JOIN sweep_jobs ON sweep_jobs.job = jobs.id
          WHERE sweep_jobs.sweep = :sweep ORDER BY jobs.id
          """;

  static final String NEEDING =
      SELECT
          + """
          WHERE weights = :weights AND state IN (<states>) ORDER BY id
          """;

  static final RowMapper<JobRow> JOB = ConstructorMapper.of(JobRow.class);

  private static final RowMapper<WaitingRow> WAITING_ROW = ConstructorMapper.of(WaitingRow.class);

  private final SucceededJobs succeeded;

  /** Opens the table within a transaction, and records changes to jobs that succeeded. */
  public JobTable(Handle handle, SucceededJobs succeeded) {
    super(handle);
    this.succeeded = succeeded;
  }

  /** Stores a new job and returns its ID. */
  public long insert(NewJob job) {
    return storeNew(
        """
        INSERT INTO jobs (kind, title, spec, sweep, dataset, weights, subject, state,
                          created_at, queued_at, cancel_requested, checkpoint, priority, held,
                          waits_for, last_epoch, interactive, position)
        VALUES (:kind, :title, :spec, :sweep, :dataset, :weights, :subject, :state,
                :createdAt, :createdAt, FALSE, FALSE, :priority, :held, :waitsFor,
                :lastEpoch, :interactive,
                (SELECT COALESCE(MAX(id), 0) + 1 FROM jobs))
        """,
        job);
  }

  /** Reserves the ID of a job that is stored later: no other job gets it. */
  public long reserve() {
    long id = insert(NewJob.of("reserved", "{}", "", Instant.EPOCH));
    handle.execute("DELETE FROM jobs WHERE id = ?", id);
    return id;
  }

  /** Stores a job that succeeded in another lab. */
  public void insert(ImportedJobRow job) {
    succeeded.reach(job.id(), job.state());
    store(
        """
        INSERT INTO jobs (id, kind, title, spec, dataset, weights, subject, state,
                          created_at, queued_at, started_at, ended_at, cancel_requested, checkpoint,
                          worker, code, origin_lab, origin_job)
        OVERRIDING SYSTEM VALUE
        VALUES (:id, :kind, :title, :spec, :dataset, :weights, :subject, :state,
                :createdAt, :createdAt, :startedAt, :endedAt, FALSE, FALSE,
                :worker, :code, :originLab, :originJob)
        """,
        job);
  }

  /** The ID of the job that was imported from this origin. */
  public Optional<Long> imported(OriginRow origin) {
    return handle
        .createQuery("SELECT id FROM jobs WHERE origin_lab = :lab AND origin_job = :job")
        .bindMethods(origin)
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * Replaces what a job that never started will do. Its sweep, its state, and its place in the
   * queue stay.
   */
  public void revise(long id, NewJob revised) {
    handle
        .createUpdate(
            """
            UPDATE jobs SET title = :title, spec = :spec, dataset = :dataset, weights = :weights,
              subject = :subject
            WHERE id = :id AND state = 'QUEUED'
            """)
        .bind("id", id)
        .bindMethods(revised)
        .execute();
  }

  /** Replaces the specification of a job whose run has another ID now. */
  public void restate(long id, String spec, String title, Optional<Long> subject) {
    succeeded.touch(id);
    update(
        "UPDATE jobs SET spec = :spec, title = :title, subject = :subject WHERE id = :id",
        Map.of("id", id, "spec", spec, "title", title, "subject", subject));
  }

  /** The number of queued jobs that are held with their sweep. */
  public int held() {
    return query("SELECT COUNT(*) FROM jobs WHERE state = 'QUEUED' AND held", Map.of())
        .mapTo(Integer.class)
        .one();
  }

  /** The jobs that ended in a period, the newest first, except interactive ones. */
  public List<JobRow> ended(Instant since, Instant until) {
    return query(
            SELECT
                + """
                WHERE ended_at >= :since AND ended_at < :until
                  AND state IN ('SUCCEEDED', 'FAILED', 'CANCELLED') AND NOT interactive
                ORDER BY ended_at DESC, id DESC
                """,
            Map.of("since", since, "until", until))
        .map(JOB)
        .list();
  }

  /** The job with this ID. */
  public Optional<JobRow> find(long id) {
    return query(SELECT + "WHERE id = :id", Map.of("id", id)).map(JOB).findOne();
  }

  /** The jobs that the existing ones of these jobs are about, or start from. */
  public Set<Long> subjects(Collection<Long> ids) {
    return handle
        .createQuery("SELECT subject FROM jobs WHERE id = ANY(:ids) AND subject IS NOT NULL")
        .bindArray("ids", Long.class, ids.toArray())
        .mapTo(Long.class)
        .set();
  }

  /** The existing jobs with these IDs, in the order of the IDs. */
  public List<JobRow> find(Collection<Long> ids) {
    Map<Long, JobRow> rows = new HashMap<>();
    handle
        .createQuery(OF_NUMBERS)
        .bindArray("ids", Long.class, ids.toArray())
        .map(JOB)
        .forEach(row -> rows.put(row.id(), row));
    return ids.stream().filter(rows::containsKey).map(rows::get).toList();
  }

  /** The IDs of all jobs. */
  public Set<Long> numbers() {
    return handle.createQuery("SELECT id FROM jobs").mapTo(Long.class).set();
  }

  /** Jobs in a state and of a kind, newest first. An empty value matches any state or kind. */
  public List<JobRow> newest(Optional<String> state, Optional<String> kind, int limit, int offset) {
    return query(NEWEST, Map.of("state", state, "kind", kind, "limit", limit, "offset", offset))
        .map(JOB)
        .list();
  }

  /** Queued jobs of a kind, or of all kinds, in the order in which they should run. */
  public List<JobRow> queued(Optional<String> kind, int limit, int offset) {
    return query(QUEUED, Map.of("kind", kind, "limit", limit, "offset", offset)).map(JOB).list();
  }

  /** The jobs that are queued or resume by themselves, in the order in which they should run. */
  public List<WaitingRow> waiting() {
    return handle.createQuery(WAITING).map(WAITING_ROW).list();
  }

  /** Jobs that have ended, in a state and of a kind or in any, the last ended first. */
  public List<JobRow> ended(Optional<String> state, Optional<String> kind, int limit, int offset) {
    return query(ENDED, Map.of("state", state, "kind", kind, "limit", limit, "offset", offset))
        .map(JOB)
        .list();
  }

  /** Jobs in a state, in the order in which they were queued. */
  public List<JobRow> oldest(String state, int limit) {
    return query(NEXT_IN_STATE, Map.of("state", state, "limit", limit)).map(JOB).list();
  }

  /** Jobs of the queue or of the interactive lane that may run, in their order. */
  public List<JobRow> runnable(boolean interactive, int limit) {
    return query(NEXT_RUNNABLE, Map.of("interactive", interactive, "limit", limit)).map(JOB).list();
  }

  /** Moves all interactive jobs to the queue; returns how many there were. */
  public int leaveInteractiveLane() {
    return handle.execute("UPDATE jobs SET interactive = FALSE WHERE interactive");
  }

  /** Jobs that wait for another job's result. */
  public List<JobRow> waitingFor(long job) {
    return query(WAITING_FOR, Map.of("job", job)).map(JOB).list();
  }

  /**
   * Jobs with exactly this specification, the oldest first. A job that another lab ran is one of
   * them only if it measures a run: a training with the same settings is not the same training. Nor
   * is one that runs another again.
   */
  public List<JobRow> ofSpec(String spec) {
    return query(SAME_SPEC, Map.of("spec", spec)).map(JOB).list();
  }

  /** Removes the dependency of all jobs that wait for the result of this job. */
  public void removeDependencies(long job) {
    handle.execute("UPDATE jobs SET waits_for = NULL WHERE waits_for = ?", job);
  }

  /** Changes a job's priority. */
  public void prioritise(long id, int priority) {
    handle.execute("UPDATE jobs SET priority = ? WHERE id = ?", priority, id);
  }

  /** Sets the position of a job among the jobs of its priority. */
  public void place(long id, double position) {
    handle.execute("UPDATE jobs SET position = ? WHERE id = ?", position, id);
  }

  /** The first or last position among the queued jobs of a priority. */
  public Optional<Double> outermost(int priority, boolean first) {
    return query(
            "SELECT %s(position) FROM jobs WHERE state = 'QUEUED' AND priority = :priority"
                .formatted(first ? "MIN" : "MAX"),
            Map.of("priority", priority))
        .mapTo(Double.class)
        .findOne();
  }

  /** The position of the queued job just before a position. */
  public Optional<Double> justBefore(int priority, double position) {
    return query(
            """
            SELECT MAX(position) FROM jobs
            WHERE state = 'QUEUED' AND priority = :priority AND position < :position
            """,
            Map.of("priority", priority, "position", position))
        .mapTo(Double.class)
        .findOne();
  }

  /** The queued job of a priority that is next after a position. */
  public Optional<JobRow> justAfter(int priority, double position) {
    return query(
            SELECT
                + """
                WHERE state = 'QUEUED' AND priority = :priority AND position > :position
                ORDER BY position, id LIMIT 1
                """,
            Map.of("priority", priority, "position", position))
        .map(JOB)
        .findOne();
  }

  /** The position for the next job that is queued. */
  public double nextPosition() {
    return handle
        .createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM jobs")
        .mapTo(Double.class)
        .one();
  }

  /** Renumbers the positions of the queued jobs of a priority, in their order. */
  public void renumber(int priority) {
    List<Long> ids =
        query(
                """
                SELECT id FROM jobs WHERE state = 'QUEUED' AND priority = :priority
                ORDER BY position, id
                """,
                Map.of("priority", priority))
            .mapTo(Long.class)
            .list();
    double first = nextPosition() - 1 - ids.size();
    for (int i = 0; i < ids.size(); i++) {
      place(ids.get(i), first + i);
    }
  }

  /** Sets the epoch after which a job pauses, if any. */
  public void pauseAfter(long id, Optional<Integer> epoch) {
    handle.execute("UPDATE jobs SET last_epoch = ? WHERE id = ?", epoch, id);
  }

  /** The jobs of a sweep, in the order of submission. */
  public List<JobRow> ofSweep(String sweep) {
    return query(OF_SWEEP, Map.of("sweep", sweep)).map(JOB).list();
  }

  /** The number of jobs by state; states without jobs are left out. */
  public Map<String, Long> counts() {
    return handle
        .createQuery("SELECT state, COUNT(*) AS jobs FROM jobs GROUP BY state ORDER BY state")
        .setMapKeyColumn("state")
        .setMapValueColumn("jobs")
        .collectInto(new GenericType<>() {});
  }

  /** The number of jobs of a kind in a state, or in all states. */
  public long count(String kind, Optional<String> state) {
    return query(COUNT, Map.of("kind", kind, "state", state)).mapTo(Long.class).one();
  }

  /** The IDs of successful jobs of a kind whose subject is this run, the oldest first. */
  public List<Long> succeededAbout(long subject, String kind) {
    return query(
            """
            SELECT id FROM jobs
            WHERE subject = :subject AND kind = :kind AND state = 'SUCCEEDED' ORDER BY id
            """,
            Map.of("subject", subject, "kind", kind))
        .mapTo(Long.class)
        .list();
  }

  /** The IDs of the successful jobs that measured the networks of these runs. */
  public List<Long> measuring(Collection<Long> runs) {
    return handle
        .createQuery(MEASURING)
        .bindArray("runs", Long.class, runs.toArray())
        .mapTo(Long.class)
        .list();
  }

  /**
   * The IDs of the successful jobs that measured imported networks on images of a data set, or of
   * any.
   */
  public List<Long> measuringImported(Optional<String> dataset) {
    return query(MEASURING_IMPORTED, Map.of("dataset", dataset)).mapTo(Long.class).list();
  }

  /** The specifications of the successful jobs of a kind, by job ID. */
  public Map<Long, String> succeeded(String kind) {
    return handle
        .select(
            "SELECT id, spec FROM jobs WHERE kind = ? AND state = 'SUCCEEDED' ORDER BY id", kind)
        .setMapKeyColumn("id")
        .setMapValueColumn("spec")
        .collectInto(new GenericType<>() {});
  }

  /** The digests of the code that computed the successful jobs of a kind, if known, by job ID. */
  public Map<Long, String> codes(String kind) {
    return handle
        .select(
            """
            SELECT id, code FROM jobs
            WHERE kind = ? AND state = 'SUCCEEDED' AND code IS NOT NULL
            """,
            kind)
        .setMapKeyColumn("id")
        .setMapValueColumn("code")
        .collectInto(new GenericType<>() {});
  }

  /** The number of jobs in this state whose subject is this job. */
  public long about(long subject, String state) {
    return handle
        .select("SELECT COUNT(*) FROM jobs WHERE subject = ? AND state = ?", subject, state)
        .mapTo(Long.class)
        .one();
  }

  /** Jobs in one of these states that need these weights, the oldest first. */
  public List<JobRow> needing(String weights, Collection<String> states) {
    return query(NEEDING, Map.of("weights", weights, "states", states)).map(JOB).list();
  }

  /** Stores a job's new state. */
  public void update(long id, StateRow state) {
    succeeded.reach(id, state.name());
    handle
        .createUpdate(
            """
            UPDATE jobs SET state = :name, started_at = :startedAt, ended_at = :endedAt,
              cause_code = :causeCode, cause_arguments = :causeArguments,
              error_family = :errorFamily, error_code = :errorCode,
              error_message = :errorMessage, error_field = :errorField, cancel_requested = :cancelRequested,
              checkpoint = :checkpoint, fruitless = :retriesWithoutProgress, resumes_at = :resumesAt
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("causeCode", state.cause().map(CauseRow::code))
        .bind("causeArguments", state.cause().map(CauseRow::arguments))
        .bindMethods(state)
        .execute();
  }

  /** Stores that a job runs another one again, to compare their results. */
  public void reproduces(long id, long original) {
    succeeded.touch(id);
    handle.execute("UPDATE jobs SET reproduces = ? WHERE id = ?", original, id);
  }

  /** Stores that a job must have a GPU for itself from now on. */
  public void runAlone(long id) {
    handle.execute("UPDATE jobs SET alone = TRUE WHERE id = ?", id);
  }

  /**
   * Stores the settings that the memory of a job depends on.
   *
   * @param settings a text; jobs with equal texts need about as much memory
   */
  public void memorySettings(long id, String settings) {
    update(
        """
        UPDATE jobs SET memory_hash = LOWER(RAWTOHEX(HASH('SHA-256', CAST(:settings AS VARCHAR))))
        WHERE id = :id
        """,
        Map.of("id", id, "settings", settings));
  }

  /** Stores that a job is queued again. */
  public void queued(long id, Instant at) {
    handle.execute("UPDATE jobs SET queued_at = ?, worker = NULL WHERE id = ?", at, id);
  }

  /**
   * Stores facts about the process that runs a job.
   *
   * @param worker the facts as JSON
   * @param code digest of the code that computes the job
   */
  public void worker(long id, String worker, Optional<String> code) {
    handle.execute("UPDATE jobs SET worker = ?, code = ? WHERE id = ?", worker, code, id);
  }

  /** The digest of the code that computed a job; empty if unknown. */
  public Optional<String> code(long id) {
    return handle
        .createQuery("SELECT code FROM jobs WHERE id = :id AND code IS NOT NULL")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  /** Adds a transition to a job's state history. */
  public void insert(long job, TransitionRow transition) {
    handle
        .createUpdate(
            """
            INSERT INTO transitions (job, at, from_state, to_state, cause_code, cause_arguments)
            VALUES (:job, :at, :from, :to, :cause.code, :cause.arguments)
            """)
        .bind("job", job)
        .bindMethods(transition)
        .execute();
  }

  /** A job's state history, oldest transition first. */
  public List<TransitionRow> transitions(long job) {
    return query(
            """
            SELECT at, from_state, to_state, cause_code, cause_arguments
            FROM transitions WHERE job = :job ORDER BY job, id
            """,
            Map.of("job", job))
        .map(ConstructorMapper.of(TransitionRow.class))
        .list();
  }

  /** The changes of these jobs to a state or for some causes, by job, oldest first. */
  public Map<Long, List<TransitionRow>> transitions(
      Collection<Long> jobs, String to, Collection<String> causes) {
    RowMapper<TransitionRow> mapper = ConstructorMapper.of(TransitionRow.class);
    Map<Long, List<TransitionRow>> found = new HashMap<>();
    handle
        .createQuery(TRANSITIONS)
        .bindArray("jobs", Long.class, jobs.toArray())
        .bind("to", to)
        .bindArray("causes", String.class, causes.toArray())
        .map(
            (row, context) ->
                found
                    .computeIfAbsent(row.getLong("job"), job -> new ArrayList<>())
                    .add(mapper.map(row, context)))
        .list();
    return found;
  }

  /** Removes a job with all its stored data. Its files must then be deleted. */
  public void delete(long id) {
    succeeded.touch(id);
    new DeletionTable(handle).addJob(id);
    handle.execute("DELETE FROM jobs WHERE id = ?", id);
  }
}
