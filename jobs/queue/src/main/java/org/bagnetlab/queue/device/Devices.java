package org.bagnetlab.queue.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.GpuStatus;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.RecentInventory;

/**
 * What jobs run on.
 *
 * @param slots where workers compute
 * @param fallback why jobs run on the CPU although GPUs were requested, as text; empty: no fallback
 * @param refused the UUIDs of the GPUs whose refusals are the fallback
 * @param gpus queries the machine's GPUs; empty: not requested
 */
public record Devices(
    List<DeviceSlot> slots,
    Optional<String> fallback,
    Set<String> refused,
    Optional<RecentInventory> gpus) {

  /** How old an answer of nvidia-smi may be at the start. */
  private static final Duration RECENT = Duration.ofSeconds(2);

  public Devices {
    slots = List.copyOf(slots);
    refused = Set.copyOf(refused);
  }

  /** These slots, without detecting GPUs. */
  public static Devices of(List<DeviceSlot> slots) {
    return new Devices(slots, Optional.empty(), Set.of(), Optional.empty());
  }

  /**
   * Chooses the devices. Detects GPUs unless the CPU is requested, which may take seconds.
   *
   * @param wanted the backend
   * @param cpuSlots how many jobs may run at once where it is the CPU
   * @param cores of this machine
   * @param cudaClassPath whether the application can start workers for GPUs
   * @param gpus of this machine
   * @throws NoDevice if jobs cannot run so
   */
  public static Devices choose(
      Backend wanted, int cpuSlots, int cores, boolean cudaClassPath, RecentInventory gpus) {
    if (cpuSlots < 1 || cpuSlots > cores) {
      throw new NoDevice(
          "--cpu-slots must be from 1 to %d, the number of cores, but is %d."
              .formatted(cores, cpuSlots));
    }
    List<DeviceSlot> cpu = DeviceSlot.cpus(cpuSlots, cores);
    if (wanted == Backend.CPU) {
      return of(cpu);
    }
    Inventory inventory = gpus.look(RECENT).inventory();
    Optional<String> obstacle = obstacle(inventory, cudaClassPath);
    if (obstacle.isEmpty()) {
      return new Devices(
          DeviceSlot.gpus(runnable(inventory), cores),
          Optional.empty(),
          Set.of(),
          Optional.of(gpus));
    }
    if (wanted == Backend.CUDA) {
      throw new NoDevice("--backend cuda: no job can run on a GPU. " + obstacle.get());
    }
    return new Devices(
        cpu,
        Optional.of("Jobs run on the CPU. " + obstacle.get()),
        refused(inventory),
        Optional.of(gpus));
  }

  /** GPUs that run jobs, or will when they have recovered. */
  private static List<Gpu> runnable(Inventory inventory) {
    return found(inventory).stream()
        .map(GpuStatus::gpu)
        .filter(gpu -> gpu.refusal().isEmpty())
        .toList();
  }

  /** The GPUs that no job can run on, where they are all. */
  private static Set<String> refused(Inventory inventory) {
    List<GpuStatus> gpus = found(inventory);
    return gpus.stream().allMatch(gpu -> gpu.refusal().isPresent())
        ? gpus.stream().map(status -> status.gpu().uuid()).collect(Collectors.toSet())
        : Set.of();
  }

  private static List<GpuStatus> found(Inventory inventory) {
    return inventory instanceof Inventory.Found found ? found.gpus() : List.of();
  }

  /** Why no job can run on a GPU, in a line; empty if one can. */
  private static Optional<String> obstacle(Inventory inventory, boolean cudaClassPath) {
    if (inventory instanceof Inventory.Unavailable unavailable) {
      return Optional.of(unavailable.reason());
    }
    List<GpuStatus> gpus = found(inventory);
    List<GpuStatus> able = gpus.stream().filter(gpu -> gpu.refusal().isEmpty()).toList();
    if (able.isEmpty()) {
      return Optional.of(
          Stream.concat(
                  gpus.stream().flatMap(gpu -> gpu.refusal().stream()),
                  ((Inventory.Found) inventory).problems().stream())
              .collect(Collectors.joining(" ")));
    }
    return cudaClassPath ? Optional.empty() : Optional.of(withoutClassPath(able));
  }

  private static String withoutClassPath(List<GpuStatus> able) {
    String labels =
        able.stream().map(status -> status.gpu().label()).collect(Collectors.joining(", "));
    return labels
        + " could run jobs, but this build has no CUDA class path (worker-cuda);"
        + " see CONTRIBUTING.md for how to build it.";
  }
}
