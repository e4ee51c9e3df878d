package org.bagnetlab.vision.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class TileCountsTests {

  @Property(tries = 200)
  void theStepsLeadFromNoneToAllAndTakeTilesEach(
      @ForAll @IntRange(min = 1, max = 900) int tiles,
      @ForAll @IntRange(min = 1, max = 256) int steps) {
    TileCounts counts = TileCounts.of(tiles, steps);
    int last = counts.counts().length - 1;
    assertThat(last).isEqualTo(Math.min(tiles, steps));
    assertThat(counts.counts()[0]).isZero();
    assertThat(counts.counts()[last]).isEqualTo(tiles);
    assertThat(counts.share(last)).isEqualTo(1);
    for (int i = 1; i <= last; i++) {
      int step = counts.counts()[i] - counts.counts()[i - 1];
      assertThat(step).isBetween(tiles / last, tiles / last + 1);
    }
  }

  /** NumPy: {@code trapezoid([0.9, 0.5, 0.3, 0.2], [0, 0.4, 0.6, 1])}. */
  @Test
  void theAreaIsThatOfTrapezoids() {
    TileCounts counts = new TileCounts(5, new int[] {0, 2, 3, 5});
    assertThat(counts.area(new double[] {.9, .5, .3, .2})).isCloseTo(.46, within(1e-12));
    assertThat(counts.area(new double[] {1, 1, 1, 1})).isCloseTo(1, within(1e-12));
  }
}
