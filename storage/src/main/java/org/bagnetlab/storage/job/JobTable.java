package org.bagnetlab.storage.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.storage.artifact.DeletionTable;
import org.bagnetlab.storage.cause.CauseColumns;
import org.bagnetlab.storage.cause.CauseRow;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of jobs and of the history of their states. */
public final class JobTable {

  /** Every column of {@link #job}. */
  static final String SELECT =
      """
      SELECT jobs.id, spec, title, jobs.sweep, created_at, queued_at, state, started_at, ended_at,
             cause_code, cause_arguments, error_family, error_code, error_message, error_field, cancel_requested, checkpoint, fruitless,
             resumes_at, priority, position, held, waits_for, last_epoch, interactive, worker
      FROM jobs
      """;

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
          ORDER BY runnable, interactive, priority DESC, position, id LIMIT :limit
          """;

  static final String OF_NUMBERS =
      SELECT
          + """
          WHERE id = ANY(:ids)
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
          ORDER BY spec_hash, id
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
          ORDER BY state, priority DESC, position, id LIMIT :limit OFFSET :offset
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

  private final Handle handle;
  private final SucceededJobs succeeded;

  /** The table within a transaction, which notes what it changes about jobs that succeeded. */
  public JobTable(Handle handle, SucceededJobs succeeded) {
    this.handle = handle;
    this.succeeded = succeeded;
  }

  /** Stores a new job and gives its number. */
  public long insert(NewJob job) {
    return handle
        .createUpdate(
            """
            INSERT INTO jobs (kind, title, spec, sweep, dataset, weights, subject, state,
                              created_at, queued_at, cancel_requested, checkpoint, priority, held,
                              waits_for, last_epoch, interactive, position)
            VALUES (:kind, :title, :spec, :sweep, :dataset, :weights, :subject, :state,
                    :at, :at, FALSE, FALSE, :priority, :held, :waitsFor, :lastEpoch, :interactive,
                    (SELECT COALESCE(MAX(id), 0) + 1 FROM jobs))
            """)
        .bind("kind", job.kind())
        .bind("title", job.title())
        .bind("spec", job.spec())
        .bind("sweep", job.sweep())
        .bind("dataset", job.dataset())
        .bind("weights", job.weights())
        .bind("subject", job.subject())
        .bind("state", job.state())
        .bind("priority", job.priority())
        .bind("held", job.held())
        .bind("waitsFor", job.waitsFor())
        .bind("lastEpoch", job.lastEpoch())
        .bind("interactive", job.interactive())
        .bind("at", job.createdAt())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /** The job of this number. */
  public Optional<JobRow> find(long id) {
    return handle
        .createQuery(SELECT + "WHERE id = :id")
        .bind("id", id)
        .map(JobTable::job)
        .findOne();
  }

  /** The jobs of these numbers that there are, in their order. */
  public List<JobRow> find(Collection<Long> ids) {
    Map<Long, JobRow> rows = new HashMap<>();
    handle
        .createQuery(OF_NUMBERS)
        .bindArray("ids", Long.class, ids.toArray())
        .map(JobTable::job)
        .forEach(row -> rows.put(row.id(), row));
    return ids.stream().filter(rows::containsKey).map(rows::get).toList();
  }

  /** The numbers of all jobs. */
  public Set<Long> numbers() {
    return handle.createQuery("SELECT id FROM jobs").mapTo(Long.class).set();
  }

  /** Jobs in a state, or in any, and of a kind, or of any, newest first. */
  public List<JobRow> newest(Optional<String> state, Optional<String> kind, int limit, int offset) {
    return handle
        .createQuery(NEWEST)
        .bind("state", state)
        .bind("kind", kind)
        .bind("limit", limit)
        .bind("offset", offset)
        .map(JobTable::job)
        .list();
  }

  /** Queued jobs of a kind, or of any, in the order in which they should run. */
  public List<JobRow> queued(Optional<String> kind, int limit, int offset) {
    return handle
        .createQuery(QUEUED)
        .bind("kind", kind)
        .bind("limit", limit)
        .bind("offset", offset)
        .map(JobTable::job)
        .list();
  }

  /** Jobs in a state, the one queued first first. */
  public List<JobRow> oldest(String state, int limit) {
    return handle
        .createQuery(NEXT_IN_STATE)
        .bind("state", state)
        .bind("limit", limit)
        .map(JobTable::job)
        .list();
  }

  /**
   * Jobs of the queue or of the interactive lane that may run, in the order in which they should.
   */
  public List<JobRow> runnable(boolean interactive, int limit) {
    return handle
        .createQuery(NEXT_RUNNABLE)
        .bind("interactive", interactive)
        .bind("limit", limit)
        .map(JobTable::job)
        .list();
  }

  /** Lets all interactive jobs wait in the queue like the others; returns how many there were. */
  public int leaveInteractiveLane() {
    return handle.createUpdate("UPDATE jobs SET interactive = FALSE WHERE interactive").execute();
  }

  /** Jobs that need another job's result. */
  public List<JobRow> waitingFor(long job) {
    return handle.createQuery(WAITING_FOR).bind("job", job).map(JobTable::job).list();
  }

  /** Jobs of this very specification, the oldest first. */
  public List<JobRow> ofSpec(String spec) {
    return handle.createQuery(SAME_SPEC).bind("spec", spec).map(JobTable::job).list();
  }

  /** What jobs waited for is there. */
  public void waitNoMore(long job) {
    handle
        .createUpdate("UPDATE jobs SET waits_for = NULL WHERE waits_for = :job")
        .bind("job", job)
        .execute();
  }

  /** Makes a job more or less urgent. */
  public void prioritise(long id, int priority) {
    handle
        .createUpdate("UPDATE jobs SET priority = :priority WHERE id = :id")
        .bind("id", id)
        .bind("priority", priority)
        .execute();
  }

  /** Gives a job its place among those of its priority. */
  public void place(long id, double position) {
    handle
        .createUpdate("UPDATE jobs SET position = :position WHERE id = :id")
        .bind("id", id)
        .bind("position", position)
        .execute();
  }

  /** The position of the first queued job of a priority, or of the last. */
  public Optional<Double> outermost(int priority, boolean first) {
    return handle
        .createQuery(
            "SELECT %s(position) FROM jobs WHERE state = 'QUEUED' AND priority = :priority"
                .formatted(first ? "MIN" : "MAX"))
        .bind("priority", priority)
        .mapTo(Double.class)
        .findOne();
  }

  /** The position of the queued job just before a position. */
  public Optional<Double> justBefore(int priority, double position) {
    return handle
        .createQuery(
            """
            SELECT MAX(position) FROM jobs
            WHERE state = 'QUEUED' AND priority = :priority AND position < :position
            """)
        .bind("priority", priority)
        .bind("position", position)
        .mapTo(Double.class)
        .findOne();
  }

  /** The position of the next job that is queued. */
  public double nextPosition() {
    return handle
        .createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM jobs")
        .mapTo(Double.class)
        .one();
  }

  /** Renumbers the positions of the queued jobs of a priority, in their order. */
  public void renumber(int priority) {
    List<Long> ids =
        handle
            .createQuery(
                """
                SELECT id FROM jobs WHERE state = 'QUEUED' AND priority = :priority
                ORDER BY position, id
                """)
            .bind("priority", priority)
            .mapTo(Long.class)
            .list();
    double first = nextPosition() - 1 - ids.size();
    for (int i = 0; i < ids.size(); i++) {
      place(ids.get(i), first + i);
    }
  }

  /** Lets a job pause after another epoch, or after none. */
  public void pauseAfter(long id, Optional<Integer> epoch) {
    handle
        .createUpdate("UPDATE jobs SET last_epoch = :epoch WHERE id = :id")
        .bind("id", id)
        .bind("epoch", epoch)
        .execute();
  }

  /** The jobs of a sweep, in the order of submission. */
  public List<JobRow> ofSweep(String sweep) {
    return handle.createQuery(OF_SWEEP).bind("sweep", sweep).map(JobTable::job).list();
  }

  /** How many jobs there are in each state that has any. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    handle
        .createQuery("SELECT state, COUNT(*) AS jobs FROM jobs GROUP BY state ORDER BY state")
        .map((row, context) -> Map.entry(row.getString("state"), row.getLong("jobs")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /** How many jobs there are of a kind, in a state or in any. */
  public long count(String kind, Optional<String> state) {
    return handle
        .createQuery(COUNT)
        .bind("kind", kind)
        .bind("state", state)
        .mapTo(Long.class)
        .one();
  }

  /** The numbers of successful jobs of a kind about a run, the oldest first. */
  public List<Long> succeededAbout(long subject, String kind) {
    return handle
        .createQuery(
            """
            SELECT id FROM jobs
            WHERE subject = :subject AND kind = :kind AND state = 'SUCCEEDED' ORDER BY id
            """)
        .bind("subject", subject)
        .bind("kind", kind)
        .mapTo(Long.class)
        .list();
  }

  /** The specifications of the successful jobs of a kind, by their numbers. */
  public Map<Long, String> succeeded(String kind) {
    Map<Long, String> specs = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT id, spec FROM jobs WHERE kind = :kind AND state = 'SUCCEEDED' ORDER BY id")
        .bind("kind", kind)
        .map((row, context) -> Map.entry(row.getLong("id"), row.getString("spec")))
        .forEach(entry -> specs.put(entry.getKey(), entry.getValue()));
    return specs;
  }

  /** How many jobs in this state are about another job's result. */
  public long about(long subject, String state) {
    return handle
        .createQuery("SELECT COUNT(*) FROM jobs WHERE subject = :subject AND state = :state")
        .bind("subject", subject)
        .bind("state", state)
        .mapTo(Long.class)
        .one();
  }

  /** Jobs in one of these states that need these weights, the oldest first. */
  public List<JobRow> needing(String weights, Collection<String> states) {
    return handle
        .createQuery(NEEDING)
        .bind("weights", weights)
        .bindList("states", List.copyOf(states))
        .map(JobTable::job)
        .list();
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

  /** A job waits again, since now. */
  public void queued(long id, Instant at) {
    handle
        .createUpdate("UPDATE jobs SET queued_at = :at, worker = NULL WHERE id = :id")
        .bind("id", id)
        .bind("at", at)
        .execute();
  }

  /** Stores facts about the process that runs a job. */
  public void worker(long id, String worker) {
    handle
        .createUpdate("UPDATE jobs SET worker = :worker WHERE id = :id")
        .bind("id", id)
        .bind("worker", worker)
        .execute();
  }

  /** Adds to the history of a job's states. */
  public void insert(long job, TransitionRow transition) {
    handle
        .createUpdate(
            """
            INSERT INTO transitions (job, at, from_state, to_state, cause_code, cause_arguments)
            VALUES (:job, :at, :from, :to, :causeCode, :causeArguments)
            """)
        .bind("job", job)
        .bind("causeCode", transition.cause().code())
        .bind("causeArguments", transition.cause().arguments())
        .bindMethods(transition)
        .execute();
  }

  /** The history of a job's states, oldest first. */
  public List<TransitionRow> transitions(long job) {
    return handle
        .createQuery(
            """
            SELECT at, from_state, to_state, cause_code, cause_arguments
            FROM transitions WHERE job = :job ORDER BY job, id
            """)
        .bind("job", job)
        .map(
            (row, context) ->
                new TransitionRow(
                    row.getObject("at", Instant.class),
                    Optional.ofNullable(row.getString("from_state")),
                    row.getString("to_state"),
                    CauseColumns.cause(row)))
        .list();
  }

  /** Removes a job with all that is stored about it. Its files are then to be deleted. */
  public void delete(long id) {
    succeeded.touch(id);
    new DeletionTable(handle).addJob(id);
    handle.createUpdate("DELETE FROM jobs WHERE id = :id").bind("id", id).execute();
  }

  static JobRow job(ResultSet row, StatementContext context) throws SQLException {
    return new JobRow(
        row.getLong("id"),
        row.getString("spec"),
        row.getString("title"),
        Optional.ofNullable(row.getString("sweep")),
        row.getObject("created_at", Instant.class),
        row.getObject("queued_at", Instant.class),
        new StateRow(
            row.getString("state"),
            Optional.ofNullable(row.getObject("started_at", Instant.class)),
            Optional.ofNullable(row.getObject("ended_at", Instant.class)),
            CauseColumns.cause(row, "cause_code", "cause_arguments"),
            Optional.ofNullable(row.getString("error_family")),
            Optional.ofNullable(row.getString("error_code")),
            Optional.ofNullable(row.getString("error_message")),
            Optional.ofNullable(row.getString("error_field")),
            row.getBoolean("cancel_requested"),
            row.getBoolean("checkpoint"),
            row.getInt("fruitless"),
            Optional.ofNullable(row.getObject("resumes_at", Instant.class))),
        new OrderRow(
            row.getInt("priority"),
            row.getDouble("position"),
            row.getBoolean("held"),
            Optional.ofNullable(row.getObject("waits_for", Long.class)),
            Optional.ofNullable(row.getObject("last_epoch", Integer.class)),
            row.getBoolean("interactive")),
        Optional.ofNullable(row.getString("worker")));
  }
}
