package org.bagnetlab.server.housekeeping;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.disk.DiskSpace;
import org.bagnetlab.server.message.MessageContent;
import org.bagnetlab.server.mirror.MlflowMirror;
import org.bagnetlab.server.notification.DeliveryRetries;
import org.bagnetlab.server.notification.Notifier;
import org.bagnetlab.server.retention.QuarantineRetention;
import org.bagnetlab.server.retention.Retention;
import org.bagnetlab.server.retention.RetentionPlan;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.Quarantine;
import org.bagnetlab.storage.file.ArtifactStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs retention every hour, checks the disk every minute, and sends notifications. */
public final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
  private static final Duration BETWEEN_REMOVALS = Duration.ofHours(1);

  private final Vertx vertx;
  private final HousekeepingSettings settings;
  private final DiskSpace disk;
  private final Retention retention;
  private final QuarantineRetention quarantine;
  private final Notifier notifier;
  private final Optional<MlflowMirror> mirror;
  private final List<Long> timers = new ArrayList<>();
  private final List<MessageConsumer<QueueEvent>> listeners = new ArrayList<>();

  /**
   * Creates housekeeping without starting it. The caller must close the storage after closing this.
   */
  public Housekeeping(
      Vertx vertx,
      DataDirectory directory,
      Database database,
      ArtifactStore artifacts,
      HousekeepingSettings settings,
      Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.disk =
        new DiskSpace(
            vertx, directory, database, settings.fileSystem().apply(directory), settings.disk());
    this.retention = new Retention(vertx, database, artifacts, settings.retention(), clock);
    this.quarantine =
        new QuarantineRetention(
            vertx, new Quarantine(directory.root()), settings.retention().quarantine(), clock);
    this.notifier =
        new Notifier(
            vertx,
            database,
            settings.lab(),
            settings.address(),
            settings.messages(),
            DeliveryRetries.STANDARD,
            clock);
    this.mirror =
        settings
            .mirror()
            .map(
                mlflow ->
                    new MlflowMirror(
                        mlflow, database, directory.identity().id(), MlflowMirror.Pauses.STANDARD));
  }

  /** Monitors the disk, and prevents job starts when it is nearly full. */
  public DiskSpace disk() {
    return disk;
  }

  /** The retention of files. */
  public Retention retention() {
    return retention;
  }

  /** The retention of quarantined files, which are files unknown to the database. */
  public QuarantineRetention quarantine() {
    return quarantine;
  }

  /** Its settings. */
  public HousekeepingSettings settings() {
    return settings;
  }

  /** Sends notifications. */
  public Notifier notifier() {
    return notifier;
  }

  /**
   * Starts housekeeping, and runs everything once to complete work left by an earlier server.
   *
   * @param address address of the dashboard on this machine
   * @param content what messages say
   */
  public void start(String address, MessageContent content) {
    listeners.add(QueueEvents.listen(vertx, this::happened));
    // Started first, since notifications contain the address.
    logged("Notifications could not be sent", notifier.start(address, content));
    mirror.ifPresent(MlflowMirror::start);
    every(BETWEEN_LOOKS, "The disk could not be checked", this::look);
    every(BETWEEN_REMOVALS, "Retention did not finish", this::remove);
  }

  private void every(Duration time, String otherwise, Supplier<Future<?>> work) {
    AtomicBoolean working = new AtomicBoolean();
    Runnable unlessStillWorking =
        () -> {
          // Skips this run if the last one has not ended, so that runs do not pile up if a file
          // system hangs.
          if (working.compareAndSet(false, true)) {
            logged(otherwise, work.get().onComplete(done -> working.set(false)));
          }
        };
    unlessStillWorking.run();
    timers.add(vertx.setPeriodic(time.toMillis(), timer -> unlessStillWorking.run()));
  }

  private static void logged(String otherwise, Future<?> work) {
    work.onFailure(failure -> LOG.error(otherwise, failure));
  }

  private void happened(QueueEvent event) {
    if (event instanceof QueueEvent.JobChanged changed) {
      JobState.Name state = changed.job().state().name();
      if (state == JobState.Name.FAILED) {
        logged("A failed job could not be notified", notifier.failures());
      }
      if (state == JobState.Name.SUCCEEDED) {
        mirror.ifPresent(MlflowMirror::wake);
      }
      if (state.ended()) {
        disk.forget();
      }
    } else if (event instanceof QueueEvent.RuleApplied) {
      logged("A job that a rule found could not be notified", notifier.failures());
    } else if (event instanceof QueueEvent.SweepChanged) {
      logged("The end of a sweep could not be notified", notifier.sweeps());
    } else if (event instanceof QueueEvent.FilesDeleted) {
      disk.freed();
    }
  }

  /**
   * Checks the disk, and sends notifications about its state and about everything not yet reported.
   */
  Future<Void> look() {
    // Also reports events that could not be stored when they happened because the disk was full.
    return disk.state()
        .compose(notifier::disk)
        .eventually(notifier::failures)
        .eventually(notifier::sweeps)
        .eventually(() -> disk.state().compose(notifier::daily));
  }

  /** Removes files according to the retention rules. */
  public Future<RetentionPlan> remove() {
    logged("The quarantine could not be cleaned", quarantine.run().onSuccess(this::freed));
    return retention.run().onSuccess(plan -> freed(plan.files().size()));
  }

  private void freed(int deleted) {
    if (deleted > 0) {
      disk.freed();
    }
  }

  /** Stops. Pending notifications are sent after the next start. */
  public Future<Void> close() {
    timers.forEach(vertx::cancelTimer);
    mirror.ifPresent(MlflowMirror::close);
    return Future.join(listeners.stream().map(MessageConsumer::unregister).toList())
        .otherwiseEmpty()
        .eventually(notifier::close)
        .mapEmpty();
  }
}
