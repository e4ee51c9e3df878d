package org.bagnetlab.queue.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A place that one worker at a time computes on.
 *
 * @param name display name of the device: {@code CPU}, {@code GPU 0 (Tesla V100-SXM2-16GB)}, {@code
 *     GPU 0 (Tesla V100-SXM2-16GB), slot 2}
 * @param backend the worker's class path: {@code cpu}, {@code cuda}, {@code torch} or {@code
 *     torch-cuda}
 * @param threads number of threads that its worker may compute with
 * @param sharing number of slots that share the machine's memory, including this one
 * @param place the slot of the GPU that its worker sees; empty if it computes on the CPU
 */
public record DeviceSlot(
    String name, String backend, int threads, int sharing, Optional<GpuSlot> place) {

  /** Class paths of workers on GPUs end in this. */
  private static final String CUDA = "cuda";

  /** A slot without a GPU that has all of the machine's memory. */
  public DeviceSlot(String name, String backend, int threads) {
    this(name, backend, threads, 1, Optional.empty());
  }

  /**
   * Slots that divide the cores among them: two workers on the same cores would slow each other
   * down tenfold.
   */
  public static List<DeviceSlot> cpus(String backend, int slots, int cores) {
    return IntStream.range(0, slots)
        .mapToObj(
            i ->
                new DeviceSlot(
                    slots == 1 ? "CPU" : "CPU " + (i + 1),
                    backend,
                    share(i, slots, cores),
                    slots,
                    Optional.empty()))
        .toList();
  }

  /**
   * The slots of each GPU; their workers divide the cores among them, for preparing images.
   *
   * @param wanted slots of a GPU whose engine lets jobs share it; others have one
   */
  public static List<DeviceSlot> gpus(Map<Gpu, GpuEngine> gpus, GpuSlots wanted, int cores) {
    int all =
        gpus.values().stream().mapToInt(engine -> of(engine, wanted, gpus, cores).count()).sum();
    List<DeviceSlot> slots = new ArrayList<>();
    gpus.forEach(
        (gpu, engine) -> {
          GpuSlots of = of(engine, wanted, gpus, cores);
          for (int number = 1; number <= of.count(); number++) {
            GpuSlot place = new GpuSlot(gpu, of, number);
            slots.add(
                new DeviceSlot(
                    place.label(),
                    engine.classPath(),
                    share(slots.size(), all, cores),
                    all,
                    Optional.of(place)));
          }
        });
    return slots;
  }

  private static GpuSlots of(
      GpuEngine engine, GpuSlots wanted, Map<Gpu, GpuEngine> gpus, int cores) {
    return engine.slots(wanted.with(cores / gpus.size()));
  }

  /** The first slots get the remainder. */
  private static int share(int slot, int slots, int cores) {
    return Math.max(1, cores / slots + (slot < cores % slots ? 1 : 0));
  }

  /** Whether this slot's workers compute on a GPU, of this machine or of Slurm. */
  public boolean isGpu() {
    return gpu().isPresent() || backend.endsWith(CUDA);
  }

  /** Whether this slot's workers compute with libtorch. */
  public boolean libtorch() {
    return backend.startsWith("torch");
  }

  /** Whether its workers can evaluate and explain a network that was trained in a precision. */
  public boolean evaluates(Precision training) {
    return training == Precision.FP32 || libtorch() || (training == Precision.BF16 && !isGpu());
  }

  /**
   * Why its workers cannot train in a precision, as a sentence; empty if they can. Nodes of Slurm
   * are taken to have the instructions of this machine; a worker on one without them fails.
   */
  public Optional<String> lacks(Precision precision) {
    if (precision == Precision.FP32 || libtorch()) {
      return Optional.empty();
    }
    if (precision != Precision.BF16 || isGpu()) {
      return Optional.of(
          "%s computes with ND4J, which has no %s; libtorch has (serve --backend torch)."
              .formatted(name, precision.text()));
    }
    return ProcessorFlags.multiplyBfloat16()
        ? Optional.empty()
        : Optional.of(
            "The processor of the server's machine has no instructions for bf16, AVX512-BF16 or AMX; libtorch needs none (serve --backend torch).");
  }

  /** The GPU that its worker sees; empty if it computes on the CPU. */
  public Optional<Gpu> gpu() {
    return place.map(GpuSlot::gpu);
  }

  /** Environment variables that select a worker's device. */
  public Map<String, String> environment() {
    return gpu().map(Gpu::environment).orElse(Map.of());
  }
}
