package org.bagnetlab.queue.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.device.MemoryClaim;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.IllegalTransition;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.recovery.RunDirectoryCleaner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a job on a device: starts a worker, monitors it, and stores the job's end. All fields
 * are confined to the context of its verticle.
 */
final class JobRun {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final WorkerContext workerContext;
  private final Job job;
  private final MemoryClaim claim;
  private final WorkerAhead ahead;

  /** Empty before the worker has started and after it has ended. */
  private Optional<WorkerMonitor> monitor = Optional.empty();

  /** How long the worker may take to stop; empty if it was not asked to stop. */
  private Optional<Duration> grace = Optional.empty();

  private boolean serverStopping;

  /** That its window closed; empty while it is open. */
  private Optional<Cause> closed = Optional.empty();

  private Optional<String> deviceRefusal = Optional.empty();

  JobRun(
      Vertx vertx,
      Context context,
      WorkerContext workerContext,
      Job job,
      MemoryClaim claim,
      WorkerAhead ahead) {
    this.vertx = vertx;
    this.context = context;
    this.workerContext = workerContext;
    this.job = job;
    this.claim = claim;
    this.ahead = ahead;
  }

  /** Runs the job. Succeeds when its end is stored, regardless of how it ended. */
  Future<Void> run() {
    return workerContext
        .assignment(job)
        .compose(this::runWorker)
        .otherwise(this::notStarted)
        .compose(end -> cleanDirectory().compose(cleared -> store(end)));
  }

  private Future<JobEvent> runWorker(Assignment assignment) {
    return ahead
        .take()
        .compose(started -> runWorker(assignment, started))
        .map(
            end -> {
              monitor = Optional.empty();
              deviceRefusal = end.deviceRefusal();
              return event(end);
            });
  }

  private JobEvent event(WorkerEnd end) {
    JobEvent event = end.event(workerContext.jobs().now(), serverStopping || closed.isPresent());
    return event instanceof JobEvent.Lost && closed.isPresent() && !serverStopping
        ? new JobEvent.WindowClosed(event.at(), closed.get().during(end.progress()))
        : event;
  }

  /** Runs the worker. If one started ahead turns out to be unusable, starts another. */
  private Future<WorkerEnd> runWorker(Assignment assignment, Optional<StartedAhead> started) {
    return new WorkerStart(vertx, workerContext, job, started)
        .in(Path.of(assignment.directory()))
        .compose(worker -> monitor(worker, assignment))
        .compose(
            end ->
                started.isPresent() && end.unprepared() && grace.isEmpty()
                    ? runWorker(assignment, Optional.empty())
                    : Future.succeededFuture(end));
  }

  private Future<WorkerEnd> monitor(Worker worker, Assignment assignment) {
    WorkerMonitor started =
        new WorkerMonitor(vertx, context, workerContext, job, worker, ahead::jobBegan);
    monitor = Optional.of(started);
    Future<WorkerEnd> end = started.until(assignment, claim.limit());
    grace.ifPresent(started::stop);
    return end;
  }

  /** The id of its job. */
  long job() {
    return job.id();
  }

  /** Why the device runs no further jobs; empty if it may. */
  Optional<String> deviceRefusal() {
    return deviceRefusal;
  }

  private JobEvent notStarted(Throwable failure) {
    JobError error = WorkerContext.error(failure);
    if (error.family() == ErrorFamily.USER_ERROR) {
      LOG.atWarn()
          .addKeyValue("job", job.id())
          .log("Job {} could not be started: {}", job.id(), error.message());
    } else {
      LOG.atWarn()
          .addKeyValue("job", job.id())
          .setCause(failure)
          .log("Job {} could not be started", job.id());
    }
    return new JobEvent.Broke(workerContext.jobs().now(), error);
  }

  /** Stops the worker because the job is cancelled or paused. */
  void stopWorker() {
    stop(workerContext.limits().cancelGrace());
  }

  /** Stops the worker because its window closed. */
  void windowCloses(Cause cause) {
    if (closed.isEmpty()) {
      closed = Optional.of(cause);
      stopWorker();
    }
  }

  /** Stops the worker because the server stops. */
  void serverStops() {
    serverStopping = true;
    stop(workerContext.limits().stopGrace());
  }

  private void stop(Duration within) {
    grace = Optional.of(within);
    monitor.ifPresent(current -> current.stop(within));
  }

  /** Stores the job's end. Succeeds when it is stored, or when retrying is pointless. */
  private Future<Void> store(JobEvent end) {
    return workerContext
        .jobs()
        .apply(job.id(), end)
        .<Void>mapEmpty()
        .recover(
            failure -> {
              LOG.atError()
                  .addKeyValue("job", job.id())
                  .setCause(failure)
                  .log("The result of job {} could not be stored", job.id());
              // Otherwise the device stays busy and retries: a job that is shown as running must
              // not be lost.
              return serverStopping || failure instanceof IllegalTransition
                  ? Future.succeededFuture()
                  : vertx.timer(RETRY.toMillis(), TimeUnit.MILLISECONDS).compose(now -> store(end));
            });
  }

  /**
   * Removes the worker's remaining files. This happens before the end is stored: if the server dies
   * in between, the job still counts as running, and the next server cleans up after it.
   */
  private Future<Void> cleanDirectory() {
    return vertx.executeBlocking(
        () -> {
          RunDirectoryCleaner.clean(workerContext.directory(), job.id());
          return null;
        },
        false);
  }
}
