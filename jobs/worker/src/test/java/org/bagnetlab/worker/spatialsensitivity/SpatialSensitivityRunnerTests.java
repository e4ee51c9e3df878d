package org.bagnetlab.worker.spatialsensitivity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.spatialsensitivity.SpatialSensitivityExperiment;
import org.bagnetlab.protocol.WorkerEvent;
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
class SpatialSensitivityRunnerTests {

  private static final int IMAGES = 45;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private static NetworkSpec spec(int tile, String masked) {
    return new SpatialSensitivityExperiment()
        .ofRun(1)
        .with(SpatialSensitivityExperiment.MOST_IMAGES, IMAGES)
        .with(MaskedImages.TILE, tile)
        .with(SpatialSensitivityExperiment.MASKED, WholeNumbers.of(masked));
  }

  private WrittenEvents measured(NetworkSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(
            Runners.of(new SpatialSensitivityExperiment())
                .run(
                    spec,
                    requireNonNull(learnt)
                        .run(spec, new SpatialSensitivityExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  /** By method, then by the number of masked tiles. */
  private static Map<String, Map<Integer, Double>> curves(WrittenEvents written, String output) {
    Map<String, Map<Integer, Double>> curves = new LinkedHashMap<>();
    written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .forEach(
            result -> {
              assertThat(result.images()).contains(IMAGES);
              curves
                  .computeIfAbsent(
                      result.axes().path("saliency").asText(), name -> new LinkedHashMap<>())
                  .put(result.axes().path("maskedTiles").asInt(), result.value());
            });
    return curves;
  }

  @Test
  void theTilesThatCountMostTakeMoreThanOthers() throws IOException {
    WrittenEvents written = measured(spec(8, "0, 2, 8, 64, 65"));
    Map<String, Map<Integer, Double>> probabilities = curves(written, "masked-probability");
    Map<String, Map<Integer, Double>> accuracies = curves(written, "masked-accuracy");
    assertThat(probabilities)
        .containsOnlyKeys("heatmap", "gradient", "gradient-times-input", "grad-cam", "random");
    Map<Integer, Double> random = requireNonNull(probabilities.get("random"));
    Map<Integer, Double> recognised = requireNonNull(accuracies.get("random"));
    for (SaliencyMethod method : SaliencyMethod.values()) {
      Map<Integer, Double> curve = requireNonNull(probabilities.get(method.text()));
      Map<Integer, Double> accuracy = requireNonNull(accuracies.get(method.text()));
      // There are 64 tiles.
      assertThat(curve.keySet()).containsExactly(0, 2, 8, 64);
      assertThat(accuracy.keySet()).containsExactly(0, 2, 8, 64);
      assertThat(curve.values()).allMatch(value -> value > 0 && value < 1);
      // None and all are the same tiles in every order. Float32 is rounded otherwise in another
      // place of a batch.
      assertThat(curve.get(0)).isEqualTo(random.get(0));
      assertThat(curve.get(64)).isCloseTo(requireNonNull(random.get(64)), within(1e-6));
      assertThat(accuracy.get(0)).isEqualTo(recognised.get(0));
      assertThat(accuracy.get(64)).isEqualTo(recognised.get(64));
    }
    // An image without any tile is taken for one class, which a fifteenth of the images is of.
    assertThat(recognised.get(64)).isEqualTo(3.0 / IMAGES);
    assertThat(requireNonNull(probabilities.get("heatmap")).get(8))
        .isLessThan(requireNonNull(random.get(8)));
    assertThat(requireNonNull(probabilities.get("grad-cam")).get(8))
        .isLessThan(requireNonNull(random.get(8)));

    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(IMAGES);
    assertThat(last.secondsLeft()).isCloseTo(0, within(1e-6));
  }

  @Test
  void tilesThatTheImagesDoNotHaveAreRefused() {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(
            () ->
                new SpatialSensitivityExperiment()
                    .check(spec(7, "1"), requireNonNull(learnt).training()))
        .withMessage("Tiles of 7 pixels do not divide the 64 pixels of the images.")
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("tile"));
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(
            () ->
                new SpatialSensitivityExperiment()
                    .check(spec(16, "17, 18"), requireNonNull(learnt).training()))
        .withMessage("17 tiles cannot be masked: images of 64 pixels have 16 tiles of 16 pixels.");
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(spec(8, "1")));
  }
}
