package org.bagnetlab.vision.patchrobustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.network.LogitMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@AddLifecycleHook(TryTimeLimit.class)
class RobustMaskingTests {

  private static final float ENORMOUS = 1e30f;

  /**
   * Some clear evidence for one class over weak evidence for all, so that some maps are certified.
   */
  private static LogitMap random(Random random, int classes, int height, int width) {
    float[] values = new float[classes * height * width];
    int clear = random.nextInt(classes);
    double clarity = 4 * random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      double more = i / (height * width) == clear ? clarity : 0;
      values[i] = (float) (random.nextGaussian() + more);
    }
    return new LogitMap(values, 1, classes, height, width);
  }

  /** With other logits in a window. */
  private interface Change {
    float logit(int label);
  }

  private static LogitMap changed(LogitMap map, int top, int left, int side, Change change) {
    float[] values = map.values().clone();
    for (int label = 0; label < map.classes(); label++) {
      for (int row = top; row < Math.min(map.height(), top + side); row++) {
        for (int column = left; column < Math.min(map.width(), left + side); column++) {
          values[(label * map.height() + row) * map.width() + column] = change.logit(label);
        }
      }
    }
    return new LogitMap(values, 1, map.classes(), map.height(), map.width());
  }

  /**
   * By a program in Python with loops over cells: the class predicted without masking, then for
   * windows of 1 to 5 cells a side the class predicted with masking, and whether it is certified.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 3- 3- 3- 0- 0-",
    "1, 1+ 1- 1- 1- 2-",
    "2, 2+ 2- 2- 2- 3-",
    "3, 3+ 3+ 3- 3- 3-",
    "4, 0+ 0+ 0- 0- 0-",
    "5, 1+ 1+ 1- 1- 1-",
    "6, 2+ 2+ 2+ 2- 2-",
    "7, 3+ 3+ 3+ 3- 3-",
    "8, 0+ 0+ 0+ 0- 0-",
    "9, 1+ 1+ 1+ 1+ 1-",
  })
  void equalsAnIndependentComputation(int image, String expected) {
    int height = 5;
    int width = 6;
    int classes = 4;
    float[] values = new float[classes * height * width];
    for (int i = 0; i < values.length; i++) {
      int c = i / width / height;
      int r = i / width % height;
      int q = i % width;
      int number = image * 31 + c * 17 + r * r * 7 + q * 13 + r * q * 5 + c * r * 3;
      values[i] = (number % 23 - 7) / 4f + (c == image % classes ? image / 2f : 0);
    }
    LogitMap map = new LogitMap(values, 1, classes, height, width);
    StringBuilder found = new StringBuilder();
    for (int side = 1; side <= 5; side++) {
      RobustMasking masking = RobustMasking.of(map, 0, side);
      int predicted = masking.predicted();
      found.append(' ').append(predicted).append(masking.certifies(predicted) ? '+' : '-');
      for (int label = 0; label < classes; label++) {
        assertThat(masking.certifies(label) && label != predicted).isFalse();
      }
    }
    assertThat(found.toString().strip()).isEqualTo(expected);
  }

  /**
   * An adversary of logits, who is stronger than any of pixels, tries the worst that the proof
   * knows and random changes in every window.
   */
  @Property(tries = 150)
  void noChangeOfAWindowChangesACertifiedPrediction(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 5) int classes,
      @ForAll @IntRange(min = 3, max = 8) int height,
      @ForAll @IntRange(min = 3, max = 8) int width,
      @ForAll @IntRange(min = 1, max = 4) int side) {
    Random random = new Random(seed);
    LogitMap map = random(random, classes, height, width);
    int predicted = RobustMasking.of(map, 0, side).predicted();
    if (!RobustMasking.of(map, 0, side).certifies(predicted)) {
      return;
    }
    for (int top = 0; top <= height - Math.min(height, side); top++) {
      for (int left = 0; left <= width - Math.min(width, side); left++) {
        for (Change change : attacks(random, predicted)) {
          LogitMap attacked = changed(map, top, left, side, change);
          assertThat(RobustMasking.of(attacked, 0, side).predicted()).isEqualTo(predicted);
        }
      }
    }
  }

  private static Change[] attacks(Random random, int predicted) {
    double scale = Math.pow(10, 4 * random.nextDouble() - 1);
    return new Change[] {
      label -> label == predicted ? -ENORMOUS : ENORMOUS,
      label -> label == predicted ? 0 : (float) Math.abs(scale * random.nextGaussian()),
      label -> label == predicted ? ENORMOUS : 0,
      label -> (float) (scale * random.nextGaussian()),
      label -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NaN,
    };
  }

  /** Rounding changes every logit that the adversary does not, in the worst direction or any. */
  @Property(tries = 150)
  void noRoundingChangesAPredictionThatIsCertifiedWithIt(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 4) int classes,
      @ForAll @IntRange(min = 3, max = 6) int height,
      @ForAll @IntRange(min = 3, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 2) int side) {
    Random random = new Random(seed);
    double rounding = Math.pow(10, -3 * random.nextDouble());
    LogitMap map = random(random, classes, height, width);
    int predicted = RobustMasking.of(map, 0, side).predicted();
    if (!RobustMasking.of(map, 0, side).certifies(predicted, rounding)) {
      return;
    }
    for (boolean worst : new boolean[] {true, false}) {
      float[] values = map.values().clone();
      for (int i = 0; i < values.length; i++) {
        boolean less = worst ? i / (height * width) == predicted : random.nextBoolean();
        // Less than all of it, as the sum is rounded, too.
        values[i] += (float) ((less ? -.999 : .999) * rounding);
      }
      LogitMap rounded = new LogitMap(values, 1, classes, height, width);
      for (int top = 0; top <= height - side; top++) {
        for (int left = 0; left <= width - side; left++) {
          for (Change change : attacks(random, predicted)) {
            LogitMap attacked = changed(rounded, top, left, side, change);
            assertThat(RobustMasking.of(attacked, 0, side).predicted()).isEqualTo(predicted);
          }
        }
      }
    }
  }

  /** A class has .5 more than another can have, and each of 9 cells may lose or gain .5 / 18. */
  @Test
  void anExcessThatRoundingMayMakeUpCertifiesNothing() {
    float[] values = new float[18];
    Arrays.fill(values, 0, 9, 1);
    values[9] = 6;
    values[17] = .5f;
    RobustMasking masking = RobustMasking.of(new LogitMap(values, 1, 2, 3, 3), 0, 1);
    assertThat(masking.certifies(0)).isTrue();
    assertThat(masking.certifies(0, .5 / 18 - 1e-6)).isTrue();
    assertThat(masking.certifies(0, .5 / 18 + 1e-6)).isFalse();
    assertThat(masking.certifies(0, Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void roundingIsRelativeToTheLargestLogitOfTheImage() {
    LogitMap map = new LogitMap(new float[] {.1f, -.2f, 30, -50}, 2, 1, 1, 2);
    assertThat(RobustMasking.rounding(map, 0)).isEqualTo(2e-4);
    assertThat(RobustMasking.rounding(map, 1)).isEqualTo(50 * 2e-4);
  }

  /**
   * The bounds are reached. The last class loses every draw, so it is certified if and only if it
   * withstands the worst change of each window.
   */
  @Property(tries = 300)
  void whatIsNotCertifiedCanBeChanged(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int classes,
      @ForAll @IntRange(min = 2, max = 7) int height,
      @ForAll @IntRange(min = 2, max = 7) int width,
      @ForAll @IntRange(min = 1, max = 4) int side) {
    LogitMap map = random(new Random(seed), classes, height, width);
    int last = classes - 1;
    boolean withstands = true;
    for (int top = 0; top <= height - Math.min(height, side); top++) {
      for (int left = 0; left <= width - Math.min(width, side); left++) {
        LogitMap attacked = changed(map, top, left, side, label -> label == last ? -1 : ENORMOUS);
        withstands &= RobustMasking.of(attacked, 0, side).predicted() == last;
      }
    }
    assertThat(RobustMasking.of(map, 0, side).certifies(last)).isEqualTo(withstands);
  }

  /** All 6561 changes of both classes' evidence in all four windows of a small map. */
  @Property(tries = 20)
  void noneOfAllChangesOfASmallMapChangesACertifiedPrediction(@ForAll long seed) {
    Random random = new Random(seed);
    float[] values = new float[18];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 9 ? 1 + random.nextInt(4) : Math.max(0, random.nextInt(8) - 4);
    }
    if (!RobustMasking.of(new LogitMap(values, 1, 2, 3, 3), 0, 2).certifies(0)) {
      return;
    }
    for (int window = 0; window < 4; window++) {
      for (int change = 0; change < 6561; change++) {
        float[] attacked = values.clone();
        int rest = change;
        for (int i = 0; i < 8; i++) {
          int cell = (window / 2 + i % 4 / 2) * 3 + window % 2 + i % 2;
          attacked[i / 4 * 9 + cell] = rest % 3 == 0 ? 0 : rest % 3 == 1 ? 2 : 9;
          rest /= 3;
        }
        RobustMasking masking = RobustMasking.of(new LogitMap(attacked, 1, 2, 3, 3), 0, 2);
        assertThat(masking.predicted()).isZero();
      }
    }
  }

  /** Of 9 equal cells, the adversary has one, another one is masked, and 7 are left. */
  @Test
  void aClassIsCertifiedIfItKeepsMoreThanAnotherHas() {
    float[] values = new float[18];
    Arrays.fill(values, 0, 9, 1);
    values[9] = 6;
    values[17] = 1;
    assertThat(RobustMasking.of(new LogitMap(values, 1, 2, 3, 3), 0, 1).certifies(0)).isFalse();
    values[17] = .5f;
    assertThat(RobustMasking.of(new LogitMap(values, 1, 2, 3, 3), 0, 1).certifies(0)).isTrue();
  }

  /** What a square of pixels touches is within a window, wherever the square is. */
  @Property(tries = 300)
  void aSquareTouchesNoMoreThanAWindow(
      @ForAll @IntRange(min = 1, max = 40) int square,
      @ForAll @IntRange(min = 1, max = 40) int field,
      @ForAll @IntRange(min = 1, max = 10) int stride) {
    int window = RobustMasking.windowSide(square, field, stride);
    int cells = 30;
    int image = (cells - 1) * stride + field;
    int most = 0;
    for (int from = 0; from + square <= image; from++) {
      int first = cells;
      int last = -1;
      for (int cell = 0; cell < cells; cell++) {
        boolean touched = cell * stride < from + square && from < cell * stride + field;
        first = touched ? Math.min(first, cell) : first;
        last = touched ? cell : last;
      }
      most = Math.max(most, last - first + 1);
    }
    assertThat(most).isLessThanOrEqualTo(window);
    if (image >= 3 * square + 2 * field) {
      // Away from the border some place of the square needs all of it.
      assertThat(most).isEqualTo(window);
    }
  }

  @Test
  void aWindowOverTheWholeMapLeavesNothing() {
    LogitMap map = random(new Random(1), 3, 4, 4);
    RobustMasking masking = RobustMasking.of(map, 0, 4);
    assertThat(masking.predicted()).isZero();
    for (int label = 0; label < 3; label++) {
      assertThat(masking.certifies(label)).isFalse();
    }
    assertThat(RobustMasking.of(map, 0, 9).predicted()).isZero();
  }

  @Test
  void theImageOfTheBatchIsTheOneThatIsAskedFor() {
    Random random = new Random(4);
    LogitMap one = random(random, 3, 5, 5);
    LogitMap other = random(random, 3, 5, 5);
    float[] both = new float[150];
    System.arraycopy(one.values(), 0, both, 0, 75);
    System.arraycopy(other.values(), 0, both, 75, 75);
    LogitMap batch = new LogitMap(both, 2, 3, 5, 5);
    for (int side = 1; side < 4; side++) {
      assertThat(RobustMasking.of(batch, 1, side).predicted())
          .isEqualTo(RobustMasking.of(other, 0, side).predicted());
    }
  }
}
