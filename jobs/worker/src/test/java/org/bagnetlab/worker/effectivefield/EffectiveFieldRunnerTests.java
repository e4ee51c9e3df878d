package org.bagnetlab.worker.effectivefield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class EffectiveFieldRunnerTests {

  private static final int SIZE = 64;
  private static final int IMAGES = 20;

  @TempDir private Path folder = Path.of("");
  private final Cancellation cancellation = new Cancellation();

  private static TrainSpec training(String architecture, int batchSize) {
    return TrainSpec.of(architecture, "controlled-15")
        .with(TrainExperiment.IMAGE_SIZE, SIZE)
        .with(TrainExperiment.WIDTH, 0.0625)
        .with(TrainExperiment.EPOCHS, 1)
        .with(TrainExperiment.BATCH_SIZE, batchSize)
        .with(TrainExperiment.LEARNING_RATE, 1e-3)
        .with(TrainExperiment.HEATMAP_STRIDE, 8);
  }

  private static Architecture architecture(TrainSpec training) {
    return Architectures.named(training.architecture()).build(15, training.width(), SIZE);
  }

  private WrittenEvents measured(TrainSpec training) throws IOException {
    return measured(training, InitialWeights.of(architecture(training), 1));
  }

  private WrittenEvents measured(TrainSpec training, Map<String, float[]> weights)
      throws IOException {
    Path checkpoint = folder.resolve("best.safetensors");
    Checkpoint.of(Map.of(), weights).write(checkpoint, architecture(training));
    NetworkSpec spec =
        new EffectiveFieldExperiment().ofRun(1).with(EffectiveFieldExperiment.MOST_IMAGES, IMAGES);
    Assignment assignment =
        new Assignment(
            2,
            Experiments.canonical(spec),
            folder.toString(),
            folder.toString(),
            Optional.empty(),
            Optional.of(
                new Assignment.Subject(Experiments.canonical(training), checkpoint.toString())),
            Optional.empty(),
            60,
            Optional.empty());
    WrittenEvents written = new WrittenEvents(event -> {});
    WorkerEvent.End end =
        new EffectiveFieldRunner()
            .run(
                spec,
                Run.of(
                    assignment,
                    new EffectiveFieldExperiment(),
                    LocalEngine.start(),
                    written.writer(),
                    cancellation));
    assertThat(end).isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static List<WorkerEvent.Result> results(WrittenEvents written, String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .toList();
  }

  private static double value(WrittenEvents written, String output) {
    List<WorkerEvent.Result> results = results(written, output);
    assertThat(results).hasSize(1);
    assertThat(results.get(0).images()).contains(IMAGES);
    return results.get(0).value();
  }

  private float[] map() throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("effective-field.npy")))
            .order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer values =
        file.position(10 + file.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] map = new float[values.remaining()];
    values.get(map);
    return map;
  }

  /** The centre of a BagNet's map of n x n positions sees q pixels from 8 (n / 2) on. */
  @ParameterizedTest
  @CsvSource({"bagnet9, 9, 24", "bagnet17, 17, 24", "bagnet33, 33, 16"})
  void aBagNetUsesNothingOutsideOfItsPatch(String name, int side, int from) throws IOException {
    WrittenEvents written = measured(training(name, 16));
    assertThat(value(written, "outside-field")).isZero();
    assertThat(value(written, "effective-side")).isBetween(1.0, (double) side);

    float[] map = map();
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      int row = i / SIZE - from;
      int column = i % SIZE - from;
      boolean seen = row >= 0 && row < side && column >= 0 && column < side;
      assertThat(map[i] > 0).isEqualTo(seen);
      sum += map[i];
    }
    assertThat(sum).isCloseTo(1, within(1e-5));

    BufferedImage picture = ImageIO.read(folder.resolve("effective-field.png").toFile());
    for (int at = from - 1; at <= from + side; at++) {
      assertThat(picture.getRGB(at, from - 1) & 0xFFFFFF).isEqualTo(0x404040);
      assertThat(picture.getRGB(from + side, at) & 0xFFFFFF).isEqualTo(0x404040);
    }
    // White, where there is no gradient.
    assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xF5F5F5);
  }

  /** Its field is larger than the image. */
  @Test
  void aResNetIsMeasuredToo() throws IOException {
    WrittenEvents written = measured(training("resnet50", 16));
    assertThat(value(written, "outside-field")).isZero();
    assertThat(value(written, "effective-side")).isBetween(9.0, 64.0);
  }

  @Test
  void theCurveRisesToAllOfTheGradientAndPassesTheRadii() throws IOException {
    WrittenEvents written = measured(training("bagnet17", 16));
    List<Double> curve =
        results(written, "gradient-by-distance").stream().map(WorkerEvent.Result::value).toList();
    // Half the diagonal of 17 x 17 pixels is 11.3.
    assertThat(curve).hasSize(13).isSorted();
    assertThat(curve.get(12)).isCloseTo(1, within(1e-9));
    Map<Double, Double> radii = new LinkedHashMap<>();
    results(written, "effective-radius")
        .forEach(radius -> radii.put(radius.axes().path("share").asDouble(), radius.value()));
    assertThat(radii).containsOnlyKeys(0.5, 0.95);
    radii.forEach(
        (share, radius) -> {
          assertThat(curve.get((int) Math.ceil(radius))).isGreaterThanOrEqualTo(share);
          assertThat(curve.get((int) Math.ceil(radius) - 1)).isLessThan(share);
        });
  }

  /** Float32 is rounded in another order. */
  @Test
  void itDoesNotDependOnTheBatches() throws IOException {
    var _ = measured(training("bagnet9", 16));
    float[] map = map();
    var _ = measured(training("bagnet9", 3));
    float[] other = map();
    for (int i = 0; i < map.length; i++) {
      assertThat(other[i]).isCloseTo(map[i], within(1e-4f * map[i]));
    }
  }

  @Test
  void theMapIsHandedOverWithItsPicture() throws IOException {
    List<WorkerEvent.ArtifactWritten> files =
        measured(training("bagnet9", 16)).events(WorkerEvent.ArtifactWritten.class);
    assertThat(files)
        .extracting(WorkerEvent.ArtifactWritten::kind)
        .containsExactly(ArtifactKind.MAP, ArtifactKind.PICTURE);
    assertThat(files.get(0).facts()).containsEntry("picture", files.get(1).path());
  }

  @Test
  void progressCountsEveryImage() throws IOException {
    List<WorkerEvent.Progress> progress =
        measured(training("bagnet9", 8)).events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(IMAGES);
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void itCanBeCancelled() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(training("bagnet9", 16)));
  }

  @Test
  void aNetworkWithoutAGradientIsReported() {
    TrainSpec training = training("bagnet9", 16);
    Map<String, float[]> weights = InitialWeights.of(architecture(training), 1);
    Optional.ofNullable(weights.get("fc.weight")).ifPresent(values -> Arrays.fill(values, 0));
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> measured(training, weights))
        .withMessageContaining("run 1")
        .satisfies(e -> assertThat(e.code()).isEqualTo("no-gradient"));
  }
}
