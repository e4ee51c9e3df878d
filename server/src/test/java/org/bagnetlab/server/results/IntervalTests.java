package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.result.ResultRow;
import org.junit.jupiter.api.Test;

/** Intervals equal those of independent computations. */
class IntervalTests {

  @Test
  void wilsonInvertsTheScoreTest() {
    // The two p with |1110/1200 - p| = 1.959964 sqrt(p (1 - p) / 1200), found by bisection.
    Interval interval = Interval.wilson(1110, 1200);
    assertThat(interval.low()).isCloseTo(0.9087034, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.9385842, within(1e-6));
  }

  @Test
  void wilsonHasAWidthAtTheEnds() {
    // At 0 of n the upper end is z^2 / (n + z^2).
    assertThat(Interval.wilson(0, 100).low()).isZero();
    assertThat(Interval.wilson(0, 100).high()).isCloseTo(0.0369935, within(1e-6));
    assertThat(Interval.wilson(100, 100).high()).isEqualTo(1);
    assertThat(Interval.wilson(100, 100).low()).isCloseTo(0.9630065, within(1e-6));
    assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void studentsIntervalUsesTheQuantileOfItsDegreesOfFreedom() {
    // t(.975, 2) = 4.302653; mean .5, sd .1, n 3.
    Interval interval = Interval.studentT(List.of(.4, .5, .6));
    assertThat(interval.low()).isCloseTo(.5 - 4.302653 * .1 / Math.sqrt(3), within(1e-6));
    assertThat(interval.high()).isCloseTo(.5 + 4.302653 * .1 / Math.sqrt(3), within(1e-6));
    assertThat(Interval.studentT(List.of(.9, 1.0)).high()).isEqualTo(1);
  }

  @Test
  void oneRunHasAnIntervalOverItsImagesAndSeveralOneOverSeeds() {
    ResultRow first = accuracy(.5);
    ResultRow second = accuracy(.7);
    Measured one = Measured.of(List.of(first)).orElseThrow();
    assertThat(one.interval()).isEqualTo(Interval.Method.WILSON);
    assertThat(one.sd()).isEmpty();
    Measured two = Measured.of(List.of(first, second)).orElseThrow();
    assertThat(two.interval()).isEqualTo(Interval.Method.STUDENT_T);
    assertThat(two.mean()).isCloseTo(.6, within(1e-12));
    assertThat(two.sd().orElseThrow()).isCloseTo(Math.sqrt(.02), within(1e-12));
    assertThat(two.n()).isEqualTo(2);
    assertThat(Measured.of(List.of())).isEqualTo(Optional.empty());
  }

  private static ResultRow accuracy(double value) {
    return new ResultRow(1, "accuracy", "accuracy", "test", "{}", value, Optional.of(100));
  }
}
