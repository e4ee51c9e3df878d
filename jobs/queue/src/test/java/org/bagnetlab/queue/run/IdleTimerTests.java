package org.bagnetlab.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.rule.IdleRule;
import org.bagnetlab.queue.rule.RuleAction;
import org.junit.jupiter.api.Test;

class IdleTimerTests {

  private static final Duration LASTING = Duration.ofMinutes(10);

  private final IdleTimer timer = new IdleTimer(new IdleRule(.1, LASTING, RuleAction.STOP));
  private long seconds;
  private double used;
  private double measured;

  /** Five seconds in which a share of the device was used; returns whether the job was found. */
  private Optional<Cause> heartbeat(double share, double known) {
    seconds += 5;
    used += 5 * known * share;
    measured += 5 * known;
    return timer.add(Duration.ofSeconds(seconds).toNanos(), used, measured);
  }

  private Optional<Cause> minutes(int minutes, double share) {
    Optional<Cause> found = Optional.empty();
    for (int i = 0; i < 12 * minutes && found.isEmpty(); i++) {
      found = heartbeat(share, 1);
    }
    return found;
  }

  @Test
  void aWorkerThatHardlyUsesItsDeviceIsFoundAfterTheTime() {
    assertThat(minutes(10, .05)).isEmpty(); // the first heartbeat begins the ten minutes
    assertThat(heartbeat(.05, 1))
        .hasValueSatisfying(
            cause -> assertThat(cause.text()).isEqualTo("used 5.0 % of its device for 10 minutes"));
  }

  @Test
  void aBusyTimeBeforeDoesNotCount() {
    assertThat(minutes(600, 1)).isEmpty();
    assertThat(minutes(8, 0)).isEmpty();
    assertThat(minutes(2, 0)).isPresent();
  }

  @Test
  void shortPausesAreAllowed() {
    for (int i = 0; i < 20; i++) {
      assertThat(minutes(8, 0)).isEmpty();
      assertThat(minutes(2, .9)).isEmpty();
    }
  }

  @Test
  void aDeviceThatWasHardlyReadTellsNothing() {
    for (int i = 0; i < 600; i++) {
      assertThat(heartbeat(0, .3)).isEmpty();
    }
  }

  @Test
  void timeInWhichItCannotUseItsDeviceDoesNotCount() {
    assertThat(minutes(9, 0)).isEmpty();
    timer.restart();
    assertThat(minutes(9, 0)).isEmpty();
  }
}
