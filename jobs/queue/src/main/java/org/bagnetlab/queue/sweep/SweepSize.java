package org.bagnetlab.queue.sweep;

import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * Limits the number of a sweep's jobs. The limit is checked on products of list lengths, before any
 * job is created.
 */
public final class SweepSize {

  /** The maximum number of jobs of one sweep. */
  public static final int MOST_JOBS = 10_000;

  private SweepSize() {}

  /**
   * The number of jobs, if it is within the limit.
   *
   * @param section section of the sweep that requests the jobs
   * @throws InvalidSpec if there are too many
   */
  static int checked(String section, long jobs) {
    if (jobs > MOST_JOBS) {
      throw new InvalidSpec(
          section,
          "A sweep has at most %d jobs, but this one would have %d or more. Shorten a list, or split it into two sweeps."
              .formatted(MOST_JOBS, jobs));
    }
    return (int) jobs;
  }
}
