package org.bagnetlab.vision.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.network.Batch;
import org.junit.jupiter.api.Test;

/** Masks that no patch of a bag of local features sees two of add up; others need not. */
@AddLifecycleHook(TryTimeLimit.class)
class InteractionTests {

  private static final int SIZE = 24;

  /** Float32: logits are up to 400, and some twenty are added up. */
  private static final double ROUNDING = 1e-3;

  /**
   * The mean, over all patches of q x q pixels, of the square of a patch's sum: the effect of two
   * masks in a patch is more than nothing less than the sum of their effects.
   */
  private static Classifier bagOfPatches(int q) {
    return images -> {
      int patches = SIZE - q + 1;
      float[][] logits = new float[images.images()][1];
      for (int image = 0; image < images.images(); image++) {
        double logit = 0;
        for (int patch = 0; patch < patches * patches; patch++) {
          double sum = 0;
          for (int i = 0; i < q * q; i++) {
            int row = patch / patches + i / q;
            int column = patch % patches + i % q;
            sum += images.values()[(image * SIZE + row) * SIZE + column];
          }
          logit += sum * sum;
        }
        logits[image][0] = (float) (logit / (patches * patches));
      }
      return logits;
    };
  }

  private static Interaction interaction(Classifier classifier, MaskGrid grid, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 0.5f + random.nextFloat() / 2;
    }
    Batch image = new Batch(pixels, 1, 1, SIZE, SIZE);
    float[][] copies = new MaskedCopies(classifier, 8).logits(image, 0, Interaction.copies(grid));
    return Interaction.of(0, classifier.logits(image)[0], Arrays.asList(copies));
  }

  @Property(tries = 60)
  void masksAddUpIfNoPatchSeesTwo(
      @ForAll @IntRange(min = 1, max = 5) int q,
      @ForAll @IntRange(min = 1, max = 4) int side,
      @ForAll @IntRange(min = 0, max = 3) int more,
      @ForAll long seed) {
    int gap = q - 1 + more;
    int across = Math.min(3, (SIZE + gap) / (side + gap));
    Interaction interaction =
        interaction(bagOfPatches(q), new MaskGrid(SIZE, side, gap, across), seed);
    assertThat(interaction.joint()).isPositive();
    assertThat(interaction.separate()).isCloseTo(interaction.joint(), within(ROUNDING));
  }

  @Property(tries = 60)
  void masksThatAPatchSeesTogetherInteract(
      @ForAll @IntRange(min = 2, max = 5) int q,
      @ForAll @IntRange(min = 1, max = 4) int side,
      @ForAll @IntRange(min = 0, max = 3) int less,
      @ForAll long seed) {
    int gap = Math.max(0, q - 2 - less);
    Interaction interaction = interaction(bagOfPatches(q), new MaskGrid(SIZE, side, gap, 2), seed);
    assertThat(interaction.separate() - interaction.joint()).isGreaterThan(2 * ROUNDING);
  }

  /** NumPy: {@code corrcoef(a, b)[0, 1]} and {@code abs(a - b).mean() / abs(a).mean()}. */
  @Test
  void overImagesTheyAreCorrelatedAndDeviate() {
    Additivity additivity =
        new Additivity(
            List.of(
                new Interaction(1, 1.5),
                new Interaction(2, 1),
                new Interaction(-1, -2),
                new Interaction(4, 5)));
    assertThat(additivity.correlation().orElseThrow()).isCloseTo(0.9628948563481344, within(1e-12));
    assertThat(additivity.deviation()).hasValueCloseTo(0.4375, within(1e-12));
    assertThat(additivity.effect()).isEqualTo(2);
  }

  @Test
  void whereMasksHaveNoEffectNeitherIsDefined() {
    Additivity additivity = new Additivity(List.of(new Interaction(0, 0), new Interaction(0, 0)));
    assertThat(additivity.correlation()).isEmpty();
    assertThat(additivity.deviation()).isEmpty();
    assertThat(additivity.effect()).isZero();
  }
}
