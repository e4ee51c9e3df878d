package org.bagnetlab.queue.forecast;

import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.queue.window.OpeningHours;

/**
 * A slot of a device, as a forecast sees it.
 *
 * @param hours when it runs jobs
 * @param running the job that it runs
 */
public record Slot(OpeningHours hours, Optional<Running> running) {

  /**
   * A running job.
   *
   * @param left how long it will still take; empty if not known
   */
  public record Running(long job, Optional<Duration> left) {}
}
