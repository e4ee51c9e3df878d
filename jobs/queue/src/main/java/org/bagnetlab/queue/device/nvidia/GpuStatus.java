package org.bagnetlab.queue.device.nvidia;

import java.util.Optional;

/** A GPU and its reading, from the same result of nvidia-smi. */
public record GpuStatus(Gpu gpu, GpuReading reading) {

  /** Why no job can run on it, regardless of free memory, as a sentence; empty if one can. */
  public Optional<String> refusal() {
    return reading.fault().map(this::outOfOrder).or(gpu::refusal);
  }

  private String outOfOrder(String fault) {
    return "GPU %d has failed: nvidia-smi reports \"%s\".".formatted(gpu.index(), fault);
  }
}
