package org.bagnetlab.server.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseText;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.disk.DiskState.Level;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.notice.FailureRow;
import org.bagnetlab.storage.notice.NoticeTable.ReportedDisk;
import org.bagnetlab.storage.sweep.SweepRow;

/**
 * Decides which notifications are sent. The mark of what was reported is stored together with the
 * notification, so a restart neither loses nor repeats any.
 */
public final class Notifier {

  /** The minimum interval between notifications about a disk that fluctuates around a limit. */
  private static final Duration CALM = Duration.ofHours(1);

  private final Vertx vertx;
  private final Database database;
  private final String lab;
  private final Clock clock;
  private final Outbox outbox;
  private volatile Optional<String> address;

  /** The writing thread's. */
  private Eased eased = new Eased(Instant.EPOCH, Level.ROOM);

  /**
   * The best state of the disk since the last notification about it: a worse state is reported
   * again.
   *
   * @param reportedAt when it was last reported
   */
  private record Eased(Instant reportedAt, Level level) {}

  /**
   * Notifies these webhooks.
   *
   * @param lab name of the sender
   * @param address public URL of the dashboard; empty: the address given to {@link #start}
   */
  public Notifier(
      Vertx vertx,
      Database database,
      String lab,
      Optional<String> address,
      List<Webhook> webhooks,
      Retries retries,
      Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.lab = lab;
    this.address = address;
    this.clock = clock;
    this.outbox = new Outbox(vertx, database, webhooks, retries, clock);
  }

  /**
   * Sends notifications left by a previous server, and reports failures since then.
   *
   * @param listening the dashboard's address on this machine, ending with a slash
   */
  public Future<Void> start(String listening) {
    address = address.or(() -> Optional.of(listening));
    return failures().compose(reported -> sweeps());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Tells of all jobs that failed since the last call, by this server or an earlier one. */
  public Future<Void> failures() {
    return tell(
        tables ->
            tables.notices().newFailures().stream()
                // Jobs that failed because another job's result is missing are not reported.
                .filter(
                    failure -> !failure.errorCode().filter(JobError.NEEDS_RUN::equals).isPresent())
                .forEach(failure -> outbox.post(tables, notice(failure))));
  }

  private Notice notice(FailureRow failure) {
    return new Notice(
        NoticeKind.NEEDS_HELP,
        failure.at(),
        lab,
        failure.sweep(),
        Optional.of(failure.job()),
        Map.of(),
        "Job %d (%s) failed: %s"
            .formatted(failure.job(), failure.title(), CauseText.of(Causes.of(failure.cause()))),
        link("#/jobs/" + failure.job()));
  }

  /** Tells when the disk begins to fill up, and when jobs begin to wait for room. */
  public Future<Void> disk(DiskState state) {
    return tell(
        tables -> {
          ReportedDisk reported = tables.notices().disk();
          Level level = state.level();
          Level best =
              eased.reportedAt().equals(reported.at()) && eased.level().compareTo(level) < 0
                  ? eased.level()
                  : level;
          Instant now = now();
          boolean calm = reported.at().plus(CALM).isBefore(now);
          boolean worse =
              level.compareTo(Level.valueOf(reported.level())) > 0
                  || (calm && level.compareTo(best) > 0);
          if (worse) {
            outbox.post(tables, notice(state, now));
          }
          if (worse || (calm && !level.name().equals(reported.level()))) {
            tables.notices().disk(new ReportedDisk(level.name(), now));
          }
          eased = new Eased(reported.at(), best);
        });
  }

  private Notice notice(DiskState state, Instant now) {
    return new Notice(
        NoticeKind.NEEDS_HELP,
        now,
        lab,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        state.warning().orElse(""),
        link("#/storage"));
  }

  /** Tells of all sweeps that ended or were stopped since the last call, or an earlier server's. */
  public Future<Void> sweeps() {
    return tell(
        tables -> {
          for (SweepRow sweep : tables.sweeps().unreported()) {
            outbox.post(
                tables,
                sweep.endedAt().isPresent()
                    ? ended(sweep.name(), tables.sweeps().counts(sweep.name()))
                    : stopped(sweep.name(), sweep.hold().map(Causes::of).orElseThrow()));
            tables.sweeps().reported(sweep);
          }
        });
  }

  private Notice ended(String name, Map<String, Long> counts) {
    String jobs =
        new TreeMap<>(counts)
            .entrySet().stream()
                .map(
                    count ->
                        "%d %s"
                            .formatted(count.getValue(), count.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    return sweep(
        NoticeKind.SWEEP_ENDED,
        name,
        counts,
        "Sweep %s has ended: %s.".formatted(name, jobs.isEmpty() ? "no jobs" : jobs));
  }

  private Notice stopped(String name, Cause cause) {
    return sweep(
        NoticeKind.NEEDS_HELP,
        name,
        Map.of(),
        "Sweep %s was %s".formatted(name, CauseText.of(cause)));
  }

  private Notice sweep(NoticeKind kind, String name, Map<String, Long> counts, String text) {
    return new Notice(
        kind,
        now(),
        lab,
        Optional.of(name),
        Optional.empty(),
        new TreeMap<>(counts),
        text,
        link("#/sweeps/" + name));
  }

  private Optional<String> link(String place) {
    return address.map(dashboard -> dashboard + place);
  }

  private Future<Void> tell(Consumer<Tables> change) {
    return Futures.of(
            vertx,
            database.write(
                tables -> {
                  change.accept(tables);
                  return true;
                }))
        .onSuccess(stored -> outbox.wake())
        .mapEmpty();
  }

  /** Sends a notification to each webhook at once, and returns the results. */
  public Future<List<WebhookTest>> test() {
    return outbox.test(
        new Notice(
            NoticeKind.TEST,
            now(),
            lab,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            "This is a test: notifications of %s arrive here.".formatted(lab),
            link("")));
  }

  /** How it goes with each webhook. */
  public Future<List<WebhookStatus>> status() {
    return outbox.status();
  }

  /** Stops sending. Pending notifications are sent after the next start. */
  public Future<Void> close() {
    return outbox.close();
  }
}
