package org.bagnetlab.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestRateTests {

  private final AtomicLong time = new AtomicLong();
  private final RequestRate rate = new RequestRate(10, 100, time::get);

  private long allowed(String sender, int requests) {
    return IntStream.range(0, requests).filter(each -> rate.allows(sender)).count();
  }

  @Test
  void manyAtOnceThenSoManyASecond() {
    assertThat(allowed("ann", 150)).isEqualTo(100);
    time.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(allowed("ann", 150)).isEqualTo(20);
    time.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(allowed("ann", 150)).isEqualTo(100);
  }

  @Test
  void oneSenderTakesNothingFromAnother() {
    assertThat(allowed("ann", 150)).isEqualTo(100);
    assertThat(allowed("bob", 1)).isEqualTo(1);
  }

  @Test
  void senderNamesDoNotFillTheMemory() {
    IntStream.range(0, 100_000).forEach(each -> assertThat(rate.allows("sender " + each)).isTrue());
    assertThat(rate.senders()).isLessThanOrEqualTo(10_000);
  }
}
