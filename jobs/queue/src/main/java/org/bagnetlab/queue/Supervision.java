package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a job on a device: starts a worker, has it watched, and stores the job's end. Lives on
 * the context of its verticle, where all its fields change.
 */
final class Supervision {

  private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final Supervisor supervisor;
  private final Job job;

  /** Empty: there is no worker that could be told anything, not yet or no more. */
  private Optional<WorkerWatch> watch = Optional.empty();

  /** How long the worker may take to stop; empty: it may go on. */
  private Optional<Duration> grace = Optional.empty();

  private boolean serverStops;

  Supervision(Vertx vertx, Context context, Supervisor supervisor, Job job) {
    this.vertx = vertx;
    this.context = context;
    this.supervisor = supervisor;
    this.job = job;
  }

  /** Runs the job. Succeeds when its end is stored, whatever the end is. */
  Future<Void> run() {
    return supervisor
        .assignment(job)
        .compose(this::work)
        .otherwise(this::notStarted)
        .compose(end -> clear().compose(cleared -> store(end)));
  }

  private Future<JobEvent> work(Assignment assignment) {
    return new WorkerStart(vertx, supervisor, job)
        .in(Path.of(assignment.directory()))
        .compose(worker -> watched(worker, assignment))
        .map(
            end -> {
              watch = Optional.empty();
              return end.event(supervisor.jobs().now(), serverStops);
            });
  }

  private Future<WorkerEnd> watched(Worker worker, Assignment assignment) {
    WorkerWatch begun = new WorkerWatch(vertx, context, supervisor, job, worker);
    watch = Optional.of(begun);
    Future<WorkerEnd> end = begun.until(assignment);
    grace.ifPresent(begun::stop);
    return end;
  }

  private JobEvent notStarted(Throwable failure) {
    JobError error = Supervisor.error(failure);
    if (error.family() == ErrorFamily.USER_ERROR) {
      LOG.warn("Job {} did not start: {}", job.id(), error.message());
    } else {
      LOG.warn("Job {} did not start", job.id(), failure);
    }
    return new JobEvent.Broke(supervisor.jobs().now(), error);
  }

  /** Lets the worker stop, be it for good or to go on later. */
  void leave() {
    stop(supervisor.limits().cancelGrace());
  }

  /** Lets the worker stop because the server does. */
  void stop() {
    serverStops = true;
    stop(supervisor.limits().stopGrace());
  }

  private void stop(Duration within) {
    grace = Optional.of(within);
    watch.ifPresent(told -> told.stop(within));
  }

  /** Succeeds when the event is stored, or when there is no sense in trying any longer. */
  private Future<Void> store(JobEvent end) {
    return supervisor
        .jobs()
        .apply(job.id(), end)
        .<Void>mapEmpty()
        .recover(
            failure -> {
              LOG.error("The end of job {} is not stored", job.id(), failure);
              // The device stays busy: a job that is shown as running must not be forgotten.
              return serverStops || failure instanceof IllegalTransition
                  ? Future.succeededFuture()
                  : vertx.timer(RETRY.toMillis(), TimeUnit.MILLISECONDS).compose(now -> store(end));
            });
  }

  /**
   * Removes what the worker left and nobody took over. Before the end is stored: a server that dies
   * in between leaves a job that seems to run, whose files the next one removes.
   */
  private Future<Void> clear() {
    return vertx.executeBlocking(
        () -> {
          Leftovers.clear(supervisor.directory(), job.id());
          return null;
        },
        false);
  }
}
