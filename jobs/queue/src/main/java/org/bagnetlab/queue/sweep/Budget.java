package org.bagnetlab.queue.sweep;

import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The device time that a sweep may use before it is held.
 *
 * @param seconds the limit
 * @param used how much its jobs have used, including those that run
 */
public record Budget(double seconds, double used) {

  /** The name of its setting. */
  public static final String SETTING = "budget";

  private static final double SECONDS_OF_AN_HOUR = 3600;
  private static final double LEAST_HOURS = 0.01;
  private static final double MOST_HOURS = 1e6;

  /**
   * The limit that a sweep requests, in seconds.
   *
   * @throws InvalidSpec if it is invalid
   */
  public static Optional<Double> seconds(Fields sweep) {
    return sweep
        .real(SETTING, "device hours, a number without a unit, ", LEAST_HOURS, MOST_HOURS)
        .map(hours -> hours * SECONDS_OF_AN_HOUR);
  }

  /** Whether no further job may start. */
  public boolean isUsed() {
    return used >= seconds;
  }

  /** The limit in hours. */
  public double hours() {
    return seconds / SECONDS_OF_AN_HOUR;
  }

  /** The hours that were used. */
  public double usedHours() {
    return used / SECONDS_OF_AN_HOUR;
  }
}
