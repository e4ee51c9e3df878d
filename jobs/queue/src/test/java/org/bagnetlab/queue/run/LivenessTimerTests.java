package org.bagnetlab.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker has to say something, and something new, in time. */
@Timeout(10)
class LivenessTimerTests {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);
  private final LivenessTimer timer =
      new LivenessTimer(
          new WorkerLimits(
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              RetryPolicy.standard(),
              0),
          now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void whoSaysNothingIsSilent() {
    pass(Duration.ofMinutes(5));
    assertThat(timer.expired()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(timer.expired()).contains(new Cause.WorkerSilent(300_000));
    timer.restart();
    assertThat(timer.expired()).isEmpty();
  }

  @Test
  void whoOnlyLivesGetsOnWithNothing() {
    for (int minutes = 0; minutes < 30; minutes++) {
      pass(Duration.ofMinutes(1));
      timer.heartbeat();
      assertThat(timer.expired()).isEmpty();
    }
    pass(Duration.ofSeconds(1));
    assertThat(timer.expired()).contains(new Cause.WorkerStalled(1_800_000));
  }

  @Test
  void itIsLookedForTenTimesInTheShortestLimit() {
    assertThat(timer.interval()).isEqualTo(Duration.ofSeconds(30));
  }
}
