package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class TimeLeftTests {

  private static final double SECOND = 1e9;

  /** What is said after a batch, and how long it then takes indeed. */
  private record Said(double share, double estimate, double truth) {}

  /** Batches of a process whose first ones are slower; the excess fades by half in so many. */
  private static List<Said> told(int batches, double seconds, double slower, double half) {
    double[] ends = new double[batches + 1];
    for (int i = 0; i < batches; i++) {
      ends[i + 1] = ends[i] + seconds * (1 + (slower - 1) * Math.pow(0.5, i / half));
    }
    TimeLeft left = new TimeLeft(batches, 0);
    List<Said> told = new ArrayList<>();
    for (int i = 1; i <= batches; i++) {
      long now = (long) (ends[i] * SECOND);
      left.advance(1, now);
      told.add(new Said((double) i / batches, left.seconds(now), ends[batches] - ends[i]));
    }
    return told;
  }

  /** The estimate that was shown before: the mean rate from the start on, at once. */
  private static double naive(int batch, int batches, double end) {
    return end / batch * (batches - batch);
  }

  @ParameterizedTest
  @MethodSource("processes")
  void whatIsSaidIsNeverWild(int batches, double seconds, double slower, double half) {
    List<Said> said =
        told(batches, seconds, slower, half).stream()
            .filter(each -> each.estimate() >= 0 && each.truth() > 10 * seconds)
            .toList();
    assertThat(said).isNotEmpty();
    // Twice as long at first is still right by order; two hours that are six minutes are not.
    assertThat(said).allMatch(each -> each.estimate() < 2.5 * each.truth() + 5);
    assertThat(said).allMatch(each -> each.estimate() > each.truth() / 1.5 - 5);
    assertThat(said.stream().filter(each -> each.share() > 0.6))
        .allMatch(each -> each.estimate() < 1.3 * each.truth() + 2);
  }

  private static Stream<Arguments> processes() {
    Random random = new Random(20261127);
    return Stream.generate(
            () ->
                Arguments.of(
                    300 + random.nextInt(5000),
                    0.02 + 2 * random.nextDouble(),
                    1 + 29 * random.nextDouble(),
                    1 + 7 * random.nextDouble()))
        .limit(300);
  }

  /**
   * As on a machine with two cores: batches of a fifth of a second, the first of them of twelve.
   */
  @Test
  void theFirstBatchesSayNothing() {
    List<Said> told = told(1800, 0.2, 60, 2);
    assertThat(told.get(0).estimate()).isEqualTo(TimeLeft.UNKNOWN);
    assertThat(naive(1, 1800, 12)).isGreaterThan(6 * told.get(0).truth() / 2);
    Said first = told.stream().filter(each -> each.estimate() >= 0).findFirst().orElseThrow();
    assertThat(first.share()).isLessThan(0.06);
    assertThat(first.estimate()).isCloseTo(first.truth(), within(first.truth() / 2));
  }

  @Test
  void anEvenPaceIsKnownSoon() {
    Said first =
        told(1000, 0.5, 1, 1).stream()
            .filter(each -> each.estimate() >= 0)
            .findFirst()
            .orElseThrow();
    assertThat(first.share()).isLessThan(0.06);
    assertThat(first.estimate()).isCloseTo(first.truth(), within(1.0));
  }

  @Test
  void workThatWillNotBeDoneTakesNoTime() {
    TimeLeft left = new TimeLeft(100, 0);
    for (int i = 1; i <= 40; i++) {
      left.advance(1, (long) (i * SECOND));
    }
    left.skip(50);
    assertThat(left.seconds((long) (40 * SECOND))).isCloseTo(10, within(1e-6));
  }
}
