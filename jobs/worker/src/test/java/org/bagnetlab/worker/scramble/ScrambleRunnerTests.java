package org.bagnetlab.worker.scramble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.scramble.Grids;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.scramble.ScrambleSpec;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScrambleRunnerTests {

  private static final TrainSpec TRAINING =
      new TrainSpec(
          "bagnet9", "controlled-15", 64, 0.03, Recipe.QUICK, 1, 16, 1e-3, 1, 8, Optional.empty());

  @TempDir private static Path folder = Path.of("");
  private static Path checkpoint = Path.of("");
  private final Cancellation cancellation = new Cancellation();

  /** A network that has learnt enough to tell some classes apart. */
  @BeforeAll
  static void train() throws IOException {
    checkpoint = folder.resolve("best.safetensors");
    SceneDataset dataset = new DatasetStore(folder).find(TRAINING.dataset()).orElseThrow();
    LoadedImages images =
        LoadedImages.of(
                dataset, List.of(Split.of(dataset, TRAINING.seed()).train()), TRAINING.imageSize())
            .get(0);
    Architecture architecture =
        Architectures.named(TRAINING.architecture())
            .build(dataset.classes().size(), TRAINING.width(), TRAINING.imageSize())
            .withMomentumAtLeast(0.1);
    Random random = new Random(1);
    try (Network network = LocalEngine.start().compile(architecture, Optimiser.ADAM, 1)) {
      for (int step = 0; step < 30; step++) {
        int[] indices = random.ints(32, 0, images.count()).toArray();
        var unused = network.train(images.batch(indices), images.labels(indices), 1e-2);
      }
      Checkpoint.of(Map.of(), network.weights()).write(checkpoint, architecture);
    }
  }

  private Run run(ScrambleSpec spec, WrittenEvents written) {
    return Run.of(
        new Assignment(
            2,
            Experiments.canonical(spec),
            folder.toString(),
            folder.toString(),
            Optional.empty(),
            Optional.of(
                new Assignment.Subject(Experiments.canonical(TRAINING), checkpoint.toString())),
            Optional.empty(),
            60,
            Optional.empty()),
        new ScrambleExperiment(),
        LocalEngine.start(),
        written.writer(),
        cancellation);
  }

  private WrittenEvents measured(ScrambleSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(Runners.of(new ScrambleExperiment()).run(spec, run(spec, written)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static List<WorkerEvent.Result> of(WrittenEvents written, String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .toList();
  }

  @Test
  void aGridOfOneTileIsTheWholeImageAndFinerGridsAreMeasuredForEachPermutation()
      throws IOException {
    WrittenEvents written = measured(new ScrambleSpec(1, Optional.of(Grids.of("1, 4, 16")), 2, 5));
    double whole = of(written, "whole-accuracy").get(0).value();
    List<WorkerEvent.Result> accuracies = of(written, "accuracy-by-grid");
    assertThat(accuracies)
        .extracting(result -> result.axes().toString())
        .containsExactly(
            "{\"grid\":1,\"scrambleSeed\":5}",
            "{\"grid\":1,\"scrambleSeed\":6}",
            "{\"grid\":4,\"scrambleSeed\":5}",
            "{\"grid\":4,\"scrambleSeed\":6}",
            "{\"grid\":16,\"scrambleSeed\":5}",
            "{\"grid\":16,\"scrambleSeed\":6}");
    assertThat(accuracies.get(0).value()).isEqualTo(whole);
    assertThat(accuracies.get(5).value()).isLessThan(whole);
    assertThat(of(written, "agreement-by-grid").get(1).value()).isEqualTo(1);
    assertThat(of(written, "agreement-by-grid").get(5).value()).isBetween(0.0, .99);

    // Every class has 80 test images, so the mean of the recalls is the accuracy.
    List<WorkerEvent.Result> recalls =
        of(written, "recall-by-grid").stream()
            .filter(result -> result.axes().path("grid").asInt() == 4)
            .toList();
    assertThat(recalls).hasSize(15);
    assertThat(of(written, "recall-by-grid")).hasSize(4 * 15);
    assertThat(recalls.stream().mapToDouble(WorkerEvent.Result::value).average().orElseThrow())
        .isCloseTo((accuracies.get(2).value() + accuracies.get(3).value()) / 2, within(1e-9));

    JsonNode file = Json.MAPPER.readTree(folder.resolve("scrambled-predictions.json").toFile());
    assertThat(file.path("images")).hasSize(1200);
    assertThat(file.path("scrambled")).hasSize(6);
    assertThat(file.path("scrambled").get(0).path("predicted")).isEqualTo(file.path("whole"));
  }

  @Test
  void permutingTheLogitsOfPatchesChangesNothing() throws IOException {
    WrittenEvents written = measured(new ScrambleSpec(1, Optional.of(Grids.of("2")), 1, 1));
    assertThat(of(written, "agreement-permuted-patches").get(0).value()).isEqualTo(1);
    assertThat(of(written, "change-permuted-patches").get(0).value()).isLessThan(1e-4);
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(new ScrambleSpec(1, Optional.empty(), 1, 1)));
  }
}
