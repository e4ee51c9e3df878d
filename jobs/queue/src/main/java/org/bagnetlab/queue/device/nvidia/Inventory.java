package org.bagnetlab.queue.device.nvidia;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The GPUs of this machine, as nvidia-smi reported them.
 *
 * @param at time of the report
 * @param gpus in nvidia-smi's order
 * @param problems sentences with advice: why there are no GPUs, or which have stopped responding
 */
public record Inventory(Instant at, List<Gpu> gpus, List<String> problems) {

  public Inventory {
    gpus = List.copyOf(gpus);
    problems = List.copyOf(problems);
  }

  /** The GPU with this identifier, if it was listed. */
  public Optional<Gpu> gpu(String uuid) {
    return gpus.stream().filter(gpu -> gpu.uuid().equals(uuid)).findFirst();
  }
}
