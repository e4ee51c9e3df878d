package org.bagnetlab.worker.occlusion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.occlusion.OcclusionExperiment;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.SubjectNetwork;
import org.bagnetlab.worker.run.WrittenEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The experiment of docs/adding-an-experiment.md. */
@Timeout(120)
class OcclusionRunnerTests {

  private static final int CLASSES = 15;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private static NetworkSpec spec(int tiles, int most, long seed) {
    return new OcclusionExperiment()
        .ofRun(1)
        .with(OcclusionExperiment.TILES, tiles)
        .with(OcclusionExperiment.MOST, most)
        .with(OcclusionExperiment.SEED, seed);
  }

  private Run run(NetworkSpec spec, WrittenEvents written) {
    return requireNonNull(learnt).run(spec, new OcclusionExperiment(), written, cancellation);
  }

  private WrittenEvents measured(NetworkSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(Runners.of(new OcclusionExperiment()).run(spec, run(spec, written)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private List<Double> curve(NetworkSpec spec) throws IOException {
    List<WorkerEvent.Result> points = measured(spec).events(WorkerEvent.Result.class);
    assertThat(points)
        .extracting(point -> point.axes().path("maskedTiles").asInt(-1))
        .isEqualTo(IntStream.rangeClosed(0, spec.get(OcclusionExperiment.MOST)).boxed().toList());
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
    NetworkSpec spec = spec(4, 1, 1);
    double accuracy;
    try (SubjectNetwork subject = run(spec, new WrittenEvents(event -> {})).network(spec)) {
      LoadedImages test = subject.loaded(subject.images(spec));
      accuracy =
          Evaluation.of(subject.network(), test, Trainer.EVALUATION_BATCH, done -> {}).accuracy();
    }
    // A network that does not look at images recognises one class.
    assertThat(curve(spec).get(0)).isEqualTo(accuracy).isGreaterThan(1. / CLASSES);
  }

  /** Images without a visible tile are all the same, and each class has as many test images. */
  @Test
  void withAllTilesMaskedOneClassIsRecognised() throws IOException {
    assertThat(curve(spec(2, 4, 1)).get(4)).isEqualTo(1. / CLASSES);
  }

  @Test
  void theSeedDecides() throws IOException {
    List<Double> curve = curve(spec(4, 2, 1));
    assertThat(curve(spec(4, 2, 1))).isEqualTo(curve);
    assertThat(curve(spec(4, 2, 2))).isNotEqualTo(curve);
  }

  @Test
  void progressCountsEveryPass() throws IOException {
    NetworkSpec spec = spec(4, 1, 1);
    List<WorkerEvent.Progress> progress = measured(spec).events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void itCanBeCancelled() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(spec(4, 3, 1)));
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
    NetworkSpec spec =
        new OcclusionExperiment()
            .ofRun(7)
            .with(OcclusionExperiment.TILES, 4)
            .with(OcclusionExperiment.MOST, 3)
            .with(OcclusionExperiment.SEED, -1L);
    String stored = Experiments.canonical(spec).toString();
    assertThat(stored)
        .isEqualTo(
            "{\"kind\":\"occlusion\",\"run\":7,\"subsetSeed\":1,\"tiles\":4,\"most\":3,\"seed\":-1}");
    assertThat(Experiments.read(stored)).isEqualTo(spec);
  }
}
