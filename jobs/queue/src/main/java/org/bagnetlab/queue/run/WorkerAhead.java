package org.bagnetlab.queue.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker that a device starts during a job, for the next job. There is at most one such worker.
 * It is started when the current job has completed its first batch and another job is waiting, used
 * once, and ended when no job has been waiting for a while. If it dies, it is replaced during the
 * next job. All fields are confined to the verticle's context.
 */
final class WorkerAhead {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerAhead.class);

  /** The state of the worker. */
  private sealed interface State {

    /** There is no worker. */
    record None() implements State {}

    /** Its process is being started. The result is empty if none could be started. */
    record Starting(Future<Optional<StartedAhead>> process) implements State {}

    /** The worker waits for a job. */
    record Waiting(StartedAhead worker) implements State {}

    /** No other worker will be started. */
    record Closed() implements State {}
  }

  private final Vertx vertx;
  private final Context context;
  private final Callable<Optional<StartedAhead>> start;
  private final Duration keptIdle;
  private State state = new State.None();

  /**
   * Whether the current job has completed its first batch. Starting another worker earlier would
   * slow down the job's start.
   */
  private boolean jobRuns;

  private boolean expected;
  private long dropping = -1;

  WorkerAhead(Vertx vertx, Context context, WorkerContext workerContext) {
    this(
        vertx,
        context,
        () -> StartedAhead.start(workerContext),
        workerContext.limits().keptAhead());
  }

  WorkerAhead(
      Vertx vertx, Context context, Callable<Optional<StartedAhead>> start, Duration keptIdle) {
    this.vertx = vertx;
    this.context = context;
    this.start = start;
    this.keptIdle = keptIdle;
  }

  /** Records that the running job has completed its first batch. */
  void jobBegan() {
    jobRuns = true;
    startIfUseful();
  }

  /** Sets whether another job is waiting for the device. */
  void expect(boolean another) {
    if (another) {
      vertx.cancelTimer(dropping);
      dropping = -1;
    } else if (dropping < 0) {
      dropping = vertx.setTimer(keptIdle.toMillis(), now -> drop());
    }
    expected = another;
    startIfUseful();
  }

  /** Hands the worker for the next job over to the caller; empty if there is none. */
  Future<Optional<StartedAhead>> take() {
    jobRuns = false;
    return leave(new State.None());
  }

  /** Ends the worker and starts no further ones. Succeeds when its process is gone. */
  Future<Void> close() {
    vertx.cancelTimer(dropping);
    return leave(new State.Closed()).compose(this::end);
  }

  private void startIfUseful() {
    if (!expected || !jobRuns || !(state instanceof State.None)) {
      return;
    }
    Promise<Optional<StartedAhead>> process = Promise.promise();
    State.Starting starting = new State.Starting(process.future());
    state = starting;
    vertx
        .executeBlocking(start, false)
        .onComplete(
            done ->
                context.runOnContext(
                    now -> {
                      if (done.failed()) {
                        LOG.warn("No worker could be started ahead of its job", done.cause());
                        jobRuns = false; // the next job retries this
                      }
                      Optional<StartedAhead> worker =
                          done.succeeded() ? done.result() : Optional.empty();
                      if (state == starting) {
                        state = worker.<State>map(this::waiting).orElse(new State.None());
                      }
                      process.complete(worker);
                    }));
  }

  private State waiting(StartedAhead worker) {
    State waiting = new State.Waiting(worker);
    var _ =
        worker
            .process()
            .onExit()
            .thenAccept(
                ended ->
                    context.runOnContext(
                        now -> {
                          if (state == waiting) {
                            LOG.warn(
                                "A worker that waited for a job ended with exit code {}",
                                ended.exitValue());
                            state = new State.None();
                            jobRuns = false; // no immediate restart: the cause may persist
                          }
                        }));
    return waiting;
  }

  private void drop() {
    dropping = -1;
    if (!(state instanceof State.Closed)) {
      var _ = leave(new State.None()).compose(this::end);
    }
  }

  /** Changes the state, and returns the previous worker. */
  private Future<Optional<StartedAhead>> leave(State next) {
    State before = state;
    if (!(before instanceof State.Closed)) {
      state = next;
    }
    if (before instanceof State.Starting starting) {
      return starting.process();
    }
    return Future.succeededFuture(
        before instanceof State.Waiting waiting ? Optional.of(waiting.worker()) : Optional.empty());
  }

  private Future<Void> end(Optional<StartedAhead> worker) {
    return worker
        .map(
            there -> {
              there.end();
              return Future.fromCompletionStage(there.gone(), context);
            })
        .orElse(Future.succeededFuture());
  }
}
