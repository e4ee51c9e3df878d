package org.bagnetlab.queue.device;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the GPUs at regular intervals. */
public final class GpuWatch {

  private static final Logger LOG = LoggerFactory.getLogger(GpuWatch.class);

  /** Frequent enough to add up the energy of a job. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Frequent enough for charts. A reading may wake an idle GPU. */
  private static final int IDLE_INTERVALS = 6;

  private final Vertx vertx;
  private final NvidiaSmi smi;
  private volatile long timer = -1;
  private volatile boolean stopped;
  private boolean reading;
  private int skipped;

  /** A watch without readings. */
  public GpuWatch(Vertx vertx, NvidiaSmi smi) {
    this.vertx = vertx;
    this.smi = smi;
  }

  /**
   * Starts with the last readings, if any, and continues until stopped.
   *
   * @param interval between two readings while GPUs are used; otherwise six times as long
   * @param used whether GPUs are used
   * @param read called with each reading
   */
  public void start(Duration interval, BooleanSupplier used, Consumer<Inventory> read) {
    smi.latest().ifPresent(read);
    timer =
        vertx.setPeriodic(
            interval.toMillis(),
            now -> {
              skipped++;
              if (used.getAsBoolean() || skipped >= IDLE_INTERVALS) {
                skipped = 0;
                read(read);
              }
            });
  }

  /** Stops reading. Call before Vert.x is closed, from any thread. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void read(Consumer<Inventory> read) {
    if (reading || stopped) {
      return; // the previous reading may take longer than the interval
    }
    reading = true;
    vertx
        .executeBlocking(() -> smi.inventory(), false)
        .onSuccess(read::accept)
        .onFailure(failure -> LOG.error("The GPUs could not be queried", failure))
        .onComplete(done -> reading = false);
  }

  /** The GPUs in nvidia-smi's last answer. Does not block. */
  public List<Gpu> latest() {
    return smi.latest().map(Inventory::gpus).orElse(List.of());
  }
}
