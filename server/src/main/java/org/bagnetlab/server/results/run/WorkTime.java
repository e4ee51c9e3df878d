package org.bagnetlab.server.results.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cost.JobCostRow;

/** How long jobs ran. */
public final class WorkTime {

  private WorkTime() {}

  /**
   * How long the workers of a job ran, without the time between them. Of a job whose cost is not
   * known, such as one of another lab, the time from its last start to its end.
   *
   * @return seconds; empty if it has not run, or if that is not known
   */
  public static Optional<Double> seconds(
      Optional<JobCostRow> cost, Optional<Instant> startedAt, Optional<Instant> endedAt) {
    return cost.map(JobCostRow::deviceSeconds)
        .or(
            () ->
                startedAt.flatMap(
                    start -> endedAt.map(end -> Duration.between(start, end).toMillis() / 1000.0)));
  }
}
