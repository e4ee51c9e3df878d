package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MaximumTestTests {

  private final SplittableRandom random = new SplittableRandom(5);

  private double[] noise(int values) {
    // The last value varies a thousand times as much as the others.
    return IntStream.range(0, values)
        .mapToDouble(i -> (i == values - 1 ? 1000 : 1) * random.nextGaussian())
        .toArray();
  }

  private List<double[]> shuffles(int values) {
    return IntStream.range(0, 39).mapToObj(any -> noise(values)).toList();
  }

  @Test
  void aValueAboveAllOthersHasTheSmallestP() {
    double[] observed = {9, -9, 0};
    double[] p = MaximumTest.p(observed, shuffles(3));
    assertThat(p[0]).isCloseTo(1 / 40., within(1e-12));
    assertThat(p[1]).isEqualTo(1);
    assertThat(p[2]).isGreaterThan(0.5);
  }

  @Test
  void theLevelHoldsForAllValuesTogether() {
    int studies = 4000;
    long wrong =
        IntStream.range(0, studies)
            .filter(
                any -> Arrays.stream(MaximumTest.p(noise(6), shuffles(6))).anyMatch(p -> p <= .05))
            .count();
    // Four standard deviations of a share of .05.
    assertThat((double) wrong / studies).isCloseTo(.05, within(.014));
  }

  @Test
  void eachValueCanBeFoundHoweverMuchOthersVary() {
    long found =
        IntStream.range(0, 200)
            .filter(
                any -> {
                  double[] observed = noise(6);
                  observed[0] += 6;
                  return MaximumTest.p(observed, shuffles(6))[0] <= .05;
                })
            .count();
    assertThat(found).isGreaterThan(190);
  }

  @Test
  void valuesThatNeverVaryAreNotSignificant() {
    double[] same = {1, 2};
    assertThat(MaximumTest.p(same, IntStream.range(0, 39).mapToObj(any -> same).toList()))
        .containsExactly(1, 1);
  }
}
