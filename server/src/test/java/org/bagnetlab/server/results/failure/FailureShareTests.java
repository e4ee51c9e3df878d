package org.bagnetlab.server.results.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.OptimiserName;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few values tell what failed jobs have in common. */
@Timeout(60)
class FailureShareTests {

  private static TrainSpec training(Recipe recipe) {
    return TrainSpec.of("bagnet9", "controlled-15", recipe);
  }

  /** As many jobs, which differ in their seeds. */
  private static List<JobSpec> jobs(int number, TrainSpec spec) {
    return IntStream.range(0, number)
        .mapToObj(seed -> (JobSpec) spec.with(TrainExperiment.SEED, (long) seed))
        .toList();
  }

  private static List<JobSpec> both(List<JobSpec> some, List<JobSpec> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static List<String> shares(
      List<JobSpec> failed, List<JobSpec> succeeded, List<JobSpec> elsewhere) {
    List<JobSpec> around = both(failed, succeeded);
    return FailureShare.of(
            JobsByValue.of(failed), JobsByValue.of(around), JobsByValue.of(both(around, elsewhere)))
        .stream()
        .map(
            share ->
                "%d of %d with %s %s"
                    .formatted(
                        share.failed(), share.of(), share.parameter(), share.value().asText()))
        .toList();
  }

  @Test
  void aRecipeIsToldWithoutTheValuesThatItSets() {
    assertThat(
            shares(jobs(3, training(Recipe.REPORT)), jobs(3, training(Recipe.FINETUNE)), List.of()))
        .containsExactly("3 of 3 with recipe report");
  }

  @Test
  void aValueThatFailedOftenerThanItsRecipeIsToldAsWell() {
    TrainSpec slow =
        training(Recipe.REPORT)
            .with(OptimisationParameters.OPTIMISER, OptimiserName.SGD)
            .with(OptimisationParameters.WEIGHT_DECAY, 0.5);
    assertThat(
            shares(
                jobs(4, training(Recipe.REPORT)),
                both(jobs(1, slow), jobs(6, training(Recipe.FINETUNE))),
                List.of()))
        .containsExactlyInAnyOrder(
            "4 of 4 with optimiser adam",
            "4 of 4 with weightDecay 0.0",
            "4 of 5 with recipe report");
  }

  @Test
  void aValueThatWasChosenIsNotAnotherOnesConsequence() {
    TrainSpec clipped = training(Recipe.FINETUNE).with(OptimisationParameters.CLIP_NORM, 1.0);
    assertThat(shares(jobs(3, training(Recipe.REPORT)), jobs(3, clipped), List.of()))
        .containsExactlyInAnyOrder("3 of 3 with recipe report", "3 of 3 with clipNorm 0.0");
  }

  @Test
  void valuesThatWereVariedComeFirst() {
    TrainSpec same =
        training(Recipe.QUICK)
            .with(TrainExperiment.EPOCHS, 7)
            .with(TrainExperiment.IMAGE_SIZE, 96)
            .with(OptimisationParameters.CLIP_NORM, 3.0)
            .with(OptimisationParameters.EMA, 0.5);
    List<JobSpec> failed =
        both(
            jobs(2, same.with(TrainExperiment.BATCH_SIZE, 256)),
            jobs(2, same.with(TrainExperiment.BATCH_SIZE, 512)));
    assertThat(shares(failed, List.of(), jobs(8, training(Recipe.QUICK))))
        .hasSize(3)
        .contains("2 of 2 with batchSize 256", "2 of 2 with batchSize 512");
  }
}
