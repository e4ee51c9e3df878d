package org.bagnetlab.queue.device;

import java.util.OptionalLong;

/**
 * The next job of the queue, as far as the choice of its device depends on it.
 *
 * @param job id of the job
 * @param peak the GPU memory in bytes that jobs like it needed at most; empty if none was measured
 * @param alone whether it must have a GPU for itself, because it ran out of a share
 */
public record Candidate(long job, OptionalLong peak, boolean alone) {

  /** A copy that must have a GPU for itself. */
  Candidate onItsOwn() {
    return new Candidate(job, peak, true);
  }
}
