package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.result.ResultRow;
import org.junit.jupiter.api.Test;

/** What is said of an accuracy depends on the number of seeds. */
class MeasuredTests {

  @Test
  void oneRunHasAnIntervalOverItsImagesTwoHaveNoneAndMoreOneOverBoth() {
    Measured one = Measured.of(List.of(accuracy(.5)), 0).orElseThrow();
    assertThat(one.interval()).contains(Interval.Method.WILSON);
    assertThat(one.sd()).isEmpty();
    Measured two = Measured.of(List.of(accuracy(.5), accuracy(.7)), 0).orElseThrow();
    assertThat(two.interval()).isEmpty();
    assertThat(two.low()).isEmpty();
    assertThat(two.values()).containsExactly(.5, .7);
    assertThat(two.mean()).isCloseTo(.6, within(1e-12));
    assertThat(two.sd().orElseThrow()).isCloseTo(Math.sqrt(.02), within(1e-12));
    assertThat(two.n()).isEqualTo(2);
    Measured three =
        Measured.of(List.of(accuracy(.5), accuracy(.7), accuracy(.6)), 0).orElseThrow();
    assertThat(three.interval()).contains(Interval.Method.SEEDS_AND_IMAGES);
    assertThat(three.low().orElseThrow()).isLessThan(.5);
    assertThat(Measured.of(List.of(), 0)).isEqualTo(Optional.empty());
  }

  private static ResultRow accuracy(double value) {
    return new ResultRow(1, "accuracy", "accuracy", "test", "{}", value, Optional.of(100));
  }
}
