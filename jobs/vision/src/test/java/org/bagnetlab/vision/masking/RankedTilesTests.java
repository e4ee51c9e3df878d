package org.bagnetlab.vision.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.saliency.SaliencyMap;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class RankedTilesTests {

  private static final MaskGrid TILES = MaskGrid.tiles(12, 3);

  private static double mean(SaliencyMap map, Square tile) {
    return map.mean(tile.top(), tile.left(), tile.side());
  }

  @Property(tries = 100)
  void theMeansFallAndEveryTileIsThereOnce(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 16) int count) {
    Random random = new Random(seed);
    float[] values = new float[144];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    SaliencyMap map = new SaliencyMap(12, values);
    RankedTiles ranked = RankedTiles.of(TILES, map, new SplittableRandom(seed));
    assertThat(ranked.tiles()).containsExactlyInAnyOrderElementsOf(TILES.squares());
    for (int i = 1; i < 16; i++) {
      assertThat(mean(map, ranked.tiles().get(i)))
          .isLessThanOrEqualTo(mean(map, ranked.tiles().get(i - 1)));
    }
    List<Square> all = new ArrayList<>(ranked.first(count));
    assertThat(all).hasSize(count);
    all.addAll(ranked.without(count));
    assertThat(all).isEqualTo(ranked.tiles());
  }

  @Test
  void aMeanIsThatOfTheTilesPixels() {
    float[] values = new float[16];
    values[6] = 3;
    values[7] = 5;
    values[11] = 2;
    assertThat(new SaliencyMap(4, values).mean(1, 2, 2)).isCloseTo(2.5, within(1e-12));
  }

  /** Otherwise the first rows of an image would count as the most salient where a map is 0. */
  @Test
  void equalTilesAreInRandomOrder() {
    SaliencyMap flat = new SaliencyMap(12, new float[144]);
    int[] firsts = new int[16];
    int images = 16_000;
    for (int seed = 0; seed < images; seed++) {
      RankedTiles ranked = RankedTiles.of(TILES, flat, new SplittableRandom(seed));
      assertThat(ranked).isEqualTo(RankedTiles.random(TILES, new SplittableRandom(seed)));
      firsts[TILES.squares().indexOf(ranked.tiles().get(0))]++;
    }
    // Chi-squared with 15 degrees of freedom: 44 is exceeded once in 10,000.
    double chi = 0;
    for (int count : firsts) {
      chi += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    assertThat(chi).isLessThan(44);
  }
}
