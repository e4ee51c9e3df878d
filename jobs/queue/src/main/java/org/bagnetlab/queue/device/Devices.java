package org.bagnetlab.queue.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;

/**
 * The devices that jobs run on.
 *
 * @param slots where workers compute
 * @param fallback why jobs run on the CPU although GPUs were requested, as text; empty if that is
 *     not the case
 * @param refused the UUIDs of the GPUs whose refusals are the fallback
 * @param engines engines that GPUs may be used with
 * @param gpus queries the machine's GPUs; empty if no GPUs were requested
 */
public record Devices(
    List<DeviceSlot> slots,
    Optional<String> fallback,
    Set<String> refused,
    GpuEngines engines,
    Optional<NvidiaSmi> gpus) {

  /** Workers' class paths for the CPU. */
  private static final String CPU = "cpu";

  private static final String TORCH = "torch";

  public Devices {
    slots = List.copyOf(slots);
    refused = Set.copyOf(refused);
  }

  /** Devices with these slots, without detecting GPUs. */
  public static Devices of(List<DeviceSlot> slots) {
    return new Devices(slots, Optional.empty(), Set.of(), GpuEngines.none(), Optional.empty());
  }

  /** Why jobs cannot compute in a precision on each device, as a sentence; empty if they can. */
  public Optional<String> lacks(Precision precision) {
    return slots.stream().flatMap(slot -> slot.lacks(precision).stream()).findFirst();
  }

  /**
   * Chooses the devices. Detects GPUs unless the CPU is requested, which may take seconds.
   *
   * @param wanted the requested backend
   * @param cpuSlots how many jobs may run at once if the device is the CPU
   * @param gpuSlots how many jobs may run at once on each GPU
   * @param cores number of cores of this machine
   * @param engines engines for GPUs, and the class paths that the application has
   * @param gpus queries the GPUs of this machine
   * @throws NoDevice if jobs cannot run on the requested devices
   */
  public static Devices choose(
      Backend wanted,
      int cpuSlots,
      GpuSlots gpuSlots,
      int cores,
      GpuEngines engines,
      NvidiaSmi gpus) {
    if (cpuSlots < 1 || cpuSlots > cores) {
      throw new NoDevice(
          "--cpu-slots must be from 1 to %d, the number of cores, but is %d."
              .formatted(cores, cpuSlots));
    }
    if (wanted == Backend.CPU) {
      return of(DeviceSlot.cpus(CPU, cpuSlots, cores));
    }
    GpuEngines possible = wanted.of(engines);
    Inventory inventory = gpus.inventory();
    Map<Gpu, GpuEngine> usable = usable(inventory, possible);
    if (!usable.isEmpty()) {
      requireLimits(usable, gpuSlots);
      return new Devices(
          DeviceSlot.gpus(usable, gpuSlots, cores),
          Optional.empty(),
          Set.of(),
          possible,
          Optional.of(gpus));
    }
    String obstacle = obstacle(inventory, possible);
    if (wanted == Backend.CUDA) {
      throw new NoDevice("--backend cuda: no job can run on a GPU. " + obstacle);
    }
    boolean torch = wanted == Backend.TORCH;
    if (torch && !engines.classPaths().contains(TORCH)) {
      throw new NoDevice(
          "--backend torch: no job can run on a GPU, and this build has no class path worker-torch for the CPU; ./bagnetlab build torch adds it. "
              + obstacle);
    }
    return new Devices(
        DeviceSlot.cpus(torch ? TORCH : CPU, cpuSlots, cores),
        Optional.of("Jobs run on the CPU%s. %s".formatted(torch ? " with libtorch" : "", obstacle)),
        refused(inventory, possible),
        possible,
        Optional.of(gpus));
  }

  /**
   * GPUs that run jobs, or will once they recover, in nvidia-smi's order. Empty if all of them are
   * out of order: it is pointless to wait for their recovery.
   */
  private static Map<Gpu, GpuEngine> usable(Inventory inventory, GpuEngines engines) {
    Map<Gpu, GpuEngine> usable = new LinkedHashMap<>();
    boolean working = false;
    for (Gpu gpu : inventory.gpus()) {
      Optional<GpuEngine> engine = engines.choose(gpu);
      engine.ifPresent(chosen -> usable.put(gpu, chosen));
      working |= engine.isPresent() && gpu.failure().isEmpty();
    }
    return working ? usable : Map.of();
  }

  /** Rejects a number of slots for a GPU whose engine cannot limit a job to its share. */
  private static void requireLimits(Map<Gpu, GpuEngine> usable, GpuSlots slots) {
    if (!slots.shared() || slots.measured()) {
      return;
    }
    usable.forEach(
        (gpu, engine) -> {
          if (!engine.limitsMemory()) {
            throw new NoDevice(
                "devices: slots: %d: %s computes with %s, which cannot share a GPU between jobs. Set slots: 1, or slots: auto, which shares only GPUs with libtorch."
                    .formatted(slots.count(), gpu.label(), engine.label()));
          }
        });
  }

  /** The GPUs that no job can use. */
  private static Set<String> refused(Inventory inventory, GpuEngines engines) {
    return inventory.gpus().stream()
        .filter(gpu -> engines.refusal(gpu).isPresent())
        .map(Gpu::uuid)
        .collect(Collectors.toSet());
  }

  /** Why no job can run on a GPU, in one line. */
  private static String obstacle(Inventory inventory, GpuEngines engines) {
    return Stream.concat(
            inventory.gpus().stream().flatMap(gpu -> engines.refusal(gpu).stream()),
            inventory.problems().stream())
        .collect(Collectors.joining(" "));
  }
}
