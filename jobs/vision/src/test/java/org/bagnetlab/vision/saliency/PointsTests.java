package org.bagnetlab.vision.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class PointsTests {

  /** What is bilinear in the points is so in the pixels, and constant beyond the outermost. */
  @Property(tries = 100)
  void aPlaneStaysAPlane(
      @ForAll @DoubleRange(min = -3, max = 9) double first,
      @ForAll @IntRange(min = 1, max = 8) int step,
      @ForAll @IntRange(min = 1, max = 6) int side) {
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) plane(first + i / side * step, first + i % side * step);
    }
    double end = first + (side - 1) * step;
    SaliencyMap map = new Points(first, step, side, values).map(20);
    for (int row = 0; row < 20; row++) {
      for (int column = 0; column < 20; column++) {
        double y = Math.max(first, Math.min(end, row));
        double x = Math.max(first, Math.min(end, column));
        assertThat((double) map.values()[row * 20 + column]).isCloseTo(plane(y, x), within(1e-3));
      }
    }
  }

  private static double plane(double y, double x) {
    return 2 + 3 * y - x + 0.5 * x * y;
  }

  @Test
  void betweenFourPointsItIsTheirWeightedMean() {
    SaliencyMap map = new Points(0, 4, 2, new float[] {0, 4, 8, 16}).map(6);
    assertThat(map.values()[0]).isZero();
    assertThat(map.values()[4]).isEqualTo(4);
    assertThat(map.values()[5]).isEqualTo(4);
    assertThat(map.values()[2 * 6 + 2]).isEqualTo(7);
    assertThat(map.values()[6 + 3]).isCloseTo(0.75f * 3 + 0.25f * 14, within(1e-5f));
    assertThat(map.values()[35]).isEqualTo(16);
  }
}
