package org.bagnetlab.vision.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pearson's and Spearman's correlations, against SciPy's and their own laws. */
@Timeout(60)
@AddLifecycleHook(TryTimeLimit.class)
class CorrelationTests {

  private static final double[] FIRST = {.2, .5, .5, .9, .1, .7, .7, .7};
  private static final double[] SECOND = {.3, .3, .6, .8, .2, .9, .4, .5};

  /** {@code scipy.stats.pearsonr} and {@code spearmanr} 1.17.1; some values are equal. */
  @Test
  void equalsSciPy() {
    assertThat(Correlation.pearson(FIRST, SECOND).orElseThrow())
        .isCloseTo(0.753524031862055, within(1e-12));
    assertThat(Correlation.spearman(FIRST, SECOND).orElseThrow())
        .isCloseTo(0.7841896995149691, within(1e-12));
    assertThat(
            Correlation.spearman(
                    new float[] {2, 3, 4, 5, 0, 0, 4, 5, 1, 1, 5, 2},
                    new float[] {1, 4, 1, 2, 3, 3, 0, 0, 5, 4, 5, 3})
                .orElseThrow())
        .isCloseTo(-0.34352517985611514, within(1e-12));
    assertThat(
            Correlation.spearman(
                    new float[] {-.736f, -.163f, -.482f, .599f, .04f, -.292f, -.782f, -.257f},
                    new float[] {-.728f, -.439f, .812f, 1.606f, -2.671f, -2.181f, -.957f, -.679f})
                .orElseThrow())
        .isCloseTo(0.2380952380952381, within(1e-12));
  }

  private static double[] values(long seed, int count) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }

  @Property(tries = 200)
  void scaleAndShiftDoNotMatterToPearson(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int count) {
    double[] values = values(seed, count);
    double[] others = values(~seed, count);
    double[] linear = new double[count];
    double[] turned = new double[count];
    for (int i = 0; i < count; i++) {
      linear[i] = 1e3 + 3 * others[i];
      turned[i] = -others[i];
    }
    double correlation = Correlation.pearson(values, others).orElseThrow();
    assertThat(correlation).isBetween(-1.0, 1.0);
    assertThat(Correlation.pearson(others, values)).contains(correlation);
    assertThat(Correlation.pearson(values, linear).orElseThrow())
        .isCloseTo(correlation, within(1e-8));
    assertThat(Correlation.pearson(others, others)).contains(1.0);
    assertThat(Correlation.pearson(others, turned)).contains(-1.0);
  }

  @Property(tries = 200)
  void onlyTheOrderMattersToSpearman(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int count) {
    double[] values = values(seed, count);
    double[] others = values(~seed, count);
    double[] falling = new double[count];
    for (int i = 0; i < count; i++) {
      falling[i] = -Math.exp(9 * others[i]);
    }
    double correlation = Correlation.spearman(values, others).orElseThrow();
    assertThat(correlation).isBetween(-1.0, 1.0);
    assertThat(Correlation.spearman(others, values)).contains(correlation);
    assertThat(Correlation.spearman(values, falling).orElseThrow())
        .isCloseTo(-correlation, within(1e-12));
    assertThat(Correlation.spearman(others, others)).contains(1.0);
    assertThat(Correlation.spearman(others, falling)).contains(-1.0);
  }

  @Test
  void aConstantCorrelatesWithNothing() {
    double[] rising = {1, 2, 3};
    double[] constant = {4, 4, 4};
    // Their mean is another number.
    double[] thousand = new double[1000];
    Arrays.fill(thousand, .1);
    assertThat(Correlation.pearson(constant, rising)).isEmpty();
    assertThat(Correlation.spearman(rising, constant)).isEmpty();
    assertThat(Correlation.pearson(thousand, values(1, 1000))).isEmpty();
    assertThat(Correlation.spearman(thousand, values(1, 1000))).isEmpty();
    assertThat(Correlation.pearson(new double[] {1}, new double[] {1})).isEmpty();
    assertThat(Correlation.pearson(new double[0], new double[0])).isEmpty();
    assertThat(Correlation.spearman(new double[0], new double[0])).isEmpty();
  }

  /** The heatmaps of a network that diverged would have the same ranks, and correlate perfectly. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteCorrelatesWithNothing(double value) {
    double[] rising = {1, 2, 3};
    double[] all = {value, value, value};
    float[] floats = {(float) value, (float) value, (float) value};
    double[] one = {1, value, 3};
    assertThat(Correlation.spearman(all, all)).isEmpty();
    assertThat(Correlation.spearman(floats, floats)).isEmpty();
    assertThat(Correlation.spearman(one, one)).isEmpty();
    assertThat(Correlation.spearman(one, rising)).isEmpty();
    assertThat(Correlation.spearman(rising, one)).isEmpty();
    assertThat(Correlation.pearson(all, all)).isEmpty();
    assertThat(Correlation.pearson(one, rising)).isEmpty();
    assertThat(Correlation.pearson(rising, one)).isEmpty();
  }

  @Test
  void magnitudesAreNoObstacle() {
    double[] large = {1e100, 2e100, 4e100};
    double[] small = {1e-100, 2e-100, 4e-100};
    assertThat(Correlation.pearson(large, small).orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(Correlation.pearson(new double[] {1e200, 2e200}, new double[] {1, 2})).isEmpty();
    assertThat(Correlation.spearman(new double[] {1e200, 2e200}, new double[] {1, 2}))
        .contains(1.0);
    // Zero has one rank, whatever its sign.
    assertThat(Correlation.spearman(new double[] {0, -0.0}, new double[] {1, 2})).isEmpty();
  }

  @Test
  void eachValueHasAnother() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Correlation.pearson(new double[2], new double[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Correlation.spearman(new float[2], new float[3]));
  }
}
