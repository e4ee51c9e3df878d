package org.bagnetlab.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checkpoints of a training say what it started from. */
@Timeout(60)
class StartingPointTests {

  private final StartingWeights imported = new StartingWeights("zoo", "", "pretrained");

  private static TrainSpec train(
      String architecture, double width, Optional<StartingWeights> weights) {
    return new TrainSpec(
        TrainSpec.of(architecture, "scene15")
            .with(TrainExperiment.WIDTH, width)
            .with(TrainExperiment.EPOCHS, 1)
            .with(TrainExperiment.BATCH_SIZE, 8)
            .with(TrainExperiment.LEARNING_RATE, 1e-3)
            .with(TrainExperiment.HEATMAP_STRIDE, 8)
            .settings()
            .with(TrainExperiment.WEIGHTS, weights));
  }

  @Test
  void aCheckpointSaysHowItsWeightsCameAbout() {
    assertThat(TrainingOrigin.before(Map.of("epoch", "3"), train("bagnet9", 1, Optional.empty())))
        .isEqualTo(
            Map.of(
                "regime", "trained here on scene15",
                "dataset", "scene15",
                "epochs", "1",
                "batchSize", "8",
                "learningRate", "0.001",
                "epoch", "3"));
    assertThat(TrainingOrigin.before(Map.of(), train("bagnet9", 1, Optional.of(imported))))
        .containsEntry("regime", "fine-tuned here on scene15 from zoo")
        .containsEntry("dataset", "scene15")
        .containsEntry("weights", "zoo");
  }

  @Test
  void aCheckpointSaysTheSettingsThatAreNoDefaults() {
    assertThat(
            TrainingOrigin.before(
                Map.of(),
                TrainSpec.of("bagnet9", "scene15")
                    .with(TrainExperiment.TRAIN_IMAGES, 10)
                    .with(ObjectiveParameters.SPARSITY, 0.5)))
        .isEqualTo(
            Map.of(
                "regime", "trained here on scene15",
                "dataset", "scene15",
                "trainImages", "10",
                "sparsity", "0.5"));
  }

  /** An import refuses a regime that is longer. */
  @Test
  void aRegimeIsNoLongerThanAnImportTakes() {
    StartingWeights longest = new StartingWeights("n".repeat(64), "", "");
    assertThat(TrainingOrigin.before(Map.of(), train("bagnet9", 1, Optional.of(longest))))
        .containsEntry("regime", "fine-tuned here on scene15")
        .containsEntry("weights", "n".repeat(64));
  }
}
