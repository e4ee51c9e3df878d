package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LogitMapTests {

  /** Two images of two classes at three positions. */
  private static LogitMap map(float... values) {
    return new LogitMap(values, 2, 2, 1, 3);
  }

  @Test
  void oneLogitAloneIsSparseAndEqualOnesAreNot() {
    LogitMap map = map(0, 0, -7, 0, 0, 0, 2, -2, 2, 2, -2, 2);
    assertThat(map.sparseness(0).orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(map.sparseness(1).orElseThrow()).isCloseTo(0, within(1e-12));
  }

  /** (sqrt(6) - 7 / 5) / (sqrt(6) - 1), and with 1 to 6 (sqrt(6) - 21 / sqrt(91)) / .... */
  @Test
  void othersAreAsHoyerDefinesIt() {
    LogitMap map = map(3, 0, 0, 0, -4, 0, 1, 2, 3, 4, 5, 6);
    assertThat(map.sparseness(0).orElseThrow()).isCloseTo(.7240408, within(1e-7));
    assertThat(map.sparseness(1).orElseThrow()).isCloseTo(.1711579, within(1e-7));
  }

  @Test
  void ofZerosAndOfOneValueItIsNotDefined() {
    assertThat(map(new float[12]).sparseness(0)).isEmpty();
    assertThat(new LogitMap(new float[] {3}, 1, 1, 1, 1).sparseness(0)).isEmpty();
  }

  @Property(tries = 100)
  void itIsAShareThatNoScaleAndNoSignChanges(
      @ForAll long seed, @ForAll @FloatRange(min = -50, max = -.01f) float factor) {
    Random random = new Random(seed);
    float[] values = new float[12];
    float[] scaled = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      scaled[i] = factor * values[i];
    }
    for (int image = 0; image < 2; image++) {
      double sparseness = map(values).sparseness(image).orElseThrow();
      assertThat(sparseness).isBetween(-1e-6, 1 + 1e-6);
      assertThat(map(scaled).sparseness(image).orElseThrow()).isCloseTo(sparseness, within(1e-4));
    }
  }
}
