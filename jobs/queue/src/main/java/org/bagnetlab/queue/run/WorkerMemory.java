package org.bagnetlab.queue.run;

import org.bagnetlab.queue.job.Cause;

/** Whether a worker ended because memory ran out. */
sealed interface WorkerMemory {

  /** It did not, as far as is known. */
  record Enough() implements WorkerMemory {}

  /** The memory of the machine or of the GPU ran out. */
  record Exhausted() implements WorkerMemory {}

  /** Its share of the GPU's memory ran out. */
  record OutgrewShare(Cause cause) implements WorkerMemory {}
}
