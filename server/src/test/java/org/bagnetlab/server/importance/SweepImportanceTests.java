package org.bagnetlab.server.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.server.results.run.SimulatedRuns;
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
                .map(spec -> new SweepOutcomes.Outcome(spec, accuracy.applyAsDouble(spec)))
                .toList(),
            Optional.empty()));
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
  void inNoiseNoSettingMatters() {
    SweepImportance found = importance(trainings, spec -> random.nextDouble());
    assertThat(found.datasets().getFirst().forest().orElseThrow().settings())
        .hasSize(3)
        .noneMatch(DatasetImportance.Importance::matters);
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
  void fewTrainingsAndEqualOnesSayNothing() {
    assertThat(importance(trainings.subList(0, 9), SweepImportanceTests::good).datasets())
        .singleElement()
        .returns(9, DatasetImportance::trainings)
        .returns(Optional.empty(), DatasetImportance::forest);
    TrainSpec same = trainings.getFirst();
    assertThat(
            importance(
                    IntStream.range(0, 20).mapToObj(any -> same).toList(),
                    spec -> random.nextDouble())
                .datasets())
        .singleElement()
        .returns(Optional.empty(), DatasetImportance::forest);
    assertThat(importance(List.of(), SweepImportanceTests::good).datasets()).isEmpty();
  }

  @Test
  void seedsAndMissingValuesAreSettings() {
    List<TrainSpec> seeds =
        IntStream.range(0, 40)
            .mapToObj(i -> trainings.getFirst().with(TrainExperiment.SEED, (long) (i % 4)))
            .map(
                spec ->
                    spec.seed() % 2 == 0
                        ? SimulatedRuns.with(spec, TrainExperiment.TRAIN_IMAGES.name(), 20)
                        : spec)
            .toList();
    SweepImportance found =
        importance(seeds, spec -> spec.find(TrainExperiment.TRAIN_IMAGES).isPresent() ? .2 : .8);
    assertThat(found.datasets().getFirst().forest().orElseThrow().settings())
        .extracting(DatasetImportance.Importance::setting)
        .containsExactlyInAnyOrder("trainImages", "seed");
  }
}
