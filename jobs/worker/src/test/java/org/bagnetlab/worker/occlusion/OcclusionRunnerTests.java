package org.bagnetlab.worker.occlusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.occlusion.OcclusionExperiment;
import org.bagnetlab.experiment.occlusion.OcclusionSpec;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.TrainedNetwork;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The experiment of docs/adding-an-experiment.md. */
@Timeout(120)
class OcclusionRunnerTests {

  private static final int CLASSES = 15;
  private static final int STEPS = 30;

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
            .build(CLASSES, TRAINING.width(), TRAINING.imageSize())
            .withMomentumAtLeast(0.1);
    Random random = new Random(1);
    try (Network network = LocalEngine.start().compile(architecture, Optimiser.ADAM, 1)) {
      for (int step = 0; step < STEPS; step++) {
        int[] indices = random.ints(32, 0, images.count()).toArray();
        var unused = network.train(images.batch(indices), images.labels(indices), 1e-2);
      }
      Checkpoint.of(Map.of(), network.weights()).write(checkpoint, architecture);
    }
  }

  private Run run(OcclusionSpec spec, WrittenEvents written) {
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
        new OcclusionExperiment(),
        LocalEngine.start(),
        written.writer(),
        cancellation);
  }

  private WrittenEvents measured(OcclusionSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(Runners.of(new OcclusionExperiment()).run(spec, run(spec, written)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private List<Double> curve(OcclusionSpec spec) throws IOException {
    List<WorkerEvent.Result> points = measured(spec).events(WorkerEvent.Result.class);
    assertThat(points)
        .extracting(point -> point.axes().path("maskedTiles").asInt(-1))
        .isEqualTo(IntStream.rangeClosed(0, spec.most()).boxed().toList());
    assertThat(points)
        .allSatisfy(
            point -> {
              assertThat(point.output()).isEqualTo("accuracy-by-masked-tiles");
              assertThat(point.set()).isEqualTo("test");
            });
    return points.stream().map(WorkerEvent.Result::value).toList();
  }

  @Test
  void withoutMaskedTilesTheAccuracyIsTheNetworks() throws IOException {
    OcclusionSpec spec = new OcclusionSpec(1, 4, 1, 1);
    double accuracy;
    try (TrainedNetwork trained = run(spec, new WrittenEvents(event -> {})).trained()) {
      LoadedImages test =
          LoadedImages.of(trained.dataset(), List.of(trained.split().test()), TRAINING.imageSize())
              .get(0);
      accuracy =
          Evaluation.of(trained.network(), test, Trainer.EVALUATION_BATCH, done -> {}).accuracy();
    }
    // It is not that of guessing, so images matter.
    assertThat(curve(spec).get(0)).isEqualTo(accuracy).isGreaterThan(1.5 / CLASSES);
  }

  /** Images without a visible tile are all the same, and each class has as many test images. */
  @Test
  void withAllTilesMaskedOneClassIsRecognised() throws IOException {
    assertThat(curve(new OcclusionSpec(1, 2, 4, 1)).get(4)).isEqualTo(1. / CLASSES);
  }

  @Test
  void theSeedDecides() throws IOException {
    List<Double> curve = curve(new OcclusionSpec(1, 4, 2, 1));
    assertThat(curve(new OcclusionSpec(1, 4, 2, 1))).isEqualTo(curve);
    assertThat(curve(new OcclusionSpec(1, 4, 2, 2))).isNotEqualTo(curve);
  }

  @Test
  void progressCountsEveryPass() throws IOException {
    OcclusionSpec spec = new OcclusionSpec(1, 4, 1, 1);
    List<WorkerEvent.Progress> progress = measured(spec).events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void itCanBeCancelled() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(new OcclusionSpec(1, 4, 3, 1)));
  }

  /** Also on a grid that does not divide the image. */
  @Test
  void theTilesCoverTheImageOnce() {
    TileMask mask = new TileMask(3, 1);
    Batch batch = new Batch(new float[2 * 3 * 8 * 8], 2, 3, 8, 8);
    Arrays.fill(batch.values(), 1);
    List<Integer> masked = new ArrayList<>();
    for (int tile : mask.order("a.jpg")) {
      int before = zeros(batch);
      mask.apply(batch, 1, tile);
      masked.add((zeros(batch) - before) / 3);
    }
    assertThat(masked).hasSize(9).allMatch(pixels -> pixels >= 4 && pixels <= 9);
    assertThat(masked.stream().mapToInt(Integer::intValue).sum()).isEqualTo(64);
    assertThat(batch.values()[0]).isEqualTo(1);
  }

  private static int zeros(Batch batch) {
    int zeros = 0;
    for (float value : batch.values()) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void theStoredFormIsReadAgain() throws IOException {
    OcclusionSpec spec = new OcclusionSpec(7, 4, 3, -1);
    String stored = Experiments.canonical(spec).toString();
    assertThat(stored)
        .isEqualTo("{\"kind\":\"occlusion\",\"run\":7,\"tiles\":4,\"most\":3,\"seed\":-1}");
    assertThat(Experiments.read(stored)).isEqualTo(spec);
  }
}
