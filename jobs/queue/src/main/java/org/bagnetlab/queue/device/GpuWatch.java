package org.bagnetlab.queue.device;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.bagnetlab.queue.device.nvidia.GpuHistory;
import org.bagnetlab.queue.device.nvidia.GpuStatus;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.RecentInventory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the GPUs from time to time, and remembers how busy and warm they were. */
public final class GpuWatch {

  private static final Logger LOG = LoggerFactory.getLogger(GpuWatch.class);

  /** Often enough for a chart of hours. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final RecentInventory gpus;
  private final GpuHistory history;
  private volatile long timer = -1;
  private volatile boolean stopped;
  private boolean looking;

  /** A watch that has seen nothing. */
  public GpuWatch(Vertx vertx, RecentInventory gpus, GpuHistory history) {
    this.vertx = vertx;
    this.gpus = gpus;
    this.history = history;
  }

  /**
   * Starts with the last readings, if any, and continues until stopped.
   *
   * @param interval between two readings
   * @param looked is called after each of them
   */
  public void start(Duration interval, Runnable looked) {
    gpus.latest().ifPresent(this::remember);
    timer = vertx.setPeriodic(interval.toMillis(), now -> look(looked));
  }

  /** Stops reading. Call before Vert.x is closed, from any thread. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void look(Runnable looked) {
    if (looking || stopped) {
      return; // nvidia-smi may take longer than the interval
    }
    looking = true;
    vertx
        .executeBlocking(() -> gpus.look(Duration.ZERO), false)
        .onSuccess(
            look -> {
              remember(look);
              looked.run();
            })
        .onFailure(failure -> LOG.error("The GPUs could not be queried", failure))
        .onComplete(done -> looking = false);
  }

  private void remember(RecentInventory.Look look) {
    found(look).forEach(status -> history.add(status, look.at()));
  }

  private static List<GpuStatus> found(RecentInventory.Look look) {
    return look.inventory() instanceof Inventory.Found found ? found.gpus() : List.of();
  }

  /** The GPUs as they were seen last; none if nvidia-smi had no answer. Does not wait. */
  public List<GpuStatus> latest() {
    return gpus.latest().map(GpuWatch::found).orElse(List.of());
  }

  /** What was seen of a GPU, the oldest first. */
  public List<GpuHistory.Point> points(String uuid) {
    return history.points(uuid);
  }
}
