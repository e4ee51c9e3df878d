package org.bagnetlab.queue.device;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the GPUs at regular intervals, and keeps the readings of the last day for charts. */
public final class GpuWatch {

  private static final Logger LOG = LoggerFactory.getLogger(GpuWatch.class);

  /** Frequent enough for charts over hours. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final Duration KEPT = Duration.ofDays(1);

  private final Vertx vertx;
  private final NvidiaSmi smi;
  private final Map<String, Deque<Point>> history = new HashMap<>();
  private volatile long timer = -1;
  private volatile boolean stopped;
  private boolean reading;

  /** A watch without readings. */
  public GpuWatch(Vertx vertx, NvidiaSmi smi) {
    this.vertx = vertx;
    this.smi = smi;
  }

  /**
   * Starts with the last readings, if any, and continues until stopped.
   *
   * @param interval between two readings
   * @param read called after each reading
   */
  public void start(Duration interval, Runnable read) {
    smi.latest().ifPresent(this::remember);
    timer = vertx.setPeriodic(interval.toMillis(), now -> read(read));
  }

  /** Stops reading. Call before Vert.x is closed, from any thread. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void read(Runnable read) {
    if (reading || stopped) {
      return; // the previous reading may take longer than the interval
    }
    reading = true;
    vertx
        .executeBlocking(() -> smi.inventory(), false)
        .onSuccess(
            inventory -> {
              remember(inventory);
              read.run();
            })
        .onFailure(failure -> LOG.error("The GPUs could not be queried", failure))
        .onComplete(done -> reading = false);
  }

  /**
   * Adds readings, and drops those that are too old, or in the future after the clock was set back.
   * Gaps are not filled. A GPU left without readings was removed from the machine.
   */
  synchronized void remember(Inventory inventory) {
    Instant at = inventory.at();
    history
        .values()
        .forEach(
            points ->
                points.removeIf(
                    point -> point.at().isBefore(at.minus(KEPT)) || !point.at().isBefore(at)));
    for (Gpu gpu : inventory.gpus()) {
      history
          .computeIfAbsent(gpu.uuid(), uuid -> new ArrayDeque<>())
          .add(new Point(at, gpu.utilisation(), gpu.temperature(), gpu.memoryUsed()));
    }
    history.values().removeIf(Deque::isEmpty);
  }

  /** The GPUs in nvidia-smi's last answer. Does not block. */
  public List<Gpu> latest() {
    return smi.latest().map(Inventory::gpus).orElse(List.of());
  }

  /** The readings of a GPU, the oldest first. */
  public synchronized List<Point> points(String uuid) {
    return List.copyOf(history.getOrDefault(uuid, new ArrayDeque<>()));
  }

  /** A reading of a GPU: percent, °C, bytes. */
  public record Point(
      Instant at, OptionalLong utilisation, OptionalLong temperature, OptionalLong memoryUsed) {}
}
