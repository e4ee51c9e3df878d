package org.bagnetlab.vision.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SymmetricBetaTests {

  private static final int DRAWS = 40_000;

  /**
   * The mean is 1/2, the variance v = 1 / (4 (2 a + 1)) and the fourth central moment 3 v^2 (2 a +
   * 1) / (2 a + 3). Within four standard errors.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.2, 1, 1.5, 30})
  void hasTheMomentsOfTheDistribution(double parameter) {
    Random random = new Random(11);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double drawn = new SymmetricBeta(parameter).draw(random);
      assertThat(drawn).isBetween(0.0, 1.0);
      sum += drawn - 0.5;
      squares += (drawn - 0.5) * (drawn - 0.5);
    }
    double variance = 1 / (4 * (2 * parameter + 1));
    double fourth = variance * variance * 3 * (2 * parameter + 1) / (2 * parameter + 3);
    double errorOfVariance = Math.sqrt((fourth - variance * variance) / DRAWS);
    assertThat(sum / DRAWS).isCloseTo(0, within(4 * Math.sqrt(variance / DRAWS)));
    assertThat(squares / DRAWS).isCloseTo(variance, within(4 * errorOfVariance));
  }
}
