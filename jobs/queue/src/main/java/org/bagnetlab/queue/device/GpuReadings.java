package org.bagnetlab.queue.device;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;

/** Reads the GPUs before a job starts on one of them. */
public final class GpuReadings {

  /** Readings up to this age are reused, because several jobs may start at the same time. */
  private static final Duration RECENT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final NvidiaSmi smi;

  public GpuReadings(Vertx vertx, NvidiaSmi smi) {
    this.vertx = vertx;
    this.smi = smi;
  }

  /**
   * Readings that are at most two seconds old.
   *
   * @param since a time of {@link System#nanoTime()} before which no reading is reused
   */
  public Future<Inventory> recent(long since) {
    return read(Math.max(since - System.nanoTime(), -RECENT.toNanos()) + System.nanoTime());
  }

  /** Readings of now. */
  public Future<Inventory> now() {
    return read(System.nanoTime());
  }

  private Future<Inventory> read(long since) {
    // Unordered, so that other tasks do not wait for a hanging driver.
    return vertx.executeBlocking(() -> smi.inventory(since), false);
  }

  /** Why a GPU cannot run jobs, as a sentence; empty if it can, provided that memory is free. */
  public static Optional<String> refusal(Gpu gpu, Inventory inventory) {
    Optional<Gpu> listed = inventory.gpu(gpu.uuid());
    if (listed.isPresent()) {
      return listed.get().unusable();
    }
    String problems = String.join(" ", inventory.problems());
    return Optional.of(
        inventory.gpus().isEmpty()
            ? problems
            : "nvidia-smi no longer lists GPU %d. %s".formatted(gpu.index(), problems).strip());
  }
}
