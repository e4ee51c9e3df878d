package org.bagnetlab.queue.device;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.nvidia.FreeMemoryGate;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.GpuStatus;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.RecentInventory;

/** Keeps jobs off a GPU that other programs use, that has failed or disappeared. */
public final class GpuGate implements StartGate {

  /** Several GPUs are checked at the same time. */
  private static final Duration RECENT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final RecentInventory gpus;
  private final FreeMemoryGate memory;

  /** A gate that allows jobs on free GPUs and on all other devices. */
  public GpuGate(Vertx vertx, RecentInventory gpus, FreeMemoryGate memory) {
    this.vertx = vertx;
    this.gpus = gpus;
    this.memory = memory;
  }

  @Override
  public Future<Optional<String>> refusal(DeviceSlot slot) {
    // Unordered: other tasks must not wait for a driver that hangs.
    return slot.gpu()
        .map(gpu -> vertx.executeBlocking(() -> refusal(gpu), false))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Optional<String> refusal(Gpu gpu) {
    long asked = System.nanoTime();
    RecentInventory.Look look = gpus.look(RECENT);
    Optional<String> refusal = refusal(gpu, look.inventory());
    // What used it a moment ago may have been a job of ours that has ended since.
    return refusal.isPresent() && look.begun() < asked
        ? refusal(gpu, gpus.look(Duration.ZERO).inventory())
        : refusal;
  }

  private Optional<String> refusal(Gpu gpu, Inventory inventory) {
    if (inventory instanceof Inventory.Unavailable unavailable) {
      return Optional.of(unavailable.reason());
    }
    Inventory.Found found = (Inventory.Found) inventory;
    Optional<GpuStatus> status =
        found.gpus().stream().filter(seen -> seen.gpu().uuid().equals(gpu.uuid())).findFirst();
    return status.isPresent() ? memory.refusal(status.get()) : Optional.of(missing(gpu, found));
  }

  private static String missing(Gpu gpu, Inventory.Found found) {
    return Stream.concat(
            Stream.of("nvidia-smi no longer lists GPU %d.".formatted(gpu.index())),
            found.problems().stream())
        .collect(Collectors.joining(" "));
  }
}
