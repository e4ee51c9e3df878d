package org.bagnetlab.server.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forests on accuracies that are known functions of settings. */
@Timeout(60)
class HeldOutForestTests {

  private static final int TRAININGS = 60;

  private final Random random = new Random(7);

  /** Three settings whose values are equally distributed in [0, 1]. */
  private final List<SettingColumns> settings =
      IntStream.range(0, 3)
          .mapToObj(
              i ->
                  new SettingColumns(
                      "setting" + i,
                      "Setting " + i,
                      TRAININGS,
                      IntStream.range(0, TRAININGS)
                          .mapToObj(any -> new double[] {random.nextDouble()})
                          .toList()))
          .toList();

  private double value(int setting, int training) {
    return settings.get(setting).columns().get(training)[0];
  }

  private HeldOutForest.Errors errors(java.util.function.IntToDoubleFunction accuracy) {
    return new HeldOutForest(settings, TRAININGS)
        .errors(IntStream.range(0, TRAININGS).mapToDouble(accuracy).toArray());
  }

  @Test
  void theSettingThatAccuracyDependsOnMatters() {
    HeldOutForest.Errors errors = errors(i -> value(1, i) > 0.5 ? 0.8 : 0.4);
    // Half of the trainings differ by .2 from their mean, and half of the shuffled ones by .4 from
    // the prediction: a root mean square of .28.
    assertThat(errors.ofMean()).isCloseTo(0.2, within(0.02));
    assertThat(errors.ofForest()).isLessThan(0.05);
    assertThat(errors.rise(1)).isCloseTo(0.25, within(0.05)).isEqualTo(errors.largestRise());
    assertThat(errors.rise(0)).isCloseTo(0, within(0.01));
    assertThat(errors.rise(2)).isCloseTo(0, within(0.01));
  }

  @Test
  void settingsThatMatterOnlyTogetherBothMatter() {
    HeldOutForest.Errors errors = errors(i -> value(0, i) > 0.4 && value(2, i) > 0.4 ? 0.8 : 0.4);
    assertThat(errors.rise(0)).isGreaterThan(0.05);
    assertThat(errors.rise(2)).isGreaterThan(0.05);
    assertThat(errors.rise(1)).isLessThan(0.02);
  }

  @Test
  void noiseCannotBePredicted() {
    HeldOutForest.Errors errors = errors(i -> random.nextGaussian());
    assertThat(errors.ofForest()).isGreaterThan(0.95 * errors.ofMean());
    assertThat(errors.largestRise()).isLessThan(0.1);
  }

  @Test
  void equalTrainingsGiveEqualErrors() {
    HeldOutForest.Errors errors = errors(i -> value(0, i));
    assertThat(errors(i -> value(0, i)).ofForest()).isEqualTo(errors.ofForest());
    assertThat(errors(i -> value(0, i)).shuffled()).isEqualTo(errors.shuffled());
  }
}
