package org.bagnetlab.queue.device;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;

/** Keeps jobs off a GPU that other programs use, or that has failed or disappeared. */
public final class GpuGate implements StartGate {

  /** Results up to this age are reused, because several GPUs are checked at the same time. */
  private static final Duration RECENT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final NvidiaSmi smi;

  /** A gate that allows jobs on free GPUs and on all other devices. */
  public GpuGate(Vertx vertx, NvidiaSmi smi) {
    this.vertx = vertx;
    this.smi = smi;
  }

  @Override
  public Future<Optional<String>> refusal(DeviceSlot slot) {
    // Unordered, so that other tasks do not wait for a hanging driver.
    return slot.gpu()
        .map(gpu -> vertx.executeBlocking(() -> refusal(gpu), false))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Optional<String> refusal(Gpu gpu) {
    long now = System.nanoTime();
    // A refusal must not be older than this call: an ended job of this server may have used the
    // GPU.
    return refusal(gpu, smi.inventory(now - RECENT.toNanos()))
        .flatMap(older -> refusal(gpu, smi.inventory(now)));
  }

  private static Optional<String> refusal(Gpu gpu, Inventory inventory) {
    Optional<Gpu> listed = inventory.gpu(gpu.uuid());
    if (listed.isPresent()) {
      return listed.get().unavailable();
    }
    String problems = String.join(" ", inventory.problems());
    return Optional.of(
        inventory.gpus().isEmpty()
            ? problems
            : "nvidia-smi no longer lists GPU %d. %s".formatted(gpu.index(), problems).strip());
  }
}
