package org.bagnetlab.vision.randomisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeatmapSimilarityTests {

  private static final float[] RISING = {1, 2, 3, 4};
  private static final float[] FALLING = {-1, -2, -3, -4};
  private static final float[] CONSTANT = {5, 5, 5, 5};

  @Test
  void heatmapsAreComparedImageByImage() {
    assertThat(
            HeatmapSimilarity.of(
                List.of(RISING, RISING, CONSTANT), List.of(RISING, FALLING, RISING)))
        .contains(new HeatmapSimilarity(0, 2));
    assertThat(
            HeatmapSimilarity.ofMagnitudes(
                List.of(RISING, RISING, CONSTANT), List.of(RISING, FALLING, RISING)))
        .contains(new HeatmapSimilarity(1, 2));
    assertThat(HeatmapSimilarity.of(List.of(CONSTANT), List.of(RISING))).isEmpty();
  }

  /** A network with random weights can overflow. */
  @Test
  void imagesWithoutAFiniteHeatmapAreNotCounted() {
    float[] overflown = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
    assertThat(HeatmapSimilarity.of(List.of(RISING, overflown), List.of(FALLING, overflown)))
        .contains(new HeatmapSimilarity(-1, 1));
    assertThat(HeatmapSimilarity.of(List.of(RISING), List.of(overflown))).isEmpty();
  }
}
