package org.bagnetlab.worker.predictivepatches;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.predictivepatches.PredictivePatchesExperiment;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.LogitMap;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PredictivePatchesRunnerTests {

  private static final int FACTOR = 15;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();
  private final WrittenEvents written = new WrittenEvents(event -> {});

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private Run run(NetworkSpec spec) {
    return requireNonNull(learnt)
        .run(spec, new PredictivePatchesExperiment(), written, cancellation);
  }

  private void measure(NetworkSpec spec) throws IOException {
    assertThat(Runners.of(new PredictivePatchesExperiment()).run(spec, run(spec)))
        .isEqualTo(new WorkerEvent.Succeeded());
  }

  private List<WorkerEvent.ArtifactWritten> pictures() {
    return written.events(WorkerEvent.ArtifactWritten.class);
  }

  private static String fact(WorkerEvent.ArtifactWritten picture, String name) {
    return requireNonNull(picture.facts().get(name));
  }

  private List<WorkerEvent.ArtifactWritten> pictures(String label, String from) {
    return pictures().stream()
        .filter(each -> fact(each, "label").equals(label) && fact(each, "from").equals(from))
        .toList();
  }

  @Test
  void everyClassHasPatchesFromItsImagesAndFromOthers() throws IOException {
    measure(
        new PredictivePatchesExperiment().ofRun(1).with(PredictivePatchesExperiment.PATCHES, 3));
    assertThat(pictures()).hasSize(15 * 2 * 3);
    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(List.of(last.done(), last.total())).containsOnly(15 * 2 * 3);
    assertThat(last.secondsLeft()).isCloseTo(0, within(1e-3));
    List<WorkerEvent.Result> shares =
        written.events(WorkerEvent.Result.class).stream()
            .filter(result -> result.output().equals("own-class-share-by-class"))
            .toList();
    assertThat(shares).hasSize(15);
    for (WorkerEvent.Result share : shares) {
      String label = share.axes().path("class").asText();
      assertThat(pictures(label, "own"))
          .hasSize(3)
          .allMatch(each -> fact(each, "class").equals(label));
      assertThat(pictures(label, "others"))
          .hasSize(3)
          .noneMatch(each -> fact(each, "class").equals(label));
      List<WorkerEvent.ArtifactWritten> best =
          Stream.concat(pictures(label, "own").stream(), pictures(label, "others").stream())
              .sorted(Comparator.comparingDouble(each -> -Double.parseDouble(fact(each, "logit"))))
              .limit(3)
              .toList();
      long own = best.stream().filter(each -> fact(each, "from").equals("own")).count();
      assertThat(share.value()).isCloseTo(own / 3.0, within(1e-9));
      assertThat(share.images()).contains(3);
    }
    assertThat(
            written.events(WorkerEvent.Result.class).stream()
                .filter(result -> result.output().equals("own-class-share"))
                .mapToDouble(WorkerEvent.Result::value))
        .hasSize(1)
        .first()
        .satisfies(
            mean ->
                assertThat(mean)
                    .isCloseTo(
                        shares.stream()
                            .mapToDouble(WorkerEvent.Result::value)
                            .average()
                            .orElseThrow(),
                        within(1e-9)));
  }

  /** A share of the patches, not of all images; by chance it would be that of the images. */
  @Test
  void sharesSayOfHowManyPatchesTheyAreAndWhatChanceGives() throws IOException {
    measure(
        new PredictivePatchesExperiment().ofRun(1).with(PredictivePatchesExperiment.PATCHES, 3));
    assertThat(result("own-class-share").images()).contains(15 * 3);
    assertThat(result("own-class-chance").images()).contains(1200);
    assertThat(result("own-class-chance").value()).isCloseTo(1 / 15.0, within(1e-9));
    assertThat(
            written.events(WorkerEvent.Result.class).stream()
                .filter(result -> result.output().equals("own-class-chance-by-class")))
        .hasSize(15)
        .allSatisfy(each -> assertThat(each.value()).isCloseTo(1 / 15.0, within(1e-9)));
  }

  /** Conflicting cues have no images of the three classes of one colour. */
  @Test
  void aClassWithoutImagesHasNoShare() throws IOException {
    NetworkSpec spec =
        new PredictivePatchesExperiment()
            .ofRun(1)
            .with(NetworkParameters.DATASET, "controlled-15-cue-conflict")
            .with(NetworkParameters.SUBSET, 2)
            .with(PredictivePatchesExperiment.PATCHES, 1);
    measure(spec);
    assertThat(
            written.events(WorkerEvent.Result.class).stream()
                .filter(result -> result.output().endsWith("-by-class"))
                .map(result -> result.axes().path("class").asText()))
        .hasSize(2 * 12)
        .noneMatch(name -> name.startsWith("only-"));
    assertThat(result("other-own-class-chance").value()).isCloseTo(1 / 12.0, within(1e-9));
  }

  private WorkerEvent.Result result(String output) {
    List<WorkerEvent.Result> results =
        written.events(WorkerEvent.Result.class).stream()
            .filter(result -> result.output().equals(output))
            .toList();
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  /** At every stride the patch that is shown is the one with the logit that is told. */
  @ParameterizedTest
  @CsvSource({"8, 7", "4, 14"})
  void aPictureIsThePatchOfItsLogit(int stride, int side) throws IOException {
    NetworkSpec spec =
        new PredictivePatchesExperiment()
            .ofRun(1)
            .with(NetworkParameters.SUBSET, 5)
            .with(PredictivePatchesExperiment.PATCHES, 2)
            .with(Stride.FOR_MANY_IMAGES, stride);
    measure(spec);
    assertThat(pictures()).hasSize(15 * 2 * 2);
    int latest = 0;
    try (SubjectNetwork subject = run(spec).network(spec)) {
      List<String> classes = subject.dataset().classes();
      for (WorkerEvent.ArtifactWritten picture : pictures()) {
        Map<String, String> facts = picture.facts();
        int top = Integer.parseInt(fact(picture, "top"));
        int left = Integer.parseInt(fact(picture, "left"));
        assertThat(List.of(top % stride, left % stride)).containsOnly(0);
        latest = Math.max(latest, Math.max(top, left));
        assertThat(facts).containsEntry("side", "9");
        Pixels image =
            subject
                .dataset()
                .read(subject.dataset().find(fact(picture, "image")).orElseThrow(), 64);
        byte[] values = new byte[3 * 9 * 9];
        BufferedImage shown = ImageIO.read(folder.resolve(picture.path()).toFile());
        assertThat(shown.getWidth()).isEqualTo(9 * FACTOR);
        for (int i = 0; i < values.length; i++) {
          int level = image.at(top + i / 27, left + i / 3 % 9, i % 3);
          values[i] = (byte) level;
          int colour = shown.getRGB(i / 3 % 9 * FACTOR + 7, i / 27 * FACTOR + 7);
          assertThat(colour >> (16 - 8 * (i % 3)) & 0xFF).isEqualTo(level);
        }
        LogitMap alone = subject.network().logitMap(Normalisation.of(new Pixels(9, 9, 3, values)));
        assertThat(Double.parseDouble(fact(picture, "logit")))
            .isCloseTo(
                (double) alone.at(0, classes.indexOf(fact(picture, "label")), 0, 0), within(1e-3));
      }
    }
    assertThat(latest).isLessThanOrEqualTo((side - 1) * stride);
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(
            () ->
                measure(
                    new PredictivePatchesExperiment()
                        .ofRun(1)
                        .with(PredictivePatchesExperiment.PATCHES, 3)));
  }
}
