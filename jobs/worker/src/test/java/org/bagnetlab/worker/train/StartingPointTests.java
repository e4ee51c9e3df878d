package org.bagnetlab.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;
import org.bagnetlab.worker.run.InvalidJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training starts from what it was queued with, and its checkpoints say from what. */
@Timeout(60)
class StartingPointTests {

  private static final double WIDTH = 0.0625;

  @TempDir private Path folder = Path.of("");
  private Path weights = Path.of("");
  private StartingWeights imported = new StartingWeights("zoo", "", "");

  @BeforeEach
  void importWeights() throws Exception {
    weights = folder.resolve("weights");
    Path file = folder.resolve("zoo.safetensors");
    Architecture architecture = Architectures.named("bagnet9").build(4, WIDTH, 64);
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    imported =
        new StartingWeights(
            "zoo",
            new WeightsStore(weights)
                .importFrom(
                    "zoo",
                    file,
                    new WeightsImport(
                        Optional.empty(), Optional.empty(), "the zoo", Optional.of("pretrained")))
                .checksum(),
            "pretrained");
  }

  private static TrainSpec train(
      String architecture, double width, Optional<StartingWeights> weights) {
    return new TrainSpec(
        architecture, "scene15", 64, width, Recipe.QUICK, 1, 8, 1e-3, 1, 8, weights);
  }

  @Test
  void weightsThatAreStillThoseOfTheJobAreTaken() throws Exception {
    TrainSpec spec = train("bagnet9", WIDTH, Optional.of(imported));
    assertThat(StartingPoint.file(weights, spec, imported)).isRegularFile();
  }

  /** The same file again, as another network or of another width, has the same checksum. */
  @Test
  void weightsThatAreAnotherNetworksByNowHaveChanged() {
    for (TrainSpec spec :
        new TrainSpec[] {
          train("bagnet17", WIDTH, Optional.of(imported)),
          train("bagnet9", 1, Optional.of(imported))
        }) {
      assertThatThrownBy(() -> StartingPoint.file(weights, spec, imported))
          .isInstanceOfSatisfying(
              InvalidJob.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("weights-changed");
                assertThat(refusal.field()).isEqualTo("weights");
                assertThat(refusal)
                    .hasMessageContaining("they are now bagnet9 of width 0.0625 instead of");
              });
    }
  }

  @Test
  void damagedWeightsAreTheJobsProblem() throws Exception {
    Files.writeString(weights.resolve("zoo/weights.json"), "null");
    TrainSpec spec = train("bagnet9", WIDTH, Optional.of(imported));
    assertThatThrownBy(() -> StartingPoint.file(weights, spec, imported))
        .isInstanceOfSatisfying(
            InvalidJob.class, refusal -> assertThat(refusal.code()).isEqualTo("weights-damaged"))
        .hasMessageContaining("weights remove zoo");
  }

  @Test
  void aCheckpointSaysHowItsWeightsCameAbout() {
    assertThat(TrainingOrigin.before(Map.of("epoch", "3"), train("bagnet9", 1, Optional.empty())))
        .isEqualTo(Map.of("regime", "trained here on scene15", "dataset", "scene15", "epoch", "3"));
    assertThat(TrainingOrigin.before(Map.of(), train("bagnet9", 1, Optional.of(imported))))
        .isEqualTo(
            Map.of(
                "regime",
                "fine-tuned here on scene15 from zoo",
                "dataset",
                "scene15",
                "weights",
                "zoo"));
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
