package org.bagnetlab.queue.device.nvidia;

import java.util.List;

/** The GPUs of this machine, as far as they can be detected. */
public sealed interface Inventory {

  /**
   * There are GPUs.
   *
   * @param gpus at least one, in nvidia-smi's order
   * @param problems further messages of nvidia-smi, as sentences: GPUs that have stopped responding
   */
  record Found(List<GpuStatus> gpus, List<String> problems) implements Inventory {

    public Found {
      gpus = List.copyOf(gpus);
      problems = List.copyOf(problems);
    }
  }

  /**
   * There are none, or they cannot be reached.
   *
   * @param reason for the person who could change it
   */
  record Unavailable(String reason) implements Inventory {}
}
