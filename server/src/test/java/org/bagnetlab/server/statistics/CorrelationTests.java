package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorrelationTests {

  private static final double[] FIRST = {.2, .5, .5, .9, .1, .7, .7, .7};
  private static final double[] SECOND = {.3, .3, .6, .8, .2, .9, .4, .5};

  /** {@code scipy.stats.pearsonr} and {@code spearmanr}. */
  @Test
  void equalsSciPy() {
    assertThat(Correlation.pearson(FIRST, SECOND).orElseThrow())
        .isCloseTo(0.753524031862055, within(1e-12));
    assertThat(Correlation.spearman(FIRST, SECOND).orElseThrow())
        .isCloseTo(0.7841896995149691, within(1e-12));
  }

  @Test
  void scaleAndShiftDoNotMatterAndRanksOnlyOrder() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = random.doubles(50).toArray();
    double[] linear = new double[values.length];
    double[] falling = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      linear[i] = 1e6 + 3 * values[i];
      falling[i] = -Math.exp(9 * values[i]);
    }
    assertThat(Correlation.pearson(values, linear).orElseThrow()).isCloseTo(1, within(1e-9));
    assertThat(Correlation.spearman(values, falling).orElseThrow()).isCloseTo(-1, within(1e-12));
    assertThat(Correlation.pearson(values, falling).orElseThrow()).isBetween(-.95, -.1);
  }

  @Test
  void aConstantCorrelatesWithNothing() {
    assertThat(Correlation.pearson(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isEmpty();
    assertThat(Correlation.spearman(new double[] {1, 2, 3}, new double[] {4, 4, 4})).isEmpty();
    assertThat(Correlation.pearson(new double[] {1}, new double[] {1})).isEmpty();
    assertThat(Correlation.pearson(new double[0], new double[0])).isEmpty();
  }
}
