package org.bagnetlab.worker.saliency;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.saliency.SaliencyExperiment;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.ArtifactWritten;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.WrittenEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SaliencyRunnerTests {

  private static final int SIZE = 64;
  private static final String TARGET = new Controlled15().classes().get(5);
  private static final List<String> OF_ALL_NETWORKS =
      List.of("gradient", "gradient-times-input", "grad-cam");

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork bagnet;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    bagnet = LearntNetwork.in(folder, "bagnet9");
  }

  private static NetworkSpec spec(Optional<String> label, ColourScale scale) {
    SaliencyExperiment experiment = new SaliencyExperiment();
    return experiment.specification(
        experiment
            .ofRun(1)
            .with(SaliencyExperiment.SCALE, scale)
            .settings()
            .with(NetworkParameters.LABEL, label));
  }

  private WrittenEvents drawn(@Nullable LearntNetwork subject, NetworkSpec spec)
      throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    SaliencyExperiment experiment = new SaliencyExperiment();
    assertThat(
            Runners.of(experiment)
                .run(spec, requireNonNull(subject).run(spec, experiment, written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static Map<String, ArtifactWritten> pictures(WrittenEvents written, ArtifactKind kind) {
    Map<String, ArtifactWritten> pictures = new LinkedHashMap<>();
    written.events(ArtifactWritten.class).stream()
        .filter(picture -> picture.kind() == kind)
        .forEach(
            picture -> pictures.put(picture.facts().getOrDefault("saliency", "none"), picture));
    return pictures;
  }

  private static float[] values(ArtifactWritten picture) throws IOException {
    Path path = folder.resolve(picture.path().replaceFirst("png$", "npy"));
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer buffer =
        file.position(10 + file.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static double fact(ArtifactWritten picture, String name) {
    return Double.parseDouble(requireNonNull(picture.facts().get(name)));
  }

  @Test
  void aNetworkThatSeesTheWholeImageHasEveryMapButAHeatmap() throws IOException {
    WrittenEvents written =
        drawn(LearntNetwork.in(folder, "resnet50"), spec(Optional.of(TARGET), ColourScale.OWN));
    assertThat(pictures(written, ArtifactKind.IMAGE)).hasSize(1);
    assertThat(pictures(written, ArtifactKind.SCRAMBLED_IMAGE)).hasSize(1);
    for (ArtifactKind kind : List.of(ArtifactKind.HEATMAP, ArtifactKind.SCRAMBLED_HEATMAP)) {
      Map<String, ArtifactWritten> maps = pictures(written, kind);
      assertThat(maps.keySet()).containsExactlyElementsOf(OF_ALL_NETWORKS);
      for (ArtifactWritten map : maps.values()) {
        assertThat(map.facts()).containsEntry("label", TARGET).doesNotContainKey("scale");
        assertThat(values(map)).hasSize(SIZE * SIZE);
      }
    }
    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(2 * OF_ALL_NETWORKS.size());
    assertThat(last.secondsLeft()).isCloseTo(0, within(1e-6));
  }

  @Test
  void aNetworkThatEndsInASinglePositionHasNoGradCam(@TempDir Path other) throws IOException {
    WrittenEvents written =
        drawn(LearntNetwork.in(other, "vgg16_bn"), spec(Optional.empty(), ColourScale.OWN));
    assertThat(pictures(written, ArtifactKind.HEATMAP))
        .containsOnlyKeys("gradient", "gradient-times-input");
  }

  @Test
  void aBagOfLocalFeaturesAlsoHasAHeatmapOfThePredictedClass() throws IOException {
    WrittenEvents written = drawn(bagnet, spec(Optional.empty(), ColourScale.OWN));
    Map<String, ArtifactWritten> maps = pictures(written, ArtifactKind.HEATMAP);
    assertThat(maps).containsOnlyKeys("heatmap", "gradient", "gradient-times-input", "grad-cam");
    String predicted =
        requireNonNull(pictures(written, ArtifactKind.IMAGE).get("none"))
            .facts()
            .getOrDefault("predicted", "");
    assertThat(maps.values())
        .allMatch(map -> predicted.equals(map.facts().get("label")))
        .allMatch(map -> predicted.equals(map.facts().get("predicted")));
  }

  /**
   * A network with its initial weights has no biases but the classifier's: its logits without these
   * are proportional to the image on a ray from 0, so gradient times input adds up to them (Euler).
   */
  @Test
  void gradientTimesInputAddsUpToTheLogitWhereNoLayerHasABias() throws IOException {
    LearntNetwork learnt = requireNonNull(bagnet);
    Controlled15 dataset = new Controlled15();
    Architecture architecture =
        Architectures.named("bagnet9")
            .build(dataset.classes().size(), learnt.training().width(), SIZE);
    Path checkpoint = folder.resolve("initial.safetensors");
    Map<String, float[]> weights = InitialWeights.of(architecture, 1);
    Checkpoint.of(Map.of(), weights).write(checkpoint, architecture);
    Map<String, ArtifactWritten> maps =
        pictures(
            drawn(
                new LearntNetwork(learnt.training(), checkpoint),
                spec(Optional.of(TARGET), ColourScale.OWN)),
            ArtifactKind.HEATMAP);
    float[] gradients = values(requireNonNull(maps.get("gradient")));
    ArtifactWritten product = requireNonNull(maps.get("gradient-times-input"));
    float[] products = values(product);
    String path = requireNonNull(product.facts().get("image"));
    Batch image = Normalisation.of(dataset.read(dataset.find(path).orElseThrow(), SIZE));
    double sum = 0;
    double magnitudes = 0;
    for (int pixel = 0; pixel < products.length; pixel++) {
      double bound = gradients[pixel] * largestMagnitude(image, pixel);
      assertThat((double) Math.abs(products[pixel])).isLessThanOrEqualTo(bound * (1 + 1e-5));
      sum += products[pixel];
      magnitudes += Math.abs(products[pixel]);
    }
    int label = dataset.classes().indexOf(TARGET);
    try (Network network = LocalEngine.start().compile(architecture, Optimiser.ADAM, 1)) {
      network.load(weights);
      double logit = network.logits(image)[0][label];
      double bias = requireNonNull(weights.get("fc.bias"))[label];
      // Float32.
      assertThat(sum).isCloseTo(logit - bias, within(1e-4 * magnitudes));
      assertThat(Math.abs(sum)).isGreaterThan(0.01 * magnitudes);
    }
  }

  private static double largestMagnitude(Batch image, int pixel) {
    return IntStream.range(0, 3)
        .mapToDouble(channel -> Math.abs(image.values()[channel * SIZE * SIZE + pixel]))
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(ColourScale.class)
  void theMapsOfAMethodHaveACommonScaleOnDemand(ColourScale scale) throws IOException {
    WrittenEvents written = drawn(bagnet, spec(Optional.empty(), scale));
    Map<String, ArtifactWritten> scrambled = pictures(written, ArtifactKind.SCRAMBLED_HEATMAP);
    boolean common = scale == ColourScale.COMMON;
    pictures(written, ArtifactKind.HEATMAP)
        .forEach(
            (method, whole) -> {
              ArtifactWritten other = requireNonNull(scrambled.get(method));
              double largest = Math.max(largestMagnitude(whole), largestMagnitude(other));
              assertThat(fact(whole, "limit") == largest && fact(other, "limit") == largest)
                  .isEqualTo(common);
              assertThat("common".equals(whole.facts().get("scale"))).isEqualTo(common);
            });
  }

  private static double largestMagnitude(ArtifactWritten map) {
    return Math.max(-fact(map, "minimum"), fact(map, "maximum"));
  }

  @Test
  void aClassThatTheNetworkLacksIsRefused() {
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> drawn(bagnet, spec(Optional.of("Moon"), ColourScale.OWN)))
        .withMessageStartingWith("Data set controlled-15 has no class 'Moon'.");
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> drawn(bagnet, spec(Optional.empty(), ColourScale.OWN)));
  }
}
