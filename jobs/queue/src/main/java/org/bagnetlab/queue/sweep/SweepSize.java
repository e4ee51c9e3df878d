package org.bagnetlab.queue.sweep;

import org.bagnetlab.experiment.request.InvalidSpec;

/** The bound on a sweep's jobs. It is checked on products of lengths, before any job is made. */
public final class SweepSize {

  /** Of one sweep. */
  public static final int MOST_JOBS = 10_000;

  private SweepSize() {}

  /**
   * The number, if a sweep can have so many jobs.
   *
   * @param section of the sweep that asks for them
   * @throws InvalidSpec if they are too many
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
