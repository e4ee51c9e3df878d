package org.bagnetlab.engine.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.EngineFacts;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** Reads facts about libtorch and its device. */
final class DeviceFacts {

  private DeviceFacts() {}

  static EngineFacts of(TorchDevice device, ComputePrecision precision, Algorithms algorithms) {
    String settings =
        "%s, %s algorithms"
            .formatted(precision.label(), algorithms.name().toLowerCase(Locale.ROOT));
    return switch (device) {
      case CPU -> cpu(settings);
      case CUDA -> cuda(settings);
    };
  }

  /**
   * The engine's name with libtorch's version, without the version of its JavaCPP presets: {@code
   * 2.13.0}.
   */
  private static String name() {
    try {
      String version = Loader.getVersion("org.bytedeco", "pytorch");
      return "libtorch " + version.substring(0, version.indexOf('-'));
    } catch (IOException e) {
      throw new UncheckedIOException("The jar of libtorch does not say its version.", e);
    }
  }

  /**
   * The facts of a CPU. Its fast path is active if oneDNN uses more than the baseline instruction
   * set.
   */
  private static EngineFacts cpu(String settings) {
    Context context = torch.globalContext();
    boolean oneDnn = Context.hasMKLDNN() && context.userEnabledMkldnn();
    String instructions = torch.get_cpu_capability().getString();
    boolean fast = oneDnn && !instructions.equals("DEFAULT");
    return new EngineFacts(
        name(),
        "CPU",
        torch.get_num_threads(),
        fast,
        "%s oneDNN, instructions %s, %s"
            .formatted(oneDnn ? "with" : "without", instructions, settings));
  }

  private static EngineFacts cuda(String settings) {
    Context context = torch.globalContext();
    boolean cuDnn = Context.hasCuDNN() && context.userEnabledCuDNN();
    return new EngineFacts(
        name(),
        "CUDA device 0",
        torch.get_num_threads(),
        cuDnn,
        "%s, CUDA %d, %s"
            .formatted(
                cuDnn ? "cuDNN " + Context.versionRuntimeCuDNN() : "without cuDNN",
                Context.versionCUDART(),
                settings));
  }

  /** The peak GPU memory allocated by libtorch, in bytes. */
  static long peakMemory() {
    return torch.getDeviceStats((byte) 0).reserved_bytes().peak();
  }
}
