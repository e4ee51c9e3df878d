package org.bagnetlab.queue.device;

/** The kind of device requested for jobs. */
public enum Backend {
  /** GPUs if any can run jobs, or else the CPU. */
  AUTO,
  CPU,
  /** GPUs, or the server does not start. */
  CUDA
}
