package org.bagnetlab.storage.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for notifications, both reported and pending. */
public final class NoticeTable extends DatabaseTable {

  static final String NEXT =
      """
      SELECT id, recipient, event, body, created_at
      FROM deliveries WHERE recipient = :recipient
      ORDER BY created_at, id LIMIT 1
      """;

  static final String FAILURES =
      """
      SELECT transitions.job, transitions.at, transitions.cause_code,
             transitions.cause_arguments, jobs.title, jobs.sweep, jobs.error_code
      FROM transitions JOIN jobs ON jobs.id = transitions.job
      WHERE transitions.id > :after
        AND ((transitions.to_state = 'FAILED'
            AND (transitions.from_state IS NULL OR transitions.from_state <> 'FAILED'))
          OR (transitions.to_state = 'RUNNING' AND transitions.cause_code IN ('idle', 'flat')))
        AND NOT jobs.interactive
      ORDER BY transitions.id
      """;

  /** Opens the table within a transaction. */
  public NoticeTable(Handle handle) {
    super(handle);
  }

  /**
   * Returns the failures, and jobs that a rule found, since the last call, oldest first, and marks
   * them as reported. Failures of interactive jobs are excluded, because the user who submitted the
   * job sees them.
   */
  public List<FailureRow> newFailures() {
    long after = handle.createQuery("SELECT transition FROM notified").mapTo(Long.class).one();
    List<FailureRow> failures =
        query(FAILURES, Map.of("after", after)).map(ConstructorMapper.of(FailureRow.class)).list();
    handle.execute(
        """
        UPDATE notified SET transition = GREATEST(transition, (SELECT COALESCE(MAX(id), 0) FROM transitions))
        """);
    return failures;
  }

  /**
   * The state of the disk that was last reported.
   *
   * @param level its name
   * @param at since when
   */
  public record ReportedDisk(String level, Instant at) {}

  /** The state of the disk that was last reported. */
  public ReportedDisk disk() {
    return handle
        .createQuery("SELECT disk AS level, disk_at AS at FROM notified")
        .map(ConstructorMapper.of(ReportedDisk.class))
        .one();
  }

  /** Stores the state of the disk that was reported. */
  public void disk(ReportedDisk reported) {
    store("UPDATE notified SET disk = :level, disk_at = :at", reported);
  }

  /** When the last daily message was stored; empty if none is configured. */
  public Optional<Instant> daily() {
    return handle
        .createQuery("SELECT daily_at FROM notified")
        .map((row, context) -> Optional.ofNullable(row.getObject(1, Instant.class)))
        .one();
  }

  /** Stores when the last daily message was stored; empty if none is configured. */
  public void daily(Optional<Instant> at) {
    handle.execute("UPDATE notified SET daily_at = ?", at);
  }

  /** Adds a notification to send. */
  public void insert(DeliveryRow delivery) {
    store(
        """
        INSERT INTO deliveries (id, recipient, event, body, created_at)
        VALUES (:id, :recipient, :event, :body, :createdAt)
        """,
        delivery);
  }

  /** The oldest notification pending for a recipient. */
  public Optional<DeliveryRow> next(String recipient) {
    return query(NEXT, Map.of("recipient", recipient))
        .map(ConstructorMapper.of(DeliveryRow.class))
        .findOne();
  }

  /**
   * Removes a notification that was delivered or given up. Returns the number of removed
   * notifications.
   */
  public int remove(String id) {
    return handle.execute("DELETE FROM deliveries WHERE id = ?", id);
  }

  /** Removes the notifications of all other recipients, and returns their number. */
  public int removeExcept(List<String> recipients) {
    return handle
        .createUpdate("DELETE FROM deliveries WHERE recipient <> ALL(:recipients)")
        .bindArray("recipients", String.class, recipients)
        .execute();
  }

  /** How many notifications are pending for a recipient. */
  public long pending(String recipient) {
    return handle
        .select("SELECT COUNT(*) FROM deliveries WHERE recipient = ?", recipient)
        .mapTo(Long.class)
        .one();
  }
}
