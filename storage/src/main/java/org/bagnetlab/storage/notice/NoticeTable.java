package org.bagnetlab.storage.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseColumns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of notifications: what was reported, and what is pending. */
public final class NoticeTable {

  static final String DUE =
      """
      SELECT id, webhook, event, body, created_at, attempts, due_at
      FROM deliveries WHERE due_at <= :now AND webhook <> ALL(:except)
      ORDER BY due_at, id LIMIT :limit
      """;

  static final String FAILURES =
      """
      SELECT transitions.job, transitions.at, transitions.cause_code,
             transitions.cause_arguments, jobs.title, jobs.sweep, jobs.error_code
      FROM transitions JOIN jobs ON jobs.id = transitions.job
      WHERE transitions.id > :after AND transitions.to_state = 'FAILED'
        AND (transitions.from_state IS NULL OR transitions.from_state <> 'FAILED')
        AND NOT jobs.interactive
      ORDER BY transitions.id
      """;

  private final Handle handle;

  /** The table within a transaction. */
  public NoticeTable(Handle handle) {
    this.handle = handle;
  }

  /**
   * The failures since the last call, oldest first. They count as reported from now on. Failures of
   * interactive jobs are not included: the user who submitted one sees it.
   */
  public List<FailureRow> newFailures() {
    long after = handle.createQuery("SELECT transition FROM told").mapTo(Long.class).one();
    List<FailureRow> failures =
        handle.createQuery(FAILURES).bind("after", after).map(NoticeTable::failure).list();
    handle.execute(
        """
        UPDATE told SET transition = GREATEST(transition, (SELECT COALESCE(MAX(id), 0) FROM transitions))
        """);
    return failures;
  }

  /**
   * The state of the disk that was last reported.
   *
   * @param level a name
   * @param at since when
   */
  public record ReportedDisk(String level, Instant at) {}

  /** The state of the disk that was last reported. */
  public ReportedDisk disk() {
    return handle
        .createQuery("SELECT disk, disk_at FROM told")
        .map(
            (row, context) ->
                new ReportedDisk(row.getString("disk"), row.getObject("disk_at", Instant.class)))
        .one();
  }

  /** Notes that a state of the disk was reported. */
  public void disk(ReportedDisk reported) {
    handle
        .createUpdate("UPDATE told SET disk = :level, disk_at = :at")
        .bindMethods(reported)
        .execute();
  }

  /** Adds a notice that is to be sent. */
  public void insert(DeliveryRow delivery) {
    handle
        .createUpdate(
            """
            INSERT INTO deliveries (id, webhook, event, body, created_at, attempts, due_at)
            VALUES (:id, :webhook, :event, :body, :createdAt, :attempts, :dueAt)
            """)
        .bindMethods(delivery)
        .execute();
  }

  /**
   * Notices that are to be sent now, the one that is due first first.
   *
   * @param except those of these webhooks
   */
  public List<DeliveryRow> due(Instant now, List<String> except, int limit) {
    return handle
        .createQuery(DUE)
        .bind("now", now)
        .bindArray("except", String.class, except)
        .bind("limit", limit)
        .map(ConstructorMapper.of(DeliveryRow.class))
        .list();
  }

  /** When the next notice after a time is due. */
  public Optional<Instant> nextDue(Instant after) {
    return handle
        .createQuery("SELECT MIN(due_at) FROM deliveries WHERE due_at > :after")
        .bind("after", after)
        .mapTo(Instant.class)
        .findOne();
  }

  /** A notification failed, and is retried later. */
  public void postpone(String id, int attempts, Instant dueAt) {
    handle
        .createUpdate("UPDATE deliveries SET attempts = :attempts, due_at = :dueAt WHERE id = :id")
        .bind("id", id)
        .bind("attempts", attempts)
        .bind("dueAt", dueAt)
        .execute();
  }

  /** A notice was taken, or is given up. */
  public void remove(String id) {
    handle.createUpdate("DELETE FROM deliveries WHERE id = :id").bind("id", id).execute();
  }

  /** How many notices are on their way to a webhook. */
  public long pending(String webhook) {
    return handle
        .createQuery("SELECT COUNT(*) FROM deliveries WHERE webhook = :webhook")
        .bind("webhook", webhook)
        .mapTo(Long.class)
        .one();
  }

  private static FailureRow failure(ResultSet row, StatementContext context) throws SQLException {
    return new FailureRow(
        row.getLong("job"),
        row.getString("title"),
        Optional.ofNullable(row.getString("sweep")),
        row.getObject("at", Instant.class),
        CauseColumns.cause(row),
        Optional.ofNullable(row.getString("error_code")));
  }
}
