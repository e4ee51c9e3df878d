package org.bagnetlab.queue.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only a kill that was just now explains an end. */
@Timeout(10)
class RecentKernelKillsTests {

  private final AtomicLong count = new AtomicLong(3);
  private final RecentKernelKills kills = new RecentKernelKills(count::get);

  @Test
  void whatWasBeforeTheFirstLookIsUnknown() {
    assertThat(kills.any()).isFalse();
    kills.look();
    assertThat(kills.any()).isFalse();
  }

  @Test
  void aKillIsRecentUntilTheLookAfterTheNext() {
    kills.look();
    kills.look();
    count.incrementAndGet();
    assertThat(kills.any()).isTrue();
    kills.look();
    assertThat(kills.any()).isTrue();
    kills.look();
    assertThat(kills.any()).isFalse();
  }

  @Test
  void aKillBetweenTheFirstTwoLooksIsRecent() {
    kills.look();
    count.incrementAndGet();
    assertThat(kills.any()).isTrue();
    kills.look();
    assertThat(kills.any()).isTrue();
  }
}
