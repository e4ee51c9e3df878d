package org.bagnetlab.worker.faithfulness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.bagnetlab.experiment.faithfulness.FaithfulnessExperiment;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.network.NetworkSpec;
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
class FaithfulnessRunnerTests {

  private static final int IMAGES = 30;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private static NetworkSpec spec(int tile) {
    return new FaithfulnessExperiment()
        .ofRun(1)
        .with(FaithfulnessExperiment.MOST_IMAGES, IMAGES)
        .with(MaskedImages.TILE, tile)
        .with(FaithfulnessExperiment.STEPS, 8);
  }

  private WrittenEvents measured(@Nullable LearntNetwork subject, NetworkSpec spec)
      throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(
            Runners.of(new FaithfulnessExperiment())
                .run(
                    spec,
                    requireNonNull(subject)
                        .run(spec, new FaithfulnessExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  /** By method, then by the share on an axis. */
  private static Map<String, NavigableMap<Double, Double>> curves(
      WrittenEvents written, String output, String axis) {
    Map<String, NavigableMap<Double, Double>> curves = new LinkedHashMap<>();
    written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .forEach(
            result ->
                curves
                    .computeIfAbsent(
                        result.axes().path("saliency").asText(), name -> new TreeMap<>())
                    .put(result.axes().path(axis).asDouble(), result.value()));
    return curves;
  }

  private static Map<String, Double> areas(WrittenEvents written, String output) {
    Map<String, Double> areas = new LinkedHashMap<>();
    curves(written, output, "none")
        .forEach((name, area) -> areas.put(name, requireNonNull(area.get(0.0))));
    return areas;
  }

  private static void assertIsAreaUnder(NavigableMap<Double, Double> curve, double area) {
    double expected = 0;
    for (double share : curve.keySet()) {
      if (share > 0) {
        double before = requireNonNull(curve.lowerKey(share));
        double height = requireNonNull(curve.get(share)) + requireNonNull(curve.get(before));
        expected += (share - before) * height / 2;
      }
    }
    assertThat(area).isCloseTo(expected, within(1e-9));
  }

  @Test
  void whatCountsMostIsMissedFirstAndEnoughAlone() throws IOException {
    WrittenEvents written = measured(learnt, spec(8));
    Map<String, NavigableMap<Double, Double>> deletion = curves(written, "deletion", "removed");
    Map<String, NavigableMap<Double, Double>> insertion = curves(written, "insertion", "inserted");
    Map<String, Double> deleted = areas(written, "deletion-area");
    Map<String, Double> inserted = areas(written, "insertion-area");
    assertThat(deletion)
        .containsOnlyKeys("heatmap", "gradient", "gradient-times-input", "grad-cam", "random");
    NavigableMap<Double, Double> random = requireNonNull(deletion.get("random"));
    deletion.forEach(
        (method, curve) -> {
          NavigableMap<Double, Double> back = requireNonNull(insertion.get(method));
          assertThat(curve.keySet())
              .containsExactly(0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0);
          assertThat(back.keySet()).isEqualTo(curve.keySet());
          assertThat(curve.get(0.0)).isEqualTo(back.get(1.0)).isEqualTo(random.get(0.0));
          assertThat(curve.get(1.0)).isEqualTo(back.get(0.0)).isEqualTo(random.get(1.0));
          assertIsAreaUnder(curve, requireNonNull(deleted.get(method)));
          assertIsAreaUnder(back, requireNonNull(inserted.get(method)));
        });
    for (String local : List.of("heatmap", "grad-cam")) {
      assertThat(deleted.get(local)).isLessThan(requireNonNull(deleted.get("random")));
      assertThat(inserted.get(local)).isGreaterThan(requireNonNull(inserted.get("random")));
    }
    assertThat(written.events(WorkerEvent.Result.class))
        .allMatch(result -> result.images().equals(Optional.of(IMAGES)));
  }

  @Test
  void aNetworkThatSeesTheWholeImageHasNoHeatmapAndFewTilesFewSteps() throws IOException {
    WrittenEvents written = measured(LearntNetwork.in(folder, "resnet50"), spec(32));
    Map<String, NavigableMap<Double, Double>> deletion = curves(written, "deletion", "removed");
    assertThat(deletion).containsOnlyKeys("gradient", "gradient-times-input", "grad-cam", "random");
    assertThat(deletion.values())
        .allSatisfy(curve -> assertThat(curve.keySet()).containsExactly(0.0, .25, .5, .75, 1.0));
    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(IMAGES);
    assertThat(last.secondsLeft()).isCloseTo(0, within(1e-6));
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(learnt, spec(8)));
  }
}
