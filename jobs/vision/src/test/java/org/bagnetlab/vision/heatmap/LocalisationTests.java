package org.bagnetlab.vision.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class LocalisationTests {

  /** At least one patch is informative and one is not. */
  private static boolean[] informative(Random random, int patches) {
    boolean[] informative = new boolean[patches];
    for (int i = 0; i < patches; i++) {
      informative[i] = random.nextInt(5) == 0;
    }
    informative[0] = true;
    informative[patches - 1] = false;
    return informative;
  }

  @Property(tries = 200)
  void aMapThatUsesInformativePatchesOnlyScores1(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 100) int patches) {
    Random random = new Random(seed);
    boolean[] informative = informative(random, patches);
    float[] logits = new float[patches];
    for (int i = 0; i < patches; i++) {
      logits[i] = informative[i] ? random.nextFloat() + .01f : -random.nextFloat();
    }
    Localisation found = Localisation.of(logits, informative);
    assertThat(found.evidence()).hasValue(1);
    assertThat(found.largest()).hasValue(1);
  }

  @Property(tries = 200)
  void aMapThatIsTheSameEverywhereScoresChance(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 100) int patches,
      @ForAll @FloatRange(min = .1f, max = 100) float evidence) {
    boolean[] informative = informative(new Random(seed), patches);
    float[] logits = new float[patches];
    Arrays.fill(logits, evidence);
    int count = 0;
    for (boolean each : informative) {
      count += each ? 1 : 0;
    }
    Localisation found = Localisation.of(logits, informative);
    assertThat(found.chance()).isEqualTo((double) count / patches);
    assertThat(found.largest()).hasValue(found.chance());
    assertThat(found.evidence().orElseThrow()).isCloseTo(found.chance(), within(1e-12));
  }

  /**
   * On the images themselves: what counts two marks, as a network with patches of 17 pixels can,
   * scores 1, and what sees marks alone no more than chance.
   */
  @Test
  void onGeneratedImagesTwoMarksScore1OneMarkLessThanChanceAndNoiseChance() {
    Random random = new Random(1);
    double chance = 0;
    double noise = 0;
    int images = 0;
    for (SceneImage image : new Controlled15().images()) {
      if (image.path().startsWith("test/near-")) {
        boolean[] informative = Controlled15.informativePatches(image, 64, 17, 4);
        float[] two = new float[informative.length];
        float[] one = new float[informative.length];
        float[] any = new float[informative.length];
        for (int i = 0; i < informative.length; i++) {
          two[i] = informative[i] ? 1 : 0;
          one[i] = informative[i] ? 0 : 1;
          any[i] = (float) random.nextGaussian();
        }
        Localisation found = Localisation.of(any, informative);
        if (found.evidence().isPresent()) {
          images++;
          chance += found.chance();
          noise += found.evidence().getAsDouble();
          assertThat(Localisation.of(two, informative).evidence()).hasValue(1);
          assertThat(Localisation.of(two, informative).largest()).hasValue(1);
          assertThat(Localisation.of(one, informative).evidence()).hasValue(0);
        }
      }
    }
    assertThat(images).isGreaterThan(400);
    // Of all phases 112 of 121; of 144 patches of an image the share is nearly that.
    assertThat(chance / images).isCloseTo(112 / 121.0, within(.01));
    // A standard error of about .001.
    assertThat(noise / images).isCloseTo(chance / images, within(.006));
  }

  /** Negative logits, and the scale of positive ones, are of no importance. */
  @Property(tries = 200)
  void onlyTheProportionsOfPositiveLogitsDecide(@ForAll long seed) {
    Random random = new Random(seed);
    boolean[] informative = informative(random, 49);
    float[] logits = new float[49];
    float[] others = new float[49];
    for (int i = 0; i < 49; i++) {
      logits[i] = (float) random.nextGaussian();
      others[i] = logits[i] > 0 ? 8 * logits[i] : -random.nextFloat();
    }
    logits[3] = 1;
    others[3] = 8;
    Localisation found = Localisation.of(logits, informative);
    Localisation other = Localisation.of(others, informative);
    assertThat(other.evidence().orElseThrow())
        .isCloseTo(found.evidence().orElseThrow(), within(1e-12));
    assertThat(other.largest()).isEqualTo(found.largest());
  }

  @Test
  void evidenceCountsByItsSizeAndTheLargestByItsPlace() {
    float[] logits = {1, 3, -7, 4, 0, 2};
    boolean[] informative = {true, true, true, false, false, false};
    Localisation found = Localisation.of(logits, informative);
    assertThat(found.evidence().orElseThrow()).isCloseTo(.4, within(1e-12));
    assertThat(found.largest()).hasValue(0);
    assertThat(found.chance()).isEqualTo(.5);
    logits[1] = 4;
    assertThat(Localisation.of(logits, informative).largest()).hasValue(.5);
  }

  @Test
  void withoutEvidenceThereIsNoShareOfIt() {
    Localisation found =
        Localisation.of(new float[] {-1, 0, -2}, new boolean[] {false, true, false});
    assertThat(found.evidence()).isEmpty();
    assertThat(found.largest()).hasValue(1);
  }

  /** Where no map can be wrong, or right, none is measured. */
  @Test
  void whereAllPatchesAreInformativeOrNoneIsThereIsOnlyTheirShare() {
    for (boolean all : new boolean[] {true, false}) {
      Localisation found = Localisation.of(new float[] {1, 2}, new boolean[] {all, all});
      assertThat(found.evidence()).isEmpty();
      assertThat(found.largest()).isEmpty();
      assertThat(found.chance()).isEqualTo(all ? 1 : 0);
    }
  }

  @Test
  void logitsAndPatchesMustBelongTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Localisation.of(new float[2], new boolean[3]));
  }
}
