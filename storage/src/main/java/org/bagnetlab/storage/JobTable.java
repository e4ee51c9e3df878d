package org.bagnetlab.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of jobs and of the history of their states. */
public final class JobTable {

  static final String NEXT_IN_STATE =
      """
      SELECT id, spec, title, sweep, created_at, queued_at, state, started_at, ended_at, reason,
             error_family, error_code, error_field, cancel_requested, checkpoint, worker
      FROM jobs WHERE state = :state ORDER BY state, queued_at, id LIMIT :limit
      """;

  static final String NEWEST =
      """
      SELECT id, spec, title, sweep, created_at, queued_at, state, started_at, ended_at, reason,
             error_family, error_code, error_field, cancel_requested, checkpoint, worker
      FROM jobs WHERE (CAST(:state AS VARCHAR) IS NULL OR state = :state)
      ORDER BY id DESC LIMIT :limit OFFSET :offset
      """;

  static final String OF_SWEEP =
      """
      SELECT id, spec, title, sweep, created_at, queued_at, state, started_at, ended_at, reason,
             error_family, error_code, error_field, cancel_requested, checkpoint, worker
      FROM jobs WHERE sweep = :sweep ORDER BY sweep, id
      """;

  static final String STARTING_FROM =
      """
      SELECT id, spec, title, sweep, created_at, queued_at, state, started_at, ended_at, reason,
             error_family, error_code, error_field, cancel_requested, checkpoint, worker
      FROM jobs WHERE weights = :weights AND state IN (<states>) ORDER BY id
      """;

  private final Handle handle;

  JobTable(Handle handle) {
    this.handle = handle;
  }

  /** Stores a new job and gives its number. */
  public long insert(NewJob job) {
    return handle
        .createUpdate(
            """
            INSERT INTO jobs (kind, title, spec, sweep, dataset, weights, subject, state,
                              created_at, queued_at, cancel_requested, checkpoint)
            VALUES (:kind, :title, :spec, :sweep, :dataset, :weights, :subject, :state,
                    :at, :at, FALSE, FALSE)
            """)
        .bind("kind", job.kind())
        .bind("title", job.title())
        .bind("spec", job.spec())
        .bind("sweep", job.sweep())
        .bind("dataset", job.dataset())
        .bind("weights", job.weights())
        .bind("subject", job.subject())
        .bind("state", job.state())
        .bind("at", job.createdAt())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /** The job of this number. */
  public Optional<JobRow> find(long id) {
    return handle
        .createQuery(
            """
            SELECT id, spec, title, sweep, created_at, queued_at, state, started_at, ended_at,
                   reason, error_family, error_code, error_field, cancel_requested, checkpoint,
                   worker
            FROM jobs WHERE id = :id
            """)
        .bind("id", id)
        .map(JobTable::job)
        .findOne();
  }

  /** Jobs in a state, or in any, newest first. */
  public List<JobRow> newest(Optional<String> state, int limit, int offset) {
    return handle
        .createQuery(NEWEST)
        .bind("state", state)
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

  /** How many jobs in this state are about another job's result. */
  public long about(long subject, String state) {
    return handle
        .createQuery("SELECT COUNT(*) FROM jobs WHERE subject = :subject AND state = :state")
        .bind("subject", subject)
        .bind("state", state)
        .mapTo(Long.class)
        .one();
  }

  /** Jobs in one of these states that start from these weights, the oldest first. */
  public List<JobRow> startingFrom(String weights, Collection<String> states) {
    return handle
        .createQuery(STARTING_FROM)
        .bind("weights", weights)
        .bindList("states", List.copyOf(states))
        .map(JobTable::job)
        .list();
  }

  /** Stores a job's new state. */
  public void update(long id, StateRow state) {
    handle
        .createUpdate(
            """
            UPDATE jobs SET state = :name, started_at = :startedAt, ended_at = :endedAt,
              reason = :reason, error_family = :errorFamily, error_code = :errorCode,
              error_field = :errorField, cancel_requested = :cancelRequested,
              checkpoint = :checkpoint
            WHERE id = :id
            """)
        .bind("id", id)
        .bindMethods(state)
        .execute();
  }

  /** Puts a job at the end of the queue. */
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
            INSERT INTO transitions (job, at, from_state, to_state, cause)
            VALUES (:job, :at, :from, :to, :cause)
            """)
        .bind("job", job)
        .bindMethods(transition)
        .execute();
  }

  /** The history of a job's states, oldest first. */
  public List<TransitionRow> transitions(long job) {
    return handle
        .createQuery(
            """
            SELECT at, from_state, to_state, cause FROM transitions WHERE job = :job ORDER BY job, id
            """)
        .bind("job", job)
        .map(
            (row, context) ->
                new TransitionRow(
                    row.getObject("at", Instant.class),
                    Optional.ofNullable(row.getString("from_state")),
                    row.getString("to_state"),
                    row.getString("cause")))
        .list();
  }

  /** Removes a job with all that is stored about it, except files. */
  public void delete(long id) {
    handle.createUpdate("DELETE FROM jobs WHERE id = :id").bind("id", id).execute();
  }

  private static JobRow job(ResultSet row, StatementContext context) throws SQLException {
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
            Optional.ofNullable(row.getString("reason")),
            Optional.ofNullable(row.getString("error_family")),
            Optional.ofNullable(row.getString("error_code")),
            Optional.ofNullable(row.getString("error_field")),
            row.getBoolean("cancel_requested"),
            row.getBoolean("checkpoint")),
        Optional.ofNullable(row.getString("worker")));
  }
}
