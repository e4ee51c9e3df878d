package org.bagnetlab.worker.heatmap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.heatmap.ShownClasses;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.ArtifactWritten;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.scrambling.Scramble;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever waits for a fine heatmap has a coarse one meanwhile. */
@Timeout(120)
class HeatmapRunnerTests {

  private static final TrainSpec TRAINING =
      TrainSpec.of("bagnet9", "controlled-15")
          .with(TrainExperiment.WIDTH, 0.0625)
          .with(TrainExperiment.EPOCHS, 1)
          .with(TrainExperiment.LEARNING_RATE, 1e-3);

  @TempDir private Path folder = Path.of("");
  private final Cancellation cancellation = new Cancellation();
  private final WrittenEvents written = new WrittenEvents(this::cancelAtHeatmap);
  private Path checkpoint = Path.of("");
  private int heatmapsBeforeCancelling = Integer.MAX_VALUE;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    Architecture architecture =
        Architectures.named(TRAINING.architecture())
            .build(15, TRAINING.width(), TRAINING.imageSize());
    checkpoint = folder.resolve("best.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(checkpoint, architecture);
  }

  private void draw(int stride) throws IOException {
    draw(stride, HeatmapMode.FAITHFUL);
  }

  private void draw(int stride, HeatmapMode mode) throws IOException {
    draw(TRAINING, stride, mode);
  }

  private void draw(TrainSpec training, int stride, HeatmapMode mode) throws IOException {
    draw(
        training,
        new HeatmapExperiment()
            .ofRun(1)
            .with(HeatmapExperiment.STRIDE, stride)
            .with(HeatmapExperiment.MODE, mode));
  }

  private void draw(TrainSpec training, NetworkSpec spec) throws IOException {
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
    WorkerEvent.End end =
        new HeatmapRunner()
            .run(
                spec,
                Run.of(
                    assignment,
                    new HeatmapExperiment(),
                    LocalEngine.start(),
                    written.writer(),
                    cancellation));
    assertThat(end).isEqualTo(new WorkerEvent.Succeeded());
  }

  private void cancelAtHeatmap(WorkerEvent event) {
    if (heatmaps().size() == heatmapsBeforeCancelling) {
      cancellation.request();
    }
  }

  /** The pictures. */
  private List<ArtifactWritten> heatmaps() {
    return written.events(ArtifactWritten.class).stream()
        .filter(artifact -> artifact.facts().containsKey("stride"))
        .toList();
  }

  private static double fact(ArtifactWritten artifact, String name) {
    return Double.parseDouble(String.valueOf(artifact.facts().get(name)));
  }

  @Test
  void aCoarseMapComesFirstAndTheFineOneTakesItsPlace() throws IOException {
    draw(1);
    assertThat(heatmaps())
        .extracting(each -> Json.MAPPER.valueToTree(each.kind()).asText() + fact(each, "stride"))
        .containsExactly(
            "heatmap8.0", "scrambled-heatmap8.0", "heatmap1.0", "scrambled-heatmap1.0");
    for (int i = 0; i < 2; i++) {
      ArtifactWritten coarse = heatmaps().get(i);
      ArtifactWritten fine = heatmaps().get(i + 2);
      assertThat(coarse.replaces()).isEmpty();
      assertThat(fine.replaces()).contains(coarse.path());
      assertThat(folder.resolve(coarse.path())).exists();
      // All of the coarse map's values are among the fine one's.
      assertThat(fact(fine, "minimum")).isLessThanOrEqualTo(fact(coarse, "minimum"));
      assertThat(fact(fine, "maximum")).isGreaterThanOrEqualTo(fact(coarse, "maximum"));
    }
  }

  @Test
  void progressCountsThePartsOfAllMaps() throws IOException {
    draw(1);
    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    assertThat(progress).extracting(WorkerEvent.Progress::done).isSorted();
    assertThat(progress).extracting(WorkerEvent.Progress::total).containsOnly(2 * (1 + 64));
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void aMapOfTheOutputStrideIsDrawnOnce() throws IOException {
    draw(8);
    assertThat(heatmaps()).hasSize(2).allMatch(map -> map.replaces().isEmpty());
  }

  @Test
  void whatIsCancelledMeanwhileLeavesTheCoarseMaps() {
    heatmapsBeforeCancelling = 2;
    assertThatExceptionOfType(Cancellation.Requested.class).isThrownBy(() -> draw(1));
    assertThat(heatmaps()).extracting(map -> fact(map, "stride")).containsExactly(8.0, 8.0);
  }

  /** As the command line draws it. */
  @Test
  void theModeOfTheReportIsDrawn() throws IOException {
    draw(8, HeatmapMode.REPORT);
    assertThat(heatmaps())
        .hasSize(2)
        .allMatch(map -> "report".equals(map.facts().get("mode")))
        .noneMatch(map -> map.facts().containsKey("limit"));
  }

  /** Beside a run's scrambled accuracy stand the images that it is of. */
  @Test
  void theScrambledPictureIsTheMeasuredOne() throws IOException {
    draw(8);
    ArtifactWritten picture =
        written.events(ArtifactWritten.class).stream()
            .filter(artifact -> artifact.kind() == ArtifactKind.SCRAMBLED_IMAGE)
            .findFirst()
            .orElseThrow();
    String path = String.valueOf(picture.facts().get("image"));
    Controlled15 dataset = new Controlled15();
    Pixels whole = dataset.read(dataset.find(path).orElseThrow(), 64);
    assertThat(Files.readAllBytes(folder.resolve(picture.path())))
        .isEqualTo(Png.of(new Scramble(4, TRAINING.seed()).apply(whole, path)));
  }

  /** The values of every picture are kept, and go where it goes. */
  @Test
  void theRawValuesAreBesideThePicture() throws IOException {
    draw(4);
    List<ArtifactWritten> maps =
        written.events(ArtifactWritten.class).stream()
            .filter(artifact -> artifact.kind() == ArtifactKind.MAP)
            .toList();
    assertThat(maps)
        .extracting(map -> map.facts().get("picture"))
        .isEqualTo(heatmaps().stream().map(ArtifactWritten::path).toList());
    for (int i = 0; i < maps.size(); i++) {
      float maximum = Float.NEGATIVE_INFINITY;
      for (float value : values(maps.get(i).path())) {
        maximum = Math.max(maximum, value);
      }
      assertThat(maximum).isEqualTo((float) fact(heatmaps().get(i), "maximum"));
      assertThat(maps.get(i).replaces().isPresent())
          .isEqualTo(heatmaps().get(i).replaces().isPresent());
    }
  }

  /** Of a map's file. */
  private float[] values(String path) throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(path))).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer buffer =
        file.position(10 + file.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static NetworkSpec spec(
      Optional<String> label, int stride, ShownClasses classes, ColourScale scale) {
    HeatmapExperiment experiment = new HeatmapExperiment();
    return experiment.specification(
        experiment
            .ofRun(1)
            .with(HeatmapExperiment.STRIDE, stride)
            .with(HeatmapExperiment.CLASSES, classes)
            .with(HeatmapExperiment.SCALE, scale)
            .settings()
            .with(NetworkParameters.LABEL, label));
  }

  /** Values by the class and the kind of the picture. */
  private Map<String, float[]> maps() throws IOException {
    Map<String, float[]> maps = new HashMap<>();
    for (ArtifactWritten heatmap : heatmaps()) {
      maps.put(
          heatmap.facts().get("label") + " " + heatmap.kind(),
          values(heatmap.path().replaceFirst("png$", "npy")));
    }
    return maps;
  }

  @Test
  void theMapsOfAllClassesAreThoseOfEachByItself() throws IOException {
    List<String> classes = new Controlled15().classes();
    String target = classes.get(5);
    draw(TRAINING, spec(Optional.of(target), 4, ShownClasses.ALL, ColourScale.OWN));
    assertThat(heatmaps())
        .hasSize(2 * 2 * classes.size())
        .extracting(heatmap -> heatmap.facts().get("label"))
        .startsWith(target, classes.get(0))
        .containsAll(classes);
    assertThat(heatmaps().stream().map(ArtifactWritten::path)).doesNotHaveDuplicates();
    assertThat(heatmaps().stream().flatMap(heatmap -> heatmap.replaces().stream()))
        .hasSize(2 * classes.size())
        .doesNotHaveDuplicates();
    assertThat(heatmaps()).allMatch(heatmap -> heatmap.facts().containsKey("limit"));
    Map<String, float[]> all = maps();
    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    // As many forward passes as for one class.
    assertThat(progress).extracting(WorkerEvent.Progress::total).containsOnly(2 * (1 + 4));
    Map<String, float[]> each = new HashMap<>();
    for (String label : classes) {
      written.events().clear();
      draw(TRAINING, spec(Optional.of(label), 4, ShownClasses.ONE, ColourScale.OWN));
      each.putAll(maps());
    }
    assertThat(all).hasSize(2 * classes.size()).hasSameSizeAs(each);
    all.forEach((map, values) -> assertThat(values).as(map).containsExactly(each.get(map)));
  }

  @Test
  void moreClassesThanCanBeDrawnAreRefused() {
    assertThat(HeatmapRunner.labels(ShownClasses.ONE, 700, 1000)).containsExactly(700);
    assertThat(HeatmapRunner.labels(ShownClasses.ALL, 2, 4)).containsExactly(2, 0, 1, 3);
    assertThat(HeatmapRunner.labels(ShownClasses.ALL, 99, 100)).hasSize(100);
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> HeatmapRunner.labels(ShownClasses.ALL, 2, 101))
        .withMessage(
            "Heatmaps of all classes are drawn for up to 100 classes, but the network has 101:"
                + " name one as the target class.")
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("classes"));
  }

  /** The largest magnitude of all maps of a stride is in one of them, whose picture reaches it. */
  @ParameterizedTest
  @CsvSource({"ONE, FAITHFUL", "ALL, FAITHFUL", "ALL, REPORT"})
  void aCommonScaleEndsAtTheLargestMagnitude(ShownClasses classes, HeatmapMode mode)
      throws IOException {
    NetworkSpec spec =
        new HeatmapExperiment()
            .ofRun(1)
            .with(HeatmapExperiment.STRIDE, 4)
            .with(HeatmapExperiment.MODE, mode);
    draw(
        TRAINING,
        spec.with(HeatmapExperiment.CLASSES, classes)
            .with(HeatmapExperiment.SCALE, ColourScale.COMMON));
    for (double stride : new double[] {4, 8}) {
      List<ArtifactWritten> maps =
          heatmaps().stream().filter(map -> fact(map, "stride") == stride).toList();
      double largest =
          maps.stream()
              .mapToDouble(map -> Math.max(-fact(map, "minimum"), fact(map, "maximum")))
              .max()
              .orElseThrow();
      assertThat(maps).extracting(map -> fact(map, "limit")).containsOnly(largest);
      assertThat(maps).extracting(map -> map.facts().get("scale")).containsOnly("common");
      // Colours are the same function of the values in every picture.
      Map<Integer, Float> colours = new HashMap<>();
      Map<Integer, Float> least = new HashMap<>();
      for (ArtifactWritten map : maps) {
        float[] values = values(map.path().replaceFirst("png$", "npy"));
        BufferedImage picture = ImageIO.read(folder.resolve(map.path()).toFile());
        int side = picture.getWidth() / (int) stride;
        for (int i = 0; i < values.length; i++) {
          int colour = picture.getRGB(i % side * (int) stride, i / side * (int) stride);
          colours.merge(colour, values[i], Math::max);
          least.merge(colour, values[i], Math::min);
        }
      }
      assertThat(colours).hasSizeGreaterThan(1);
      // There are 127 colours on each side of zero, here with room for float32.
      colours.forEach(
          (colour, most) ->
              assertThat(most - requireNonNull(least.get(colour)))
                  .isLessThan((float) (largest / 126)));
    }
  }
}
