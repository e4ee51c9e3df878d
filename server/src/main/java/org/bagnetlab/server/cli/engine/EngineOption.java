package org.bagnetlab.server.cli.engine;

import org.bagnetlab.queue.device.Backend;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.server.cli.device.DeviceOptions;
import org.bagnetlab.server.cli.terminal.Failure;
import picocli.CommandLine.Option;

/** An option that selects the engine of a command. */
final class EngineOption {

  @Option(
      names = "--engine",
      defaultValue = "nd4j",
      description =
          "nd4j (on the CPU) or torch (libtorch, on the first GPU that it supports, otherwise on"
              + " the CPU). Default: ${DEFAULT-VALUE}.")
  private String engine = "nd4j";

  /** The device to compute on, with all cores. Prints the reason if it falls back to the CPU. */
  DeviceSlot slot() {
    return slot(Runtime.getRuntime().availableProcessors());
  }

  /** The device to compute on, with a number of threads. */
  DeviceSlot slot(int threads) {
    if (engine.equals("nd4j")) {
      return EngineClient.cpu(threads);
    }
    if (!engine.equals("torch")) {
      throw new Failure("--engine must be nd4j or torch, but is %s.".formatted(engine));
    }
    Devices devices =
        Devices.choose(
            Backend.TORCH,
            1,
            GpuSlots.ONE,
            Runtime.getRuntime().availableProcessors(),
            DeviceOptions.engines(),
            NvidiaSmi.of(System.getenv()));
    devices.fallback().ifPresent(System.err::println);
    DeviceSlot first = devices.slots().get(0);
    return new DeviceSlot(first.name(), first.backend(), threads, 1, first.place());
  }
}
