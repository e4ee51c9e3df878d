package org.bagnetlab.server.cli.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bagnetlab.queue.device.Backend;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.configuration.DevicesSection;
import org.bagnetlab.server.configuration.LabConfiguration;
import picocli.CommandLine.Option;

/** Options for the devices that jobs run on. */
public final class DeviceOptions {

  @Option(
      names = "--backend",
      defaultValue = "auto",
      description =
          "auto, cpu, cuda (ND4J on GPUs) or torch (libtorch on GPUs, otherwise on the CPU); auto"
              + " uses GPUs with the engine that supports them, otherwise the CPU. Default:"
              + " ${DEFAULT-VALUE}."
              + " GPUs are detected with nvidia-smi; $$BAGNETLAB_NVIDIA_SMI overrides its path.")
  private String backend = "auto";

  @Option(
      names = "--cpu-slots",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Number of concurrent jobs on the CPU; they share its cores. Default:"
              + " ${DEFAULT-VALUE}.")
  private int cpuSlots = 1;

  /** Whether any option was given. */
  public boolean chosen() {
    return !backend.equals("auto") || cpuSlots != 1;
  }

  /**
   * Resolves the devices, using the configuration in the data directory. Fails with {@link
   * org.bagnetlab.queue.device.NoDevice} if jobs cannot run as requested. Prints the reason if jobs
   * fall back to the CPU.
   */
  public Devices choose(Path dataDirectory) throws IOException {
    DevicesSection configured = LabConfiguration.in(dataDirectory).devices();
    Devices devices =
        Devices.choose(
            wanted(),
            cpuSlots,
            configured.gpuSlots(),
            Runtime.getRuntime().availableProcessors(),
            configured.order(engines()),
            NvidiaSmi.of(System.getenv()));
    devices.fallback().ifPresent(System.out::println);
    return devices;
  }

  /** The GPU engines that this installation can use on this machine. */
  public static GpuEngines engines() {
    LocalLauncher launcher = LocalLauncher.ofThisApplication();
    return GpuEngines.of(launcher.backends(), launcher.libraries(System.getenv()));
  }

  private Backend wanted() {
    return Arrays.stream(Backend.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(backend))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "--backend must be auto, cpu, cuda or torch, but is %s.".formatted(backend)));
  }
}
