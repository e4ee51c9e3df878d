package org.bagnetlab.vision.predictivepatches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.network.LogitMap;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class PatchRankingTests {

  /** Few different logits, so that some are equal. */
  private static LogitMap maps(Random random, int images, int classes, int height, int width) {
    float[] values = new float[images * classes * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(40) - 20;
    }
    return new LogitMap(values, images, classes, height, width);
  }

  @Property(tries = 100)
  void noImageHasABetterPatchThanThoseThatAreThere(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int images,
      @ForAll @IntRange(min = 1, max = 8) int most) {
    LogitMap maps = maps(new Random(seed), images, 3, 4, 5);
    PatchRanking ranking = new PatchRanking(3);
    for (int i = 0; i < images; i++) {
      ranking.add(maps, i, i);
    }
    for (int label = 0; label < 3; label++) {
      List<BestPatch> top = ranking.top(label, most, image -> image % 3 != 1);
      assertThat(top).extracting(BestPatch::image).doesNotHaveDuplicates();
      assertThat(top).hasSize(Math.min(most, images - (images + 1) / 3));
      assertThat(top).isSortedAccordingTo((a, b) -> Float.compare(b.logit(), a.logit()));
      float last = top.get(top.size() - 1).logit();
      for (BestPatch patch : top) {
        assertThat(maps.at(patch.image(), label, patch.row(), patch.column()))
            .isEqualTo(patch.logit());
      }
      for (int image = 0; image < images; image++) {
        int wanted = image;
        for (int i = 0; i < 20; i++) {
          float logit = maps.at(image, label, i / 5, i % 5);
          float best =
              top.stream()
                  .filter(patch -> patch.image() == wanted)
                  .map(BestPatch::logit)
                  .findFirst()
                  .orElse(image % 3 == 1 ? 99 : last);
          assertThat(logit).isLessThanOrEqualTo(best);
        }
      }
    }
  }

  @Test
  void ofEqualPatchesTheFirstCounts() {
    LogitMap maps = new LogitMap(new float[] {1, 2, 2, 0, 2, 0, 0, 2}, 2, 1, 2, 2);
    PatchRanking ranking = new PatchRanking(1);
    ranking.add(maps, 0, 7);
    ranking.add(maps, 1, 8);
    assertThat(ranking.top(0, 5, image -> true))
        .containsExactly(new BestPatch(7, 0, 1, 2), new BestPatch(8, 0, 0, 2));
  }
}
