package org.bagnetlab.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoginAttemptsTests {

  private final AtomicLong time = new AtomicLong();
  private final LoginAttempts attempts = new LoginAttempts(time::get);

  private long allowed(String address) {
    return IntStream.range(0, 2 * LoginAttempts.MOST_A_MINUTE)
        .filter(each -> attempts.allows(address))
        .count();
  }

  @Test
  void anAddressHasTheSameNumberEachMinute() {
    assertThat(allowed("192.0.2.1")).isEqualTo(LoginAttempts.MOST_A_MINUTE);
    assertThat(attempts.allows("192.0.2.1")).isFalse();
    time.addAndGet(LoginAttempts.MINUTE.toNanos());
    assertThat(allowed("192.0.2.1")).isEqualTo(LoginAttempts.MOST_A_MINUTE);
  }

  @Test
  void oneAddressTakesNothingFromAnother() {
    assertThat(allowed("192.0.2.1")).isEqualTo(LoginAttempts.MOST_A_MINUTE);
    assertThat(attempts.allows("192.0.2.2")).isTrue();
  }

  @Test
  void theAddressesOfAnIpv6HostCountTogether() {
    assertThat(allowed("2001:db8::1")).isEqualTo(LoginAttempts.MOST_A_MINUTE);
    assertThat(attempts.allows("2001:db8::2")).isFalse();
    assertThat(attempts.allows("2001:db8:0:1::1")).isTrue();
  }

  @Test
  void manyAddressesDoNotFillTheMemory() {
    IntStream.range(0, 10_000).forEach(each -> attempts.allows("known " + each));
    long others = IntStream.range(0, 5_000).filter(each -> attempts.allows("late " + each)).count();
    assertThat(others).isEqualTo(LoginAttempts.MOST_A_MINUTE);
    assertThat(attempts.allows("known 7")).isTrue();
  }
}
