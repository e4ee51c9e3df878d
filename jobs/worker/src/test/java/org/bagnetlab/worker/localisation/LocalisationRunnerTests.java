package org.bagnetlab.worker.localisation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.localisation.LocalisationSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.Controlled15;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Png;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LocalisationRunnerTests {

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();
  private final WrittenEvents written = new WrittenEvents(event -> {});

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private static LocalisationSpec spec(
      Optional<String> dataset, Optional<Integer> subset, int stride) {
    return new LocalisationSpec(
        Optional.of(1L),
        Optional.empty(),
        dataset,
        Optional.empty(),
        Optional.empty(),
        subset,
        1,
        stride);
  }

  private Run run(LocalisationSpec spec) {
    return requireNonNull(learnt).run(spec, new LocalisationExperiment(), written, cancellation);
  }

  private void measure(LocalisationSpec spec) throws IOException {
    assertThat(Runners.of(new LocalisationExperiment()).run(spec, run(spec)))
        .isEqualTo(new WorkerEvent.Succeeded());
  }

  private double value(String output) {
    List<WorkerEvent.Result> results =
        written.events(WorkerEvent.Result.class).stream()
            .filter(result -> result.output().equals(output))
            .toList();
    assertThat(results).hasSize(1);
    return results.get(0).value();
  }

  private static JsonNode byClass(String output) throws IOException {
    return Json.MAPPER.readTree(folder.resolve(output + "-test.json").toFile());
  }

  @Test
  void theGeneratedImagesAreTheOnesWhoseMarksAreKnown() {
    assertThat(LocalisationExperiment.DATASET).isEqualTo(Controlled15.NAME);
  }

  /**
   * The phase of the textures is uniform, so over many images the centres are marked as often as
   * pixels are: (mark / spacing)^2 of them.
   */
  @Test
  void chanceIsTheAreaOfTheMarks() throws IOException {
    measure(spec(Optional.empty(), Optional.empty(), 8));
    JsonNode matrix = byClass("localisation-by-class");
    assertThat(matrix.path("rows")).hasSize(15);
    double within = 0;
    double pointing = 0;
    double chance = 0;
    for (int label = 0; label < 15; label++) {
      String name = matrix.path("rows").path(label).asText();
      double share =
          name.startsWith("middle") ? 5 / 21.0 : name.startsWith("far") ? 5 / 37.0 : 3 / 11.0;
      JsonNode values = matrix.path("values").path(label);
      // 80 images of 49 points: about five standard errors.
      assertThat(values.path(2).asDouble()).as(name).isCloseTo(share * share, within(.025));
      within += values.path(0).asDouble() / 15;
      pointing += values.path(1).asDouble() / 15;
      chance += values.path(2).asDouble() / 15;
    }
    // Every class has 80 test images.
    assertThat(value("evidence-within-marks")).isBetween(0.0, 1.0).isCloseTo(within, within(.05));
    assertThat(value("pointing-game")).isCloseTo(pointing, within(1e-9));
    assertThat(value("chance")).isCloseTo(chance, within(1e-9));
  }

  /** Of an image of each class. */
  @ParameterizedTest
  @ValueSource(ints = {8, 4})
  void aPatchCountsWhereItsCentreIs(int stride) throws IOException {
    LocalisationSpec spec = spec(Optional.empty(), Optional.of(1), stride);
    measure(spec);
    double sum = 0;
    int images = 0;
    try (SubjectNetwork subject = run(spec).network(spec)) {
      List<SceneImage> chosen = subject.images(spec);
      assertThat(chosen).hasSize(15);
      LoadedImages loaded = subject.loaded(chosen);
      for (int i = 0; i < 15; i++) {
        boolean[] marks = Controlled15.marks(chosen.get(i), 64);
        double all = 0;
        double marked = 0;
        for (int top = 0; top + 9 <= 64; top += stride) {
          for (int left = 0; left + 9 <= 64; left += stride) {
            double evidence = Math.max(0, logit(subject, loaded, i, top, left));
            all += evidence;
            marked += marks[(top + 4) * 64 + left + 4] ? evidence : 0;
          }
        }
        if (all > 0) {
          sum += marked / all;
          images++;
        }
      }
    }
    assertThat(value("other-evidence-within-marks")).isCloseTo(sum / images, within(1e-3));
  }

  /** Of a patch alone. */
  private static double logit(
      SubjectNetwork subject, LoadedImages images, int image, int top, int left) {
    float[] pixels = images.batch(image).values();
    float[] patch = new float[3 * 9 * 9];
    for (int i = 0; i < patch.length; i++) {
      patch[i] = pixels[(i / 81 * 64 + top + i / 9 % 9) * 64 + left + i % 9];
    }
    LogitMap map = subject.network().logitMap(new Batch(patch, 1, 3, 9, 9));
    return map.at(0, images.image(image).label(), 0, 0);
  }

  @Test
  void onOtherImagesItIsRefused() throws Exception {
    Controlled15 generated = new Controlled15();
    Path source = folder.resolve("source");
    for (int i = 0; i < 15; i++) {
      SceneImage image = generated.images().get(80 * i);
      Path file = source.resolve(generated.classes().get(image.label())).resolve("a.png");
      Files.createDirectories(file.getParent());
      Files.write(file, Png.of(generated.read(image, 64)));
    }
    new DatasetStore(folder).importFrom("copy", source, (done, total) -> {});
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> measure(spec(Optional.of("copy"), Optional.empty(), 8)))
        .withMessageEndingWith("those of controlled-15, not copy.");
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measure(new LocalisationSpec(1, 8)));
  }
}
