package org.bagnetlab.server.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.disk.DiskState.Level;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessageContent;
import org.bagnetlab.server.message.NoContent;
import org.bagnetlab.server.message.Notice;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.recipient.Webhook;
import org.bagnetlab.server.results.digest.EndedSweep;
import org.bagnetlab.server.results.failure.FailedJobs;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.notice.FailureRow;
import org.bagnetlab.storage.notice.NoticeTable.ReportedDisk;
import org.bagnetlab.storage.sweep.SweepRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which notifications are sent. It stores each notification in the same transaction as the
 * fact that it was reported, so a restart neither loses nor repeats notifications.
 */
public final class Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  /** The minimum interval between messages about failures of a sweep for the same cause. */
  private static final Duration BETWEEN_FAILURES = Duration.ofHours(1);

  /** The minimum interval between notifications about a disk that fluctuates around a limit. */
  private static final Duration MIN_DISK_INTERVAL = Duration.ofHours(1);

  /** The period of a preview where no daily message is configured. */
  private static final Duration ONE_DAY = Duration.ofDays(1);

  /** Maximum time for which a stop waits for deliveries in progress, to avoid duplicates. */
  private static final Duration LAST_DELIVERIES = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Database database;
  private final String lab;
  private final Clock clock;
  private final List<Delivery> deliveries;

  /** One thread for each recipient: one that hangs must not block the others. */
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final Optional<DailyTime> daily;

  /** When people were last told of a cause of failures. Used by the thread that writes only. */
  private final Map<String, Instant> toldFailures = new HashMap<>();

  private volatile Optional<String> address;
  private volatile boolean closing;

  /** The messages that are being written. */
  private Future<Void> writing = Future.succeededFuture();

  private volatile MessageContent content = new NoContent();

  /**
   * The best state of the disk since the last notification. A state worse than this is reported
   * again.
   */
  private volatile Level bestDisk = Level.FULL;

  /**
   * Creates a notifier that sends to these recipients.
   *
   * @param lab name of this lab
   * @param address public URL of the dashboard; empty to use the address given to {@link #start}
   */
  public Notifier(
      Vertx vertx,
      Database database,
      String lab,
      Optional<String> address,
      MessageSettings settings,
      DeliveryRetries retries,
      Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.lab = lab;
    this.address = address;
    this.clock = clock;
    this.daily = settings.daily();
    this.deliveries =
        settings.recipients().stream()
            .map(recipient -> new Delivery(recipient, vertx, database, retries, clock))
            .toList();
  }

  /**
   * Sends notifications that an earlier server did not deliver, and reports failures since then.
   *
   * @param listening the dashboard's address on this machine, ending with a slash
   * @param found what messages say
   */
  public Future<Void> start(String listening, MessageContent found) {
    content = found;
    address = address.or(() -> Optional.of(listening));
    deliveries.forEach(threads::execute);
    return report(
            tables -> {
              discardUnaddressed(tables);
              beginDays(tables);
              failures(tables);
            })
        .compose(stored -> sweeps());
  }

  private void discardUnaddressed(Tables tables) {
    List<String> recipients =
        deliveries.stream().map(delivery -> delivery.recipient().id()).toList();
    int removed = tables.notices().removeExcept(recipients);
    if (removed > 0) {
      LOG.warn("Dropped {} notifications of recipients that are no longer configured", removed);
    }
  }

  /**
   * Reports all jobs that failed since the last call, which may have been made by an earlier
   * server.
   */
  public Future<Void> failures() {
    return report(this::failures);
  }

  private void failures(Tables tables) {
    for (FailureRow failure : tables.notices().newFailures()) {
      // Jobs that failed only because the result of another job is missing are not reported.
      if (!failure.errorCode().equals(Optional.of(JobError.NEEDS_RUN))) {
        Notice notice = notice(failure);
        if (isNews(failure)) {
          post(tables, notice);
        } else {
          postToPrograms(tables, notice);
        }
      }
    }
  }

  /**
   * Whether people are to be told of a failure: once an hour for each cause in a sweep, since a
   * search may have hundreds of failures. The end of the sweep counts them all.
   */
  private boolean isNews(FailureRow failure) {
    String cause = FailedJobs.pattern(Causes.of(failure.cause()).text());
    String key = failure.sweep().map(sweep -> sweep + ": " + cause).orElse("job " + failure.job());
    Instant now = now();
    toldFailures.values().removeIf(at -> at.plus(BETWEEN_FAILURES).isBefore(now));
    return toldFailures.putIfAbsent(key, now) == null;
  }

  private Notice notice(FailureRow failure) {
    Cause cause = Causes.of(failure.cause());
    boolean found = cause instanceof Cause.Idle || cause instanceof Cause.Flat;
    String text =
        "Job %d (%s) %s%s"
            .formatted(failure.job(), failure.title(), found ? "" : "failed: ", cause.text());
    return new Notice(
        NoticeKind.NEEDS_HELP,
        failure.at(),
        lab,
        failure.sweep(),
        Optional.of(failure.job()),
        Map.of(),
        text,
        link("#/jobs/" + failure.job()),
        Optional.empty());
  }

  /** Reports when the disk begins to fill up, and when jobs begin to wait for disk space. */
  public Future<Void> disk(DiskState state) {
    Level level = state.level();
    Level best = bestDisk.compareTo(level) < 0 ? bestDisk : level;
    return write(
            tables -> {
              Instant now = now();
              ReportedDisk reported = tables.notices().disk();
              int change = level.compareTo(Level.valueOf(reported.level()));
              boolean calm = reported.at().plus(MIN_DISK_INTERVAL).isBefore(now);
              boolean worse = change > 0 || (calm && level.compareTo(best) > 0);
              if (worse) {
                String text = state.warning().orElse("");
                post(
                    tables,
                    notice(NoticeKind.NEEDS_HELP, Optional.empty(), Map.of(), text, "#/storage"));
              }
              if (worse || (calm && change < 0)) {
                tables.notices().disk(new ReportedDisk(level.name(), now));
              }
              return worse;
            })
        .onSuccess(worse -> bestDisk = worse ? level : best)
        .mapEmpty();
  }

  /**
   * Reports sweeps that ended or were stopped since the last call, which may have been made by an
   * earlier server.
   */
  public Future<Void> sweeps() {
    return afterOthers(this::reportSweeps);
  }

  /**
   * Writes messages one after the other, so that none is written twice, and none while this closes.
   */
  private synchronized Future<Void> afterOthers(Supplier<Future<Void>> work) {
    writing =
        writing.otherwiseEmpty().compose(done -> closing ? Future.succeededFuture() : work.get());
    return writing;
  }

  /** Writes messages before the transaction, since a chart takes longer than a change. */
  private Future<Void> reportSweeps() {
    return read(tables -> notices(tables))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : blocking(() -> found.stream().map(this::written).toList())
                        .compose(reports -> report(tables -> store(tables, reports))));
  }

  /** A sweep whose end or stop is to be reported. */
  private record SweepReport(SweepRow sweep, Notice notice, Message message) {

    /** Whether this is about the same end or stop. */
    boolean concerns(SweepRow other) {
      return sweep.name().equals(other.name())
          && sweep.endedAt().equals(other.endedAt())
          && sweep.hold().equals(other.hold());
    }
  }

  private List<SweepReport> notices(Tables tables) {
    return tables.sweeps().unreported().stream()
        .map(
            sweep -> {
              Notice notice =
                  sweep.endedAt().isPresent()
                      ? ended(sweep, new TreeMap<>(SweepRows.counts(tables, sweep.name())))
                      : stopped(sweep.name(), Causes.of(sweep.hold().orElseThrow()));
              return new SweepReport(sweep, notice, Message.of(notice));
            })
        .toList();
  }

  private SweepReport written(SweepReport report) {
    Notice notice = report.notice();
    if (notice.event() != NoticeKind.SWEEP_ENDED) {
      return report;
    }
    String sweep = report.sweep().name();
    try {
      Content found = content.sweep(sweep);
      return new SweepReport(
          report.sweep(), notice.with(found.digest()), Message.of(notice, found));
    } catch (RuntimeException e) {
      // The end of the sweep is reported anyway.
      LOG.error("The results of sweep {} could not be read for a message", sweep, e);
      return report;
    }
  }

  /** Stores those that have not been reported meanwhile, and are still as they were. */
  private void store(Tables tables, List<SweepReport> reports) {
    for (SweepRow sweep : tables.sweeps().unreported()) {
      reports.stream()
          .filter(report -> report.concerns(sweep))
          .findFirst()
          .ifPresent(
              report -> {
                post(tables, report.notice(), report.message());
                tables.sweeps().reported(sweep);
              });
    }
  }

  private Notice ended(SweepRow sweep, Map<String, Long> counts) {
    String state = sweep.endedAt().isPresent() ? "has ended" : "has not ended yet";
    return notice(
        NoticeKind.SWEEP_ENDED,
        Optional.of(sweep.name()),
        counts,
        "Sweep %s %s: %s.".formatted(sweep.name(), state, EndedSweep.text(counts)),
        "#/sweeps/" + sweep.name());
  }

  private Notice stopped(String sweep, Cause cause) {
    String text = "Sweep %s was %s".formatted(sweep, cause.text());
    return notice(NoticeKind.NEEDS_HELP, Optional.of(sweep), Map.of(), text, "#/sweeps/" + sweep);
  }

  /** Sends the daily message if it is due. */
  public Future<Void> daily(DiskState disk) {
    return daily.isEmpty() ? Future.succeededFuture() : afterOthers(() -> reportDay(disk));
  }

  private Future<Void> reportDay(DiskState disk) {
    Instant now = now();
    return read(tables -> tables.notices().daily())
        .compose(
            last ->
                last.filter(at -> isDue(now, at)).isEmpty()
                    ? Future.succeededFuture()
                    : reportDay(last.get(), now, disk));
  }

  private boolean isDue(Instant now, Instant last) {
    return daily.filter(time -> time.isDue(now, last)).isPresent();
  }

  private Future<Void> reportDay(Instant last, Instant now, DiskState disk) {
    return blocking(() -> day(last, now, disk))
        .compose(
            day ->
                report(
                    tables -> {
                      if (tables.notices().daily().equals(Optional.of(last))) {
                        tables.notices().daily(Optional.of(now));
                        post(tables, day.notice(), day.message());
                      }
                    }));
  }

  /** The message about a sweep as it would be sent now, even if the sweep has not ended. */
  public Future<Message> preview(String sweep) {
    return read(tables -> {
          SweepRow row = SweepRows.find(tables, sweep);
          return ended(row, new TreeMap<>(SweepRows.counts(tables, sweep)));
        })
        .compose(notice -> blocking(() -> Message.of(notice, content.sweep(sweep))));
  }

  /** The daily message as it would be sent now. */
  public Future<Message> preview(DiskState disk) {
    Instant now = now();
    return read(tables -> tables.notices().daily().orElse(now.minus(ONE_DAY)))
        .compose(since -> blocking(() -> day(since, now, disk).message()));
  }

  private record DayReport(Notice notice, Message message) {}

  /**
   * A message that says little is better than none, whose absence means that the server is down.
   */
  private MessageContent.Day content(Instant since, Instant now, DiskState disk) {
    try {
      return content.day(since, now, disk);
    } catch (RuntimeException e) {
      LOG.error("The content of the daily message could not be read", e);
      return new MessageContent.Day(
          "What ran could not be read: see the server's log.", Content.NONE);
    }
  }

  private DayReport day(Instant since, Instant now, DiskState disk) {
    MessageContent.Day day = content(since, now, disk);
    Notice notice = notice(NoticeKind.DAILY, Optional.empty(), Map.of(), day.first(), "");
    return new DayReport(notice.with(day.content().digest()), Message.of(notice, day.content()));
  }

  /**
   * A new configuration sends no message about the time before it, and one without a daily message
   * forgets when the last was sent.
   */
  private void beginDays(Tables tables) {
    Optional<Instant> last = tables.notices().daily();
    if (daily.isPresent() != last.isPresent()) {
      tables.notices().daily(daily.map(time -> now()));
    }
  }

  private Notice notice(
      NoticeKind kind, Optional<String> sweep, Map<String, Long> counts, String text, String page) {
    return new Notice(
        kind, now(), lab, sweep, Optional.empty(), counts, text, link(page), Optional.empty());
  }

  private Optional<String> link(String page) {
    return address.map(dashboard -> dashboard + page);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void post(Tables tables, Notice notice) {
    post(tables, notice, Message.of(notice));
  }

  private void postToPrograms(Tables tables, Notice notice) {
    deliveries.stream()
        .filter(delivery -> delivery.recipient() instanceof Webhook)
        .forEach(delivery -> delivery.post(tables, notice, Message.of(notice)));
  }

  private void post(Tables tables, Notice notice, Message message) {
    deliveries.forEach(delivery -> delivery.post(tables, notice, message));
  }

  private Future<Void> report(Consumer<Tables> change) {
    return write(
            tables -> {
              change.accept(tables);
              return true;
            })
        .mapEmpty();
  }

  private <T> Future<T> read(Function<Tables, T> reading) {
    return Futures.of(vertx, database.read(reading));
  }

  private <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  private <T> Future<T> write(Function<Tables, T> change) {
    return Futures.of(vertx, database.write(change))
        .onSuccess(stored -> deliveries.forEach(Delivery::wake));
  }

  /** Sends a test notification to each recipient immediately, and returns the results. */
  public Future<List<RecipientTest>> test() {
    String text = "This is a test: notifications of %s arrive here.".formatted(lab);
    Notice notice = notice(NoticeKind.TEST, Optional.empty(), Map.of(), text, "");
    // Sent concurrently: a recipient that does not respond must not delay the others.
    return Future.all(
            deliveries.stream()
                .map(
                    delivery ->
                        CompletableFuture.supplyAsync(
                            () -> delivery.test(notice, Message.of(notice)), threads))
                .map(test -> Futures.of(vertx, test))
                .toList())
        .map(all -> all.<RecipientTest>list());
  }

  /** The delivery status of each recipient. */
  public Future<List<RecipientStatus>> status() {
    return read(tables -> deliveries.stream().map(delivery -> delivery.status(tables)).toList());
  }

  /** Stops sending. Pending notifications are sent after the next start. */
  public Future<Void> close() {
    closing = true;
    deliveries.forEach(Delivery::close);
    threads.shutdown();
    return vertx
        .executeBlocking(
            () -> threads.awaitTermination(LAST_DELIVERIES.toMillis(), TimeUnit.MILLISECONDS),
            false)
        .onComplete(done -> threads.shutdownNow())
        .eventually(this::written)
        .mapEmpty();
  }

  /** Completes when no message is being written. */
  private synchronized Future<Void> written() {
    return writing
        .otherwiseEmpty()
        .timeout(LAST_DELIVERIES.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }
}
