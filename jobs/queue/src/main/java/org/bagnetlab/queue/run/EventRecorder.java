package org.bagnetlab.queue.run;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.event.QueueEvent.Progressed;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.rule.RuleAction;
import org.bagnetlab.queue.store.FlatTrainings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events of one worker in order. After a failure it stores no further events, so that
 * the job resumes from a point before the gap.
 */
final class EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** The number of events that may be pending before the worker has to wait. */
  private static final int CAPACITY = 256;

  private static final Duration BETWEEN_PUBLICATIONS = Duration.ofMillis(100);

  private final WorkerContext workerContext;
  private final Worker worker;
  private final Job job;
  private final Runnable stopWorker;
  private final Semaphore capacity = new Semaphore(CAPACITY);
  private Future<?> stored = Future.succeededFuture();
  private Optional<WorkerEvent.End> finalEvent = Optional.empty();
  private Optional<Progress> progress = Optional.empty();
  private Optional<JobError> storageError = Optional.empty();
  private boolean retriedWithoutProgress;
  private long publishedAt;

  /**
   * Creates a recorder without events.
   *
   * @param job as it was when its worker started
   * @param stopWorker asks the worker to stop, because its job has been cancelled
   */
  EventRecorder(WorkerContext workerContext, Worker worker, Job job, Runnable stopWorker) {
    this.workerContext = workerContext;
    this.worker = worker;
    this.job = job;
    this.stopWorker = stopWorker;
    this.retriedWithoutProgress = StateFacts.of(job.state()).retriesWithoutProgress() > 0;
  }

  /** Waits until one more event may be added. Blocks. Callable from any thread. */
  void awaitCapacity() {
    capacity.acquireUninterruptibly();
  }

  /** Whether the worker has to wait. */
  boolean full() {
    return capacity.availablePermits() == 0;
  }

  /**
   * Releases waiting threads, because only a few more events are expected. Callable from any
   * thread.
   */
  void releaseWaiting() {
    capacity.release(Integer.MAX_VALUE / 2);
  }

  /**
   * Stores an event after the earlier ones. Call {@link #awaitCapacity} first. Fails if it cannot
   * be stored.
   */
  Future<?> add(WorkerEvent event) {
    Future<?> done =
        stored
            .compose(before -> storageError.isPresent() ? Future.succeededFuture() : store(event))
            .onFailure(this::failed);
    stored = done.otherwiseEmpty().onComplete(over -> capacity.release());
    return done;
  }

  /** Adds an entry to the job's timeline, after all earlier events are stored. */
  void note(Cause cause) {
    stored =
        stored.compose(
            before ->
                workerContext
                    .jobs()
                    .note(worker.job(), List.of(cause))
                    .onFailure(
                        failure ->
                            LOG.warn("Could not add to the timeline: {}", cause.text(), failure))
                    .otherwiseEmpty());
  }

  /** Succeeds when all events so far are stored, or will never be stored. */
  Future<?> stored() {
    return stored;
  }

  /** The worker's final event, if all events up to it were stored. */
  Optional<WorkerEvent.End> finalEvent() {
    return finalEvent;
  }

  /** The worker's progress. */
  Optional<Progress> progress() {
    return progress;
  }

  /** Why an event could not be stored. */
  Optional<JobError> storageError() {
    return storageError;
  }

  private void failed(Throwable failure) {
    JobError error = WorkerContext.error(failure);
    LOG.atWarn()
        .addKeyValue("job", worker.job())
        .log("An event of job {} was not stored: {}", worker.job(), error.message());
    storageError = Optional.of(error);
  }

  private Future<?> store(WorkerEvent event) {
    return switch (event) {
      case WorkerEvent.Ready ready -> store(ready);
      case WorkerEvent.Heartbeat _ -> Future.succeededFuture();
      case Progress made -> {
        publish(made);
        yield Future.succeededFuture();
      }
      case WorkerEvent.EpochEnded epoch ->
          workerContext
              .results()
              .store(worker.job(), epoch)
              .compose(stored -> stopBelowMedian())
              .compose(compared -> findFlat());
      case WorkerEvent.Result result -> workerContext.results().store(job, result);
      case WorkerEvent.ArtifactWritten written ->
          workerContext
              .results()
              .store(worker.job(), worker.directory(), written, workerContext.jobs().now())
              .compose(_ -> written.kind().resumable() ? advanced() : Future.succeededFuture());
      case WorkerEvent.End end -> {
        finalEvent = Optional.of(end);
        yield Future.succeededFuture();
      }
    };
  }

  /** Stops a trial that is worse than the others of its search. */
  private Future<?> stopBelowMedian() {
    return workerContext
        .jobs()
        .stopBelowMedian(worker.job())
        .onSuccess(
            cancelled -> {
              if (cancelled) {
                stopWorker.run();
              }
            })
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("job", worker.job())
                    .setCause(failure)
                    .log("Job {} could not be compared with other trials", worker.job()))
        .otherwise(false);
  }

  /** Applies the rule about trainings that do not learn. */
  private Future<?> findFlat() {
    FlatTrainings flat = workerContext.flat().orElse(null);
    return flat != null && job.spec() instanceof TrainSpec training
        ? workerContext
            .jobs()
            .read(tables -> flat.find(tables, worker.job(), training))
            .compose(
                why ->
                    why.isPresent()
                        ? found(why.get(), flat.rule().action())
                        : Future.succeededFuture())
            .onFailure(
                failure ->
                    LOG.atWarn()
                        .addKeyValue("job", worker.job())
                        .setCause(failure)
                        .log("Whether job {} learns could not be determined", worker.job()))
            .otherwiseEmpty()
        : Future.succeededFuture();
  }

  /** Applies a rule that has found the job. */
  Future<?> found(Cause why, RuleAction action) {
    return workerContext
        .jobs()
        .found(worker.job(), why, action)
        .onSuccess(
            cancelled -> {
              if (cancelled) {
                stopWorker.run();
              }
            })
        .otherwise(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("job", worker.job())
                  .setCause(failure)
                  .log("A rule about job {} could not be applied: {}", worker.job(), why.text());
              return false;
            });
  }

  private Future<?> store(WorkerEvent.Ready ready) {
    if (ready.protocol() != WorkerEvent.PROTOCOL) {
      return Future.failedFuture(
          "The worker uses protocol version %d, the server version %d: rebuild both."
              .formatted(ready.protocol(), WorkerEvent.PROTOCOL));
    }
    return workerContext.jobs().worker(worker.job(), ready.provenance(), worker.process().pid());
  }

  /**
   * Resets the count of interruptions, because there is a newer state from which the job can
   * resume.
   */
  private Future<?> advanced() {
    if (!retriedWithoutProgress) {
      return Future.succeededFuture();
    }
    retriedWithoutProgress = false;
    return workerContext
        .jobs()
        .apply(worker.job(), new JobEvent.Advanced(workerContext.jobs().now()));
  }

  private void publish(Progress made) {
    boolean turn =
        progress
            .map(before -> before.phase() != made.phase() || before.epoch() != made.epoch())
            .orElse(true);
    progress = Optional.of(made);
    workerContext.jobs().progressed(worker.job(), made);
    long now = System.nanoTime();
    if (turn
        || made.done() == made.total()
        || now - publishedAt >= BETWEEN_PUBLICATIONS.toNanos()) {
      publishedAt = now;
      workerContext.events().publish(new Progressed(worker.job(), made));
    }
  }
}
