package org.bagnetlab.server.results.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
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
                      List.of(),
                      TRAININGS,
                      IntStream.range(0, TRAININGS)
                          .mapToObj(any -> new double[] {random.nextDouble()})
                          .toList()))
          .toList();

  private double value(int setting, int training) {
    return settings.get(setting).columns().get(training)[0];
  }

  private HeldOutForest.Errors errors(IntToDoubleFunction accuracy) {
    return new HeldOutForest(settings, IntStream.range(0, TRAININGS).toArray())
        .errors(IntStream.range(0, TRAININGS).mapToDouble(accuracy).toArray());
  }

  @Test
  void theSettingThatAccuracyDependsOnMatters() {
    HeldOutForest.Errors errors = errors(i -> value(1, i) > 0.5 ? 0.8 : 0.4);
    // Half of the trainings differ by .2 from their mean, and half of the shuffled ones by .4 from
    // the prediction: a root mean square of .28.
    assertThat(errors.ofMean()).isCloseTo(0.2, within(0.02));
    assertThat(errors.ofForest()).isLessThan(0.1);
    assertThat(errors.shuffled()[1]).isCloseTo(0.28, within(0.03));
    assertThat(errors.rises()[0]).isCloseTo(0, within(0.01));
    assertThat(errors.rises()[2]).isCloseTo(0, within(0.01));
  }

  @Test
  void settingsThatMatterOnlyTogetherBothMatter() {
    HeldOutForest.Errors errors = errors(i -> value(0, i) > 0.4 && value(2, i) > 0.4 ? 0.8 : 0.4);
    assertThat(errors.rises()[0]).isGreaterThan(0.05);
    assertThat(errors.rises()[2]).isGreaterThan(0.05);
    assertThat(errors.rises()[1]).isLessThan(0.02);
  }

  @Test
  void noiseCannotBePredicted() {
    HeldOutForest.Errors errors = errors(i -> random.nextGaussian());
    assertThat(errors.ofForest()).isGreaterThan(0.95 * errors.ofMean());
    assertThat(DoubleStream.of(errors.rises()).max().orElseThrow()).isLessThan(0.1);
  }

  /** Each value occurs twice: what one says of the other is no prediction. */
  @Test
  void configurationsOfAGroupAreNotPredictedFromEachOther() {
    int[] pairs = IntStream.range(0, TRAININGS).map(i -> i / 2).toArray();
    double[] accuracies = new double[TRAININGS];
    for (int i = 0; i < TRAININGS; i += 2) {
      accuracies[i] = random.nextDouble();
      accuracies[i + 1] = accuracies[i];
    }
    List<SettingColumns> same =
        List.of(
            new SettingColumns(
                "number",
                "Number",
                List.of(),
                TRAININGS / 2,
                IntStream.of(pairs).mapToObj(pair -> new double[] {(pair * 7) % 30}).toList()));
    HeldOutForest.Errors known =
        new HeldOutForest(same, IntStream.range(0, TRAININGS).toArray()).errors(accuracies);
    HeldOutForest.Errors unknown = new HeldOutForest(same, pairs).errors(accuracies);
    assertThat(known.ofForest()).isLessThan(0.9 * known.ofMean());
    assertThat(unknown.ofForest()).isGreaterThan(0.95 * unknown.ofMean());
  }

  @Test
  void equalTrainingsGiveEqualErrors() {
    HeldOutForest.Errors errors = errors(i -> value(0, i));
    assertThat(errors(i -> value(0, i)).ofForest()).isEqualTo(errors.ofForest());
    assertThat(errors(i -> value(0, i)).shuffled()).isEqualTo(errors.shuffled());
  }
}
