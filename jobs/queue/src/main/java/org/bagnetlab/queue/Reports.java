package org.bagnetlab.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.QueueEvent.Progressed;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker reports, stored one event after another. After one that cannot be stored nothing
 * is: the job goes on from before the gap.
 */
final class Reports {

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  /** Events that may wait to be stored before the worker has to wait. */
  private static final int ROOM = 256;

  private static final Duration BETWEEN_PUBLICATIONS = Duration.ofMillis(100);

  private final Supervisor supervisor;
  private final Worker worker;
  private final Job job;
  private final Semaphore room = new Semaphore(ROOM);
  private Future<?> stored = Future.succeededFuture();
  private Optional<WorkerEvent.End> lastWord = Optional.empty();
  private Optional<Progress> progress = Optional.empty();
  private Optional<JobError> defect = Optional.empty();
  private boolean fruitless;
  private long publishedAt;

  /**
   * Nothing yet.
   *
   * @param job as it was when its worker started
   */
  Reports(Supervisor supervisor, Worker worker, Job job) {
    this.supervisor = supervisor;
    this.worker = worker;
    this.job = job;
    this.fruitless = StateFacts.of(job.state()).fruitless() > 0;
  }

  /** Waits until one more may be added. Blocks; from any thread. */
  void awaitRoom() {
    room.acquireUninterruptibly();
  }

  /** Whether the worker has to wait. */
  boolean full() {
    return room.availablePermits() == 0;
  }

  /** Lets nobody wait any more: little is still to come. From any thread. */
  void waitNoMore() {
    room.release(Integer.MAX_VALUE / 2);
  }

  /** Stores an event for which there is room, after those before it. Fails if it cannot be. */
  Future<?> add(WorkerEvent event) {
    Future<?> done =
        stored
            .compose(before -> defect.isPresent() ? Future.succeededFuture() : store(event))
            .onFailure(this::failed);
    stored = done.otherwiseEmpty().onComplete(over -> room.release());
    return done;
  }

  /** Adds to the job's timeline, after what is to be stored before. */
  void note(Cause cause) {
    stored =
        stored.compose(
            before ->
                supervisor
                    .jobs()
                    .note(worker.job(), List.of(cause))
                    .onFailure(
                        failure ->
                            LOG.warn("Not in the timeline: {}", CauseText.of(cause), failure))
                    .otherwiseEmpty());
  }

  /** Succeeds when everything so far is stored, or will never be. */
  Future<?> stored() {
    return stored;
  }

  /** The worker's final event, if it was stored that far. */
  Optional<WorkerEvent.End> lastWord() {
    return lastWord;
  }

  /** How far it is. */
  Optional<Progress> progress() {
    return progress;
  }

  /** Why something could not be stored. */
  Optional<JobError> defect() {
    return defect;
  }

  private void failed(Throwable failure) {
    JobError error = Supervisor.error(failure);
    LOG.warn("A report of job {} was not stored: {}", worker.job(), error.message());
    defect = Optional.of(error);
  }

  private Future<?> store(WorkerEvent event) {
    if (event instanceof WorkerEvent.Ready ready) {
      return store(ready);
    }
    if (event instanceof WorkerEvent.Heartbeat) {
      return Future.succeededFuture();
    }
    if (event instanceof Progress made) {
      publish(made);
      return Future.succeededFuture();
    }
    if (event instanceof WorkerEvent.EpochEnded epoch) {
      return supervisor.results().store(worker.job(), epoch);
    }
    if (event instanceof WorkerEvent.Result result) {
      return supervisor.results().store(job, result);
    }
    if (event instanceof WorkerEvent.ArtifactWritten written) {
      return supervisor
          .results()
          .store(worker.job(), worker.directory(), written, supervisor.jobs().now())
          .compose(taken -> written.kind().resumable() ? advanced() : Future.succeededFuture());
    }
    if (event instanceof WorkerEvent.End end) {
      lastWord = Optional.of(end);
      return Future.succeededFuture();
    }
    throw new IllegalStateException("nobody handles " + event);
  }

  private Future<?> store(WorkerEvent.Ready ready) {
    if (ready.protocol() != WorkerEvent.PROTOCOL) {
      return Future.failedFuture(
          "The worker speaks version %d of the protocol, the server version %d: build both anew."
              .formatted(ready.protocol(), WorkerEvent.PROTOCOL));
    }
    return supervisor.jobs().worker(worker.job(), WorkerFacts.of(ready, worker.process().pid()));
  }

  /** There is something new to go on from, so earlier interruptions do not count any more. */
  private Future<?> advanced() {
    if (!fruitless) {
      return Future.succeededFuture();
    }
    fruitless = false;
    return supervisor.jobs().apply(worker.job(), new JobEvent.Advanced(supervisor.jobs().now()));
  }

  private void publish(Progress made) {
    boolean turn =
        progress
            .map(before -> before.phase() != made.phase() || before.epoch() != made.epoch())
            .orElse(true);
    progress = Optional.of(made);
    supervisor.jobs().progressed(worker.job(), made);
    long now = System.nanoTime();
    if (turn
        || made.done() == made.total()
        || now - publishedAt >= BETWEEN_PUBLICATIONS.toNanos()) {
      publishedAt = now;
      supervisor.events().publish(new Progressed(worker.job(), made));
    }
  }
}
