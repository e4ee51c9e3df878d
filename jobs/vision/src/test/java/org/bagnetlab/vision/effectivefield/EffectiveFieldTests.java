package org.bagnetlab.vision.effectivefield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.network.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveFieldTests {

  private static final int SIZE = 81;
  private static final SeenPatch WHOLE = new SeenPatch(40, 40, Optional.empty());

  /** How large a gradient is, by its pixel. */
  private interface Gradient {
    double at(int row, int column);
  }

  /** Of one image with a single channel. */
  private static EffectiveField field(SeenPatch patch, Gradient gradient) {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) gradient.at(i / SIZE, i % SIZE);
    }
    GradientMagnitudes magnitudes = new GradientMagnitudes(SIZE);
    magnitudes.add(new Batch(new float[values.length], 1, 1, SIZE, SIZE), values);
    return EffectiveField.of(patch, magnitudes);
  }

  /**
   * A Gaussian in two dimensions holds 1 - exp(-r^2 / 2 s^2) within r, and falls below 4.55 % at s
   * sqrt(-2 ln 0.0455). Rings of pixels are up to a pixel wide.
   */
  @ParameterizedTest
  @ValueSource(doubles = {4, 6, 9})
  void ofAGaussianItIsWhatFollowsFromItsDeviation(double deviation) {
    EffectiveField field =
        field(
            WHOLE,
            (row, column) -> Math.exp(-Math.pow(WHOLE.distance(row, column) / deviation, 2) / 2));
    for (double share : new double[] {0.5, 0.95}) {
      double radius = deviation * Math.sqrt(-2 * Math.log(1 - share));
      assertThat(field.radius(share)).isCloseTo(radius, within(0.6));
      assertThat(field.within(radius)).isCloseTo(share, within(0.02));
    }
    double edge = deviation * Math.sqrt(-2 * Math.log(0.0455));
    assertThat(field.side()).isCloseTo(Math.sqrt(Math.PI) * edge, within(0.5));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 17, 33})
  void aGradientThatIsTheSameInThePatchFillsIt(int side) {
    SeenPatch patch = new SeenPatch(36, 20, Optional.of(side));
    EffectiveField field = field(patch, (row, column) -> patch.contains(row, column) ? -2 : 0);
    assertThat(field.side()).isEqualTo(side);
    assertThat(field.reach()).isCloseTo((side - 1) * Math.sqrt(0.5), within(1e-9));
    assertThat(field.outside()).isZero();
  }

  @Test
  void aRadiusIsTheSmallestThatHoldsItsShare() {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      SeenPatch patch = new SeenPatch(random.nextInt(SIZE), random.nextInt(SIZE), Optional.of(17));
      EffectiveField field = field(patch, (row, column) -> random.nextGaussian());
      double share = random.nextDouble();
      double radius = field.radius(share);
      assertThat(field.within(radius)).isGreaterThanOrEqualTo(share - 1e-9);
      assertThat(field.within(radius - 1e-9)).isLessThan(share);
      assertThat(field.within(field.reach())).isCloseTo(1, within(1e-9));
      assertThat(field.outside()).isBetween(0.0, 1.0);
      assertThat(field.map().mean() * SIZE * SIZE).isCloseTo(1, within(1e-5));
    }
  }

  /** Positive and negative gradients of different channels and images do not cancel. */
  @Test
  void magnitudesAreAddedOverChannelsAndImages() {
    GradientMagnitudes magnitudes = new GradientMagnitudes(1);
    magnitudes.add(new Batch(new float[4], 2, 2, 1, 1), new float[] {1, -1, 2, -2});
    assertThat(magnitudes.shares()).containsExactly(1);

    GradientMagnitudes wide = new GradientMagnitudes(2);
    wide.add(new Batch(new float[8], 1, 2, 2, 2), new float[] {1, 0, 0, 0, -1, 0, 0, 2});
    wide.add(new Batch(new float[4], 1, 1, 2, 2), new float[] {0, 4, 0, 0});
    assertThat(wide.shares()).containsExactly(0.25, 0.5, 0, 0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY})
  void withoutAFiniteGradientThereIsNone(double value) {
    assertThatThrownBy(() -> field(WHOLE, (row, column) -> value))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining(String.valueOf(value));
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    assertThatThrownBy(
            () -> new GradientMagnitudes(3).add(new Batch(new float[4], 1, 1, 2, 2), new float[4]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
