package org.bagnetlab.worker.weightrandomisation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.experiment.weightrandomisation.WeightRandomisationExperiment;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.WrittenEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WeightRandomisationRunnerTests {

  private static final int IMAGES = 20;
  private static final int STAGES = 6;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork network;
  private final Cancellation cancellation = new Cancellation();

  /** So wide that its features are still alive after any of its stages got new weights. */
  @BeforeAll
  static void prepare() throws IOException {
    TrainSpec training =
        TrainSpec.of("bagnet9", "controlled-15")
            .with(TrainExperiment.WIDTH, 0.125)
            .with(TrainExperiment.EPOCHS, 1)
            .with(TrainExperiment.LEARNING_RATE, 1e-3)
            .with(TrainExperiment.HEATMAP_STRIDE, 8);
    Architecture architecture =
        Architectures.named(training.architecture())
            .build(15, training.width(), training.imageSize());
    Path checkpoint = folder.resolve("best.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, training.seed()))
        .write(checkpoint, architecture);
    network = new LearntNetwork(training, checkpoint);
  }

  private WrittenEvents measured(long seed) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    NetworkSpec spec =
        new WeightRandomisationExperiment()
            .ofRun(1)
            .with(WeightRandomisationExperiment.MOST_IMAGES, IMAGES)
            .with(WeightRandomisationExperiment.RANDOMISATION_SEED, seed);
    assertThat(
            Runners.of(new WeightRandomisationExperiment())
                .run(
                    spec,
                    requireNonNull(network)
                        .run(spec, new WeightRandomisationExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static List<Double> curve(WrittenEvents written, String output) {
    List<WorkerEvent.Result> results =
        written.events(WorkerEvent.Result.class).stream()
            .filter(result -> result.output().equals(output))
            .toList();
    for (int randomised = 0; randomised <= STAGES; randomised++) {
      assertThat(results.get(randomised).axes().path("randomisedStages").asInt())
          .isEqualTo(randomised);
      assertThat(results.get(randomised).images()).contains(IMAGES);
    }
    assertThat(results).hasSize(STAGES + 1);
    return results.stream().map(WorkerEvent.Result::value).toList();
  }

  /** The network has the first weights of a training of seed 1; the same seed draws others here. */
  @Test
  void theOriginalIsLikeItselfAndARandomNetworkIsNot() throws IOException {
    WrittenEvents written = measured(1);
    for (String output : List.of("heatmap-similarity", "heatmap-magnitude-similarity")) {
      List<Double> curve = curve(written, output);
      assertThat(curve.get(0)).isEqualTo(1);
      assertThat(curve.subList(1, STAGES + 1)).allMatch(value -> value >= -1 && value < .95);
    }
  }

  @Test
  void aSeedMakesItRepeatable() throws IOException {
    List<Double> curve = curve(measured(5), "heatmap-similarity");
    assertThat(curve(measured(5), "heatmap-similarity")).isEqualTo(curve);
    assertThat(curve(measured(6), "heatmap-similarity")).isNotEqualTo(curve);
  }

  @Test
  void progressCountsEveryNetworkOnEveryImage() throws IOException {
    List<WorkerEvent.Progress> progress = measured(1).events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo((STAGES + 1) * IMAGES);
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class).isThrownBy(() -> measured(1));
  }
}
