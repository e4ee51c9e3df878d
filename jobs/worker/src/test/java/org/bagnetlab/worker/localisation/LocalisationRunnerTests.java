package org.bagnetlab.worker.localisation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.localisation.LocalisationExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.dataset.store.DatasetStore;
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

  /** Of BagNet-17. */
  private static final int FIELD = 17;

  /** ImageNet's, by which images are normalised. */
  private static final double[] MEAN = {.485, .456, .406};

  private static final double[] DEVIATION = {.229, .224, .225};

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();
  private final WrittenEvents written = new WrittenEvents(event -> {});

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet17");
  }

  private static NetworkSpec spec(Optional<String> dataset, Optional<Integer> subset, int stride) {
    LocalisationExperiment experiment = new LocalisationExperiment();
    return experiment.specification(
        experiment
            .ofRun(1)
            .with(Stride.FOR_MANY_IMAGES, stride)
            .settings()
            .with(NetworkParameters.DATASET, dataset)
            .with(NetworkParameters.SUBSET, subset));
  }

  private Run run(NetworkSpec spec) {
    return requireNonNull(learnt).run(spec, new LocalisationExperiment(), written, cancellation);
  }

  private void measure(NetworkSpec spec) throws IOException {
    assertThat(Runners.of(new LocalisationExperiment()).run(spec, run(spec)))
        .isEqualTo(new WorkerEvent.Succeeded());
  }

  private List<WorkerEvent.Result> results(String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .toList();
  }

  private WorkerEvent.Result result(String output) {
    assertThat(results(output)).hasSize(1);
    return results(output).get(0);
  }

  private List<String> classes(String output) {
    return results(output).stream().map(each -> each.axes().path("class").asText()).toList();
  }

  @Test
  void theGeneratedImagesAreTheOnesWhoseMarksAreKnown() {
    assertThat(LocalisationExperiment.DATASET).isEqualTo(Controlled15.NAME);
  }

  /** With 17 pixels only near classes have both kinds of patches. */
  @Test
  void aClassHasAShareIfSomeOfItsPatchesAreInformativeAndSomeAreNot() throws IOException {
    measure(spec(Optional.empty(), Optional.empty(), 8));
    for (String output : List.of("informative-evidence-by-class", "largest-informative-by-class")) {
      assertThat(classes(output)).hasSize(6).allMatch(name -> name.startsWith("near-"));
    }
    for (WorkerEvent.Result patches : results("informative-patches-by-class")) {
      String name = patches.axes().path("class").asText();
      assertThat(patches.images()).contains(80);
      if (name.startsWith("near-")) {
        // Of 80 images with 36 patches each: a standard error of .005.
        assertThat(patches.value()).as(name).isCloseTo(112 / 121.0, within(.025));
      } else {
        assertThat(patches.value()).as(name).isEqualTo(name.startsWith("only-") ? 1 : 0);
      }
    }
    WorkerEvent.Result chance = result("informative-patches");
    assertThat(chance.value()).isCloseTo(112 / 121.0, within(.02));
    assertThat(chance.images().orElseThrow()).isBetween(400, 480);
    assertThat(result("largest-informative").images()).isEqualTo(chance.images());
    WorkerEvent.Result evidence = result("informative-evidence");
    assertThat(evidence.images().orElseThrow()).isLessThanOrEqualTo(chance.images().orElseThrow());
    assertThat(evidence.value()).isBetween(0.0, 1.0);
  }

  /** With 9 pixels no patch holds two marks, and every patch shows an only colour. */
  @Test
  void ofPatchesThatAreTooSmallNothingIsMeasured() throws IOException {
    LearntNetwork small = LearntNetwork.in(folder, "bagnet9");
    NetworkSpec spec = spec(Optional.empty(), Optional.of(2), 8);
    assertThat(
            Runners.of(new LocalisationExperiment())
                .run(spec, small.run(spec, new LocalisationExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    assertThat(written.events(WorkerEvent.Result.class))
        .hasSize(15)
        .allMatch(each -> each.output().equals("other-informative-patches-by-class"))
        .allMatch(
            each ->
                each.value() == (each.axes().path("class").asText().startsWith("only-") ? 1 : 0));
  }

  /** Of an image of each class. */
  @ParameterizedTest
  @ValueSource(ints = {8, 4})
  void thePatchesWithTwoMarksAreWeighedAgainstAll(int stride) throws IOException {
    NetworkSpec spec = spec(Optional.empty(), Optional.of(1), stride);
    measure(spec);
    double sum = 0;
    int images = 0;
    try (SubjectNetwork subject = run(spec).network(spec)) {
      List<SceneImage> chosen = subject.images(spec);
      assertThat(chosen).hasSize(15);
      LoadedImages loaded = subject.loaded(chosen);
      for (int i = 0; i < 15; i++) {
        double all = 0;
        double telling = 0;
        int kinds = 0;
        for (int top = 0; top + FIELD <= 64; top += stride) {
          for (int left = 0; left + FIELD <= 64; left += stride) {
            float[] patch = patch(loaded, i, top, left);
            double evidence = Math.max(0, logit(subject, patch, loaded.image(i).label()));
            boolean informative = chosen.get(i).path().contains("only-") || marksIn(patch) > 1;
            kinds |= informative ? 1 : 2;
            all += evidence;
            telling += informative ? evidence : 0;
          }
        }
        if (all > 0 && kinds == 3) {
          sum += telling / all;
          images++;
        }
      }
    }
    assertThat(images).isPositive();
    assertThat(result("other-informative-evidence").value()).isCloseTo(sum / images, within(1e-3));
    assertThat(result("other-informative-evidence").images()).contains(images);
  }

  private static float[] patch(LoadedImages images, int image, int top, int left) {
    float[] pixels = images.batch(image).values();
    int area = FIELD * FIELD;
    float[] patch = new float[3 * area];
    for (int i = 0; i < patch.length; i++) {
      patch[i] = pixels[(i / area * 64 + top + i / FIELD % FIELD) * 64 + left + i % FIELD];
    }
    return patch;
  }

  /** Of a patch alone. */
  private static double logit(SubjectNetwork subject, float[] patch, int label) {
    LogitMap map = subject.network().logitMap(new Batch(patch, 1, 3, FIELD, FIELD));
    return map.at(0, label, 0, 0);
  }

  /** Marks differ from the ground in red or in green and blue, by more than one deviation. */
  private static int marksIn(float[] patch) {
    int area = FIELD * FIELD;
    boolean[] marked = new boolean[area];
    for (int channel = 0; channel < 3; channel++) {
      double ground = (128 / 255.0 - MEAN[channel]) / DEVIATION[channel];
      for (int i = 0; i < area; i++) {
        marked[i] |= Math.abs(patch[channel * area + i] - ground) > 1;
      }
    }
    int marks = 0;
    for (int i = 0; i < area; i++) {
      boolean above = i >= FIELD && marked[i - FIELD];
      boolean before = i % FIELD > 0 && marked[i - 1];
      marks += marked[i] && !above && !before ? 1 : 0;
    }
    return marks;
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
        .isThrownBy(() -> measure(new LocalisationExperiment().ofRun(1)));
  }
}
