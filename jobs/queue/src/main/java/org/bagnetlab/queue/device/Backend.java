package org.bagnetlab.queue.device;

import java.util.List;

/** The kind of device requested for jobs. */
public enum Backend {
  /** GPUs if any can run jobs, otherwise the CPU. */
  AUTO,
  CPU,
  /** GPUs with ND4J. If none can run jobs, the server does not start. */
  CUDA,
  /** GPUs with libtorch if any can run jobs, otherwise the CPU with libtorch. */
  TORCH;

  /** The engines that jobs on GPUs may use. */
  GpuEngines of(GpuEngines all) {
    return switch (this) {
      case AUTO -> all;
      case CPU -> all.only(List.of());
      case CUDA -> all.only(List.of(GpuEngine.ND4J));
      case TORCH -> all.only(List.of(GpuEngine.TORCH));
    };
  }
}
