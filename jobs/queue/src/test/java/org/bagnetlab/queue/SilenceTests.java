package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.queue.job.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker has to say something, and something new, in time. */
@Timeout(10)
class SilenceTests {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);
  private final Silence silence =
      new Silence(
          new WorkerLimits(
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Patience.standard(),
              0),
          now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void whoSaysNothingIsSilent() {
    pass(Duration.ofMinutes(5));
    assertThat(silence.tooLong()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(silence.tooLong()).contains(Cause.workerSilent(Duration.ofMinutes(5)));
    silence.restart();
    assertThat(silence.tooLong()).isEmpty();
  }

  @Test
  void whoOnlyLivesGetsOnWithNothing() {
    for (int minutes = 0; minutes < 30; minutes++) {
      pass(Duration.ofMinutes(1));
      silence.alive();
      assertThat(silence.tooLong()).isEmpty();
    }
    pass(Duration.ofSeconds(1));
    assertThat(silence.tooLong()).contains(Cause.workerStalled(Duration.ofMinutes(30)));
  }

  @Test
  void itIsLookedForTenTimesInTheShortestLimit() {
    assertThat(silence.interval()).isEqualTo(Duration.ofSeconds(30));
  }
}
