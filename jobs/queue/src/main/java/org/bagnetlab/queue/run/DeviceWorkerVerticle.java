package org.bagnetlab.queue.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.MemoryClaim;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.jspecify.annotations.Nullable;

/**
 * Owns one device, a GPU or the CPU: runs one job at a time on it, each job in a separate worker
 * process, so that an engine that crashes or runs out of memory affects nothing else.
 */
public final class DeviceWorkerVerticle extends VerticleBase {

  private final WorkerContext workerContext;
  private @Nullable WorkerAhead ahead;
  private @Nullable JobRun current;
  private Future<Void> ended = Future.succeededFuture();
  private volatile Optional<String> refusal = Optional.empty();
  private boolean stopped;

  public DeviceWorkerVerticle(WorkerContext workerContext) {
    this.workerContext = workerContext;
  }

  /** The device. */
  public DeviceSlot slot() {
    return workerContext.slot();
  }

  /**
   * Why the device runs no jobs until the server is restarted, as text: it failed a worker's
   * self-test. Empty if it runs jobs. Callable from any thread.
   */
  public Optional<String> refusal() {
    return refusal;
  }

  @Override
  public Future<?> start() {
    ahead = new WorkerAhead(vertx, context, workerContext);
    return Future.succeededFuture();
  }

  /**
   * Sets whether a job is waiting that this device could run after the current one. Callable from
   * any thread.
   */
  public void expect(boolean another) {
    context.runOnContext(now -> ahead().expect(another));
  }

  private WorkerAhead ahead() {
    return Objects.requireNonNull(ahead, "not deployed");
  }

  /**
   * Runs a job that is in state RUNNING. Succeeds when its end is stored. Callable from any thread.
   *
   * @param claim what it may use of the device
   */
  public Future<Void> run(Job job, MemoryClaim claim) {
    Promise<Void> over = Promise.promise();
    context.runOnContext(
        now -> {
          if (stopped) {
            // A stop on the same event loop may come first. The server then returns the job to the
            // queue.
            over.complete();
            return;
          }
          JobRun run = new JobRun(vertx, context, workerContext, job, claim, ahead());
          current = run;
          ended =
              run.run()
                  .onComplete(
                      done -> {
                        refusal = run.deviceRefusal();
                        current = null;
                        over.complete();
                      });
        });
    return over.future();
  }

  /** Stops the worker of a job if it runs on this device. Callable from any thread. */
  public void stopWorker(long job) {
    context.runOnContext(
        now -> {
          if (current != null && current.job() == job) {
            current.stopWorker();
          }
        });
  }

  /**
   * Sends the running job back to the queue, because its window closed. Callable from any thread,
   * and more than once.
   */
  public void closeWindow(Cause closed) {
    context.runOnContext(
        now -> {
          if (current != null) {
            current.windowCloses(closed);
          }
        });
  }

  /** Succeeds when the end of the running job is stored and no worker waits for another job. */
  @Override
  public Future<?> stop() {
    stopped = true;
    if (current != null) {
      current.serverStops();
    }
    return Future.join(ended, ahead().close());
  }
}
