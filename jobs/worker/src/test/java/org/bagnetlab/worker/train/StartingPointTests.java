package org.bagnetlab.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  /** The number alone would be of another lab where the checkpoint is imported. */
  @Test
  void aCheckpointSaysWhichRunItsTrainingContinued() {
    TrainSpec spec = train("bagnet9", 1, Optional.empty());
    String own = "pretrained on fractals-60 by run 12";
    assertThat(
            TrainingOrigin.before(
                Map.of(), spec.with(TrainExperiment.FROM_RUN, new StartingRun(12, own, ""))))
        .containsEntry("regime", "fine-tuned here on scene15, pretrained on fractals-60")
        .containsEntry("fromRun", "12");
    String chain = own + ", from pretrained on controlled-15 by run 7";
    assertThat(
            TrainingOrigin.before(
                Map.of(), spec.with(TrainExperiment.FROM_RUN, new StartingRun(12, chain, ""))))
        .containsEntry("regime", "fine-tuned here on scene15");
  }

  @TempDir private Path folder = Path.of("");

  /** The network's weights, with the classes of controlled-15 or without them. */
  private StartingPoint fromRun(LearntNetwork learnt, String dataset, List<String> classes)
      throws IOException {
    TrainSpec spec =
        learnt
            .training()
            .with(TrainExperiment.DATASET, dataset)
            .with(TrainExperiment.SEED, 5L)
            .with(TrainExperiment.FROM_RUN, new StartingRun(1, "", ""));
    return StartingPoint.of(
        learnt.run(spec, new TrainExperiment(), new WrittenEvents(any -> {}), new Cancellation()),
        spec,
        Architectures.named("bagnet9").build(classes.size(), spec.width(), spec.imageSize()),
        classes);
  }

  @Test
  void aRunsNetworkIsTheStartButForTheClassifierOfOtherClasses() throws IOException {
    LearntNetwork learnt = LearntNetwork.in(folder, "bagnet9");
    List<String> classes = new DatasetStore(folder).find("controlled-15").orElseThrow().classes();
    Checkpoint checkpoint = Checkpoint.read(learnt.checkpoint());
    Architecture architecture =
        Architectures.named("bagnet9").build(15, learnt.training().width(), 64);
    new Checkpoint(
            NetworkFacts.trained(learnt.training().width(), 64, classes).after(Map.of()),
            checkpoint.weights(),
            Map.of(),
            Map.of())
        .write(learnt.checkpoint(), architecture);
    StartingPoint same = fromRun(learnt, "controlled-15", classes);
    same.weights()
        .orElseThrow()
        .forEach((name, values) -> assertThat(values).isEqualTo(checkpoint.weights().get(name)));
    String head = architecture.classifier().name() + ".weight";
    List<String> others = new ArrayList<>(classes);
    others.set(3, "other");
    StartingPoint renamed = fromRun(learnt, "scene15", others);
    renamed
        .weights()
        .orElseThrow()
        .forEach(
            (name, values) -> {
              if (!name.startsWith(architecture.classifier().name())) {
                assertThat(values).isEqualTo(checkpoint.weights().get(name));
              }
            });
    assertThat(renamed.weights().orElseThrow().get(head))
        .isEqualTo(InitialWeights.of(architecture, 5).get(head));
    StartingPoint fewer = fromRun(learnt, "scene15", List.of("one", "two"));
    assertThat(fewer.weights().orElseThrow().get(head))
        .hasSize(Objects.requireNonNull(checkpoint.weights().get(head)).length / 15 * 2);
    // The running statistics are of other images.
    Architecture published = Architectures.named("bagnet9").build(2, learnt.training().width(), 64);
    assertThat(fewer.architecture())
        .isEqualTo(published.withMomentumAtLeast(.1))
        .isNotEqualTo(published);
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
