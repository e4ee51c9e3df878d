package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cost.JobCostRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WorkTimeTests {

  private static final Optional<Instant> START = Optional.of(Instant.parse("2026-01-02T12:00:00Z"));

  private static final Optional<Instant> END = Optional.of(Instant.parse("2026-01-02T12:00:10Z"));

  @Test
  void aResumedJobRanForLongerThanSinceItsLastStart() {
    JobCostRow cost = SimulatedRuns.cost(1, 205);
    assertThat(WorkTime.seconds(Optional.of(cost), START, END)).contains(205.0);
    assertThat(WorkTime.seconds(Optional.empty(), START, END)).contains(10.0);
    assertThat(WorkTime.seconds(Optional.empty(), START, Optional.empty())).isEmpty();
  }
}
