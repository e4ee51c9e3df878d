package org.bagnetlab.queue.device;

/** What a person wants jobs to run on. */
public enum Backend {
  /** GPUs if any can run jobs, or else the CPU. */
  AUTO,
  CPU,
  /** GPUs, or the server does not start. */
  CUDA
}
