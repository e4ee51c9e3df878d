package org.bagnetlab.vision.randomisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spearman's rank correlation, against SciPy's and its own laws. */
@Timeout(60)
@AddLifecycleHook(TryTimeLimit.class)
class RankCorrelationTests {

  /** Of {@code scipy.stats.spearmanr} 1.17.1; the first has equal values. */
  @Test
  void isThatOfSciPy() {
    assertThat(
            RankCorrelation.of(
                    new float[] {2, 3, 4, 5, 0, 0, 4, 5, 1, 1, 5, 2},
                    new float[] {1, 4, 1, 2, 3, 3, 0, 0, 5, 4, 5, 3})
                .orElseThrow())
        .isCloseTo(-0.34352517985611514, within(1e-12));
    assertThat(
            RankCorrelation.of(
                    new float[] {-.736f, -.163f, -.482f, .599f, .04f, -.292f, -.782f, -.257f},
                    new float[] {-.728f, -.439f, .812f, 1.606f, -2.671f, -2.181f, -.957f, -.679f})
                .orElseThrow())
        .isCloseTo(0.2380952380952381, within(1e-12));
  }

  private static float[] values(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Property(tries = 200)
  void dependsOnTheOrderOnlyAndIsExactlyOneForTheSameOrder(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int count) {
    float[] values = values(seed, count);
    float[] others = values(~seed, count);
    float[] stretched = others.clone();
    float[] turned = others.clone();
    for (int i = 0; i < count; i++) {
      stretched[i] = (float) Math.exp(others[i]);
      turned[i] = -others[i];
    }
    double correlation = RankCorrelation.of(values, others).orElseThrow();
    assertThat(correlation).isBetween(-1.0, 1.0);
    assertThat(RankCorrelation.of(others, values)).hasValue(correlation);
    assertThat(RankCorrelation.of(values, turned).orElseThrow())
        .isCloseTo(-correlation, within(1e-12));
    assertThat(RankCorrelation.of(others, others)).hasValue(1);
    // The exponential may make neighbours equal, which changes ranks by little.
    assertThat(RankCorrelation.of(others, stretched).orElseThrow()).isCloseTo(1, within(1e-3));
  }

  @Test
  void constantValuesHaveNoRanks() {
    assertThat(RankCorrelation.of(new float[] {1, 2}, new float[] {3, 3})).isEmpty();
    assertThat(RankCorrelation.of(new float[] {1}, new float[] {3})).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankCorrelation.of(new float[2], new float[3]));
  }

  @Test
  void heatmapsAreComparedImageByImage() {
    float[] rising = {1, 2, 3, 4};
    float[] falling = {-1, -2, -3, -4};
    float[] constant = {5, 5, 5, 5};
    assertThat(
            HeatmapSimilarity.of(
                List.of(rising, rising, constant), List.of(rising, falling, rising)))
        .contains(new HeatmapSimilarity(0, 2));
    assertThat(
            HeatmapSimilarity.ofMagnitudes(
                List.of(rising, rising, constant), List.of(rising, falling, rising)))
        .contains(new HeatmapSimilarity(1, 2));
    assertThat(HeatmapSimilarity.of(List.of(constant), List.of(rising))).isEmpty();
  }
}
