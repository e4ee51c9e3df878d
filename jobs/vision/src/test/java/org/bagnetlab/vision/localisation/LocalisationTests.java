package org.bagnetlab.vision.localisation;

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
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class LocalisationTests {

  /** At least one point is within a mark and one is not. */
  private static boolean[] marks(Random random, int points) {
    boolean[] marks = new boolean[points];
    for (int i = 0; i < points; i++) {
      marks[i] = random.nextInt(5) == 0;
    }
    marks[0] = true;
    marks[points - 1] = false;
    return marks;
  }

  @Property(tries = 200)
  void evidenceOnlyAtMarksIsAllWithinMarks(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 100) int points) {
    Random random = new Random(seed);
    boolean[] marks = marks(random, points);
    float[] logits = new float[points];
    for (int i = 0; i < points; i++) {
      logits[i] = marks[i] ? random.nextFloat() + .01f : -random.nextFloat();
    }
    Localisation found = Localisation.of(logits, marks);
    assertThat(found.within()).hasValue(1);
    assertThat(found.pointing()).isEqualTo(1);
  }

  @Property(tries = 200)
  void ofAMapThatIsTheSameEverywhereBothMeasuresAreTheShareOfMarkedPoints(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 100) int points,
      @ForAll @FloatRange(min = .1f, max = 100) float evidence) {
    boolean[] marks = marks(new Random(seed), points);
    float[] logits = new float[points];
    Arrays.fill(logits, evidence);
    int marked = 0;
    for (boolean mark : marks) {
      marked += mark ? 1 : 0;
    }
    Localisation found = Localisation.of(logits, marks);
    assertThat(found.chance()).isEqualTo((double) marked / points);
    assertThat(found.pointing()).isEqualTo(found.chance());
    assertThat(found.within().orElseThrow()).isCloseTo(found.chance(), within(1e-12));
  }

  /** Negative logits, and the scale of positive ones, are of no importance. */
  @Property(tries = 200)
  void onlyTheProportionsOfPositiveLogitsDecide(@ForAll long seed) {
    Random random = new Random(seed);
    boolean[] marks = marks(random, 49);
    float[] logits = new float[49];
    float[] others = new float[49];
    for (int i = 0; i < 49; i++) {
      logits[i] = (float) random.nextGaussian();
      others[i] = logits[i] > 0 ? 8 * logits[i] : -random.nextFloat();
    }
    logits[3] = 1;
    others[3] = 8;
    Localisation found = Localisation.of(logits, marks);
    Localisation other = Localisation.of(others, marks);
    assertThat(other.within().orElseThrow()).isCloseTo(found.within().orElseThrow(), within(1e-12));
    assertThat(other.pointing()).isEqualTo(found.pointing());
  }

  @Test
  void evidenceCountsByItsSizeAndTheLargestByItsPlace() {
    float[] logits = {1, 3, -7, 4, 0, 2};
    boolean[] marks = {true, true, true, false, false, false};
    Localisation found = Localisation.of(logits, marks);
    assertThat(found.within().orElseThrow()).isCloseTo(.4, within(1e-12));
    assertThat(found.pointing()).isZero();
    assertThat(found.chance()).isEqualTo(.5);
    logits[1] = 4;
    assertThat(Localisation.of(logits, marks).pointing()).isEqualTo(.5);
  }

  @Test
  void withoutEvidenceThereIsNoShareOfIt() {
    Localisation found =
        Localisation.of(new float[] {-1, 0, -2}, new boolean[] {false, true, false});
    assertThat(found.within()).isEmpty();
    assertThat(found.pointing()).isEqualTo(1);
  }

  @Test
  void logitsAndPointsMustBelongTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Localisation.of(new float[2], new boolean[3]));
  }
}
