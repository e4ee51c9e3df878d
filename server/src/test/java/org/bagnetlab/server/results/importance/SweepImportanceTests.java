package org.bagnetlab.server.results.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.server.table.PlainText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Importances of the settings of sweeps whose accuracies are known functions of them. */
@Timeout(120)
class SweepImportanceTests {

  private final Random random = new Random(3);

  /** Trainings with different rates, networks, and numbers of epochs. */
  private final List<TrainSpec> trainings =
      IntStream.range(0, 48)
          .mapToObj(
              i ->
                  SimulatedRuns.spec(
                          List.of("bagnet9", "bagnet17", "bagnet33").get(random.nextInt(3)),
                          "controlled-15",
                          1)
                      .with(
                          TrainExperiment.LEARNING_RATE, Math.pow(10, -4 + 2 * random.nextDouble()))
                      .with(TrainExperiment.EPOCHS, 5 + random.nextInt(20)))
          .toList();

  private static SweepImportance importance(
      List<TrainSpec> trainings, ToDoubleFunction<TrainSpec> accuracy) {
    return SweepImportance.of(
        new SweepOutcomes(
            trainings.stream()
                .map(spec -> new SweepOutcomes.Outcome(0, spec, accuracy.applyAsDouble(spec)))
                .toList(),
            Optional.empty(),
            Set.of()));
  }

  /** The settings on the first data set. */
  private static List<DatasetImportance.Importance> settings(SweepImportance found) {
    return found.datasets().getFirst().forest().orElseThrow().settings();
  }

  private static double good(TrainSpec spec) {
    return spec.get(TrainExperiment.LEARNING_RATE) > .001 ? .3 : 0;
  }

  @Test
  void settingsThatMatterComeFirst() {
    SweepImportance found =
        importance(
            trainings,
            spec ->
                .3
                    + good(spec)
                    + (spec.architecture().equals("bagnet33") ? .2 : 0)
                    + .01 * random.nextGaussian());
    assertThat(found.datasets())
        .singleElement()
        .returns("controlled-15", DatasetImportance::dataset)
        .returns(48, DatasetImportance::trainings);
    DatasetImportance.Forest forest = found.datasets().getFirst().forest().orElseThrow();
    assertThat(forest.error()).isLessThan(forest.errorOfMean() / 2);
    assertThat(forest.settings())
        .extracting(DatasetImportance.Importance::setting)
        .containsExactly("learningRate", "architecture", "epochs");
    assertThat(forest.settings())
        .extracting(DatasetImportance.Importance::matters)
        .containsExactly(true, true, false);
    assertThat(forest.settings().getFirst().p()).isCloseTo(.025, within(1e-9));
    assertThat(forest.settings().get(1).values()).isEqualTo(3);
  }

  @Test
  void whatCannotBePredictedIsNotExplained() {
    SweepImportance found = importance(trainings, spec -> random.nextDouble());
    DatasetImportance.Forest forest = found.datasets().getFirst().forest().orElseThrow();
    assertThat(forest.error()).isGreaterThanOrEqualTo(forest.errorOfMean());
    assertThat(forest.settings()).isEmpty();
    DatasetImportance.Forest same =
        importance(trainings, spec -> .5).datasets().getFirst().forest().orElseThrow();
    assertThat(same.settings()).isEmpty();
  }

  @Test
  void dataSetsAreKeptApart() {
    SweepImportance found =
        importance(
            IntStream.range(0, 30)
                .mapToObj(
                    i ->
                        i % 3 == 0
                            ? trainings.get(i)
                            : trainings.get(i).with(TrainExperiment.DATASET, "scene15"))
                .toList(),
            spec -> spec.dataset().equals("scene15") ? good(spec) : .5);
    assertThat(found.datasets())
        .extracting(DatasetImportance::dataset, DatasetImportance::trainings)
        .containsExactly(tuple("controlled-15", 10), tuple("scene15", 20));
    assertThat(found.datasets().getLast().forest().orElseThrow().settings().getFirst())
        .returns("learningRate", DatasetImportance.Importance::setting);
  }

  @Test
  void trainingsFromRunsAreKeptApartFromOthers() {
    SweepImportance found =
        importance(
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        i < 20
                            ? trainings.get(i)
                            : SimulatedRuns.with(
                                trainings.get(i - 20),
                                TrainExperiment.FROM_RUN.name(),
                                new StartingRun(i, "from scratch", "abc")))
                .toList(),
            spec -> spec.subject().isPresent() ? .9 : good(spec));
    assertThat(found.datasets())
        .extracting(DatasetImportance::fromRun, DatasetImportance::configurations)
        .containsExactly(tuple(false, 20), tuple(true, 20));
  }

  @Test
  void trainingsOfAConfigurationCountWithTheirMean() {
    SweepImportance found =
        importance(
            IntStream.range(0, 36)
                .mapToObj(i -> trainings.get(i % 12).with(TrainExperiment.SEED, (long) (i / 12)))
                .toList(),
            spec -> good(spec) + spec.seed());
    assertThat(found.datasets())
        .singleElement()
        .returns(36, DatasetImportance::trainings)
        .returns(12, DatasetImportance::configurations);
    assertThat(settings(found))
        .noneMatch(setting -> setting.setting().equals(TrainExperiment.SEED.name()));
  }

  @Test
  void fewConfigurationsSayNothing() {
    assertThat(importance(trainings.subList(0, 9), SweepImportanceTests::good).datasets())
        .singleElement()
        .returns(9, DatasetImportance::trainings)
        .returns(Optional.empty(), DatasetImportance::forest);
    assertThat(importance(List.of(), SweepImportanceTests::good).datasets()).isEmpty();
    // Three samples, each with sixteen numbers of epochs.
    List<SweepOutcomes.Outcome> outcomes =
        IntStream.range(0, 48)
            .mapToObj(
                i ->
                    trainings
                        .getFirst()
                        .with(TrainExperiment.LEARNING_RATE, .001 * (1 + i % 3))
                        .with(TrainExperiment.EPOCHS, 1 + i / 3))
            .map(
                spec -> new SweepOutcomes.Outcome(0, spec, spec.get(TrainExperiment.LEARNING_RATE)))
            .toList();
    assertThat(
            SweepImportance.of(
                    new SweepOutcomes(
                        outcomes, Optional.empty(), Set.of(TrainExperiment.LEARNING_RATE.name())))
                .datasets())
        .singleElement()
        .returns(3, DatasetImportance::configurations)
        .returns(Optional.empty(), DatasetImportance::forest);
  }

  @Test
  void ofManyConfigurationsSomeAreSelected() {
    SweepImportance found =
        importance(
            IntStream.rangeClosed(1, 250)
                .mapToObj(epochs -> trainings.getFirst().with(TrainExperiment.EPOCHS, epochs))
                .toList(),
            spec -> .001 * spec.get(TrainExperiment.EPOCHS));
    assertThat(found.datasets())
        .singleElement()
        .returns(250, DatasetImportance::trainings)
        .returns(DatasetImportance.MOST, DatasetImportance::configurations)
        .returns(true, DatasetImportance::selected);
    assertThat(settings(found))
        .singleElement()
        .returns(true, DatasetImportance.Importance::matters);
  }

  /** A recipe sets many values; none of them can be told from the others. */
  @Test
  void settingsThatChangeTogetherAreOne() {
    List<TrainSpec> recipes =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    TrainSpec.of(
                            "bagnet9",
                            "controlled-15",
                            i % 2 == 0 ? Recipe.QUICK : Recipe.AUGMENTED)
                        .with(TrainExperiment.EPOCHS, 5 + random.nextInt(20)))
            .toList();
    SweepImportance found =
        importance(recipes, spec -> spec.get(TrainExperiment.RECIPE) == Recipe.QUICK ? .4 : .6);
    List<DatasetImportance.Importance> settings = settings(found);
    assertThat(settings)
        .extracting(DatasetImportance.Importance::setting)
        .containsExactly("recipe", "epochs");
    assertThat(settings.getFirst().matters()).isTrue();
    assertThat(settings.getFirst().with()).contains("Optimiser", "Weight decay", "Schedule");
  }

  /** A search over two ranges, without and with a grid whose points have the same samples. */
  @Test
  void independentNumbersAreNotOneEvenIfEachValueIsDifferent() {
    List<TrainSpec> samples =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    trainings
                        .getFirst()
                        .with(TrainExperiment.LEARNING_RATE, .0001 + .01 * random.nextDouble())
                        .with(OptimisationParameters.WEIGHT_DECAY, random.nextDouble()))
            .toList();
    List<TrainSpec> ofGrid =
        samples.stream()
            .flatMap(
                spec -> Stream.of(1, 2).map(epochs -> spec.with(TrainExperiment.EPOCHS, epochs)))
            .toList();
    for (List<TrainSpec> each : List.of(samples, ofGrid)) {
      assertThat(SettingColumns.differing(each.stream().map(TrainSpec::settings).toList()))
          .filteredOn(setting -> !setting.name().equals(TrainExperiment.EPOCHS.name()))
          .extracting(SettingColumns::name)
          .containsExactly(
              TrainExperiment.LEARNING_RATE.name(), OptimisationParameters.WEIGHT_DECAY.name());
    }
  }

  @Test
  void aMissingValueIsALargeOne() {
    SettingColumns images =
        SettingColumns.differing(
                IntStream.of(0, 20, 40)
                    .mapToObj(
                        most ->
                            most == 0
                                ? trainings.getFirst()
                                : SimulatedRuns.with(
                                    trainings.getFirst(),
                                    TrainExperiment.TRAIN_IMAGES.name(),
                                    most))
                    .map(TrainSpec::settings)
                    .toList())
            .getFirst();
    assertThat(images.columns().get(0)[0]).isGreaterThan(images.columns().get(2)[0]);
    assertThat(images.columns().get(2)[0]).isGreaterThan(images.columns().get(1)[0]);
  }

  @Test
  void theTableSaysWhatTheForestsSay() {
    SweepImportance found = importance(trainings, SweepImportanceTests::good);
    assertThat(PlainText.of(ImportanceTable.of(found.datasets().getFirst(), found)))
        .contains(
            "Which settings matter for the validation accuracy on controlled-15: 48 trainings with a result.",
            "Typical error of random forests for configurations that they have not seen:")
        .containsPattern("learningRate +48 +1\\d\\.\\d points +0\\.025 +yes");
    SweepImportance few = importance(trainings.subList(0, 3), SweepImportanceTests::good);
    assertThat(PlainText.of(ImportanceTable.of(few.datasets().getFirst(), few)))
        .contains("At least 10 different configurations with a result are needed; there are 3.")
        .doesNotContain("Error grows by");
  }
}
