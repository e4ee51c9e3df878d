package org.bagnetlab.worker.patchrobustness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.patchrobustness.PatchRobustnessExperiment;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.patchrobustness.RobustMasking;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.SubjectNetwork;
import org.bagnetlab.worker.run.WrittenEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PatchRobustnessRunnerTests {

  private static final NetworkSpec SPEC =
      new PatchRobustnessExperiment()
          .ofRun(1)
          .with(PatchRobustnessExperiment.PATCH_SIDES, WholeNumbers.of("4, 16, 56"));

  /** {@code only-white}. */
  private static final int CONFIDENT = 12;

  /** Side of an adversary's square in pixels, and of the windows that hold all that it touches. */
  private static final int SQUARE = 8;

  private static final int WINDOW = RobustMasking.windowSide(SQUARE, 9, 8);

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();
  private final WrittenEvents written = new WrittenEvents(event -> {});

  /**
   * A network that learnt little has no class with so much more evidence than others that it would
   * be certified, so one class gets as much evidence everywhere as half of its images need.
   */
  @BeforeAll
  static void train() throws IOException {
    LearntNetwork little = LearntNetwork.in(folder, "bagnet9");
    learnt = little;
    Path file = folder.resolve("confident.safetensors");
    try (SubjectNetwork subject = subject(new Cancellation())) {
      LoadedImages images = subject.loaded(confidentlySeen(subject));
      float more = 1;
      do {
        Map<String, float[]> weights = new LinkedHashMap<>(subject.network().weights());
        float[] bias = requireNonNull(weights.get("fc.bias")).clone();
        bias[CONFIDENT] += more;
        weights.put("fc.bias", bias);
        subject.network().load(weights);
        more *= 1.25f;
        assertThat(more).isLessThan(1e6f);
      } while (certified(subject, images) < images.count() / 2);
      Checkpoint.of(Map.of(), subject.network().weights())
          .write(file, subject.network().architecture());
    }
    learnt = new LearntNetwork(little.training(), file);
  }

  /** Some images of the class. */
  private static List<SceneImage> confidentlySeen(SubjectNetwork subject) {
    return subject.images(SPEC).stream()
        .filter(image -> image.label() == CONFIDENT)
        .limit(24)
        .toList();
  }

  private static int certified(SubjectNetwork subject, LoadedImages images) {
    LogitMap maps =
        subject.network().logitMap(images.batch(IntStream.range(0, images.count()).toArray()));
    return (int) IntStream.range(0, images.count()).filter(i -> certified(maps, i)).count();
  }

  private static boolean certified(LogitMap maps, int image) {
    return RobustMasking.of(maps, image, WINDOW)
        .certifies(CONFIDENT, RobustMasking.rounding(maps, image));
  }

  private void measure() throws IOException {
    assertThat(
            Runners.of(new PatchRobustnessExperiment())
                .run(
                    SPEC,
                    requireNonNull(learnt)
                        .run(SPEC, new PatchRobustnessExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
  }

  private static SubjectNetwork subject(Cancellation cancellation) throws IOException {
    return requireNonNull(learnt)
        .run(SPEC, new PatchRobustnessExperiment(), new WrittenEvents(event -> {}), cancellation)
        .network(SPEC);
  }

  /** The values by the size of the patches. */
  private List<Double> values(String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .map(WorkerEvent.Result::value)
        .toList();
  }

  @Test
  void theCertifiedAreAmongTheRecognised() throws IOException {
    measure();
    assertThat(
            written.events(WorkerEvent.Result.class).stream()
                .filter(result -> result.output().equals("certified-accuracy"))
                .map(result -> result.axes().toString()))
        .containsExactly("{\"patchSide\":4}", "{\"patchSide\":16}", "{\"patchSide\":56}");
    List<Double> certified = values("certified-accuracy");
    List<Double> defended = values("defended-accuracy");
    for (int i = 0; i < 3; i++) {
      assertThat(certified.get(i)).isLessThanOrEqualTo(defended.get(i));
    }
    assertThat(certified.get(0)).isPositive();
    // Windows of ceil((p + 9 - 1) / 8) of the 7 x 7 cells; the last one covers the whole map.
    assertThat(values("masked-share")).containsExactly(4 / 49.0, 9 / 49.0, 1.0);
    assertThat(certified.get(2)).isZero();
    assertThat(defended.get(2)).isCloseTo(1 / 15.0, within(1e-9));
    try (SubjectNetwork subject = subject(cancellation)) {
      Evaluation evaluation =
          Evaluation.of(subject.network(), subject.loaded(subject.images(SPEC)), 64, done -> {});
      assertThat(values("undefended-accuracy")).containsExactly(evaluation.accuracy());
    }
  }

  /**
   * Squares of noise, of one colour, and of what other images show at the same place, where the
   * adversary does not know the network but tries often.
   */
  @Test
  void noPatchChangesACertifiedPrediction() throws IOException {
    Random random = new Random(1);
    int certified = 0;
    try (SubjectNetwork subject = subject(cancellation)) {
      LoadedImages images = subject.loaded(confidentlySeen(subject));
      LoadedImages elsewhere = subject.loaded(subject.images(SPEC));
      for (int index = 0; index < images.count(); index++) {
        certified += attacked(subject, images, elsewhere, index, random) ? 1 : 0;
      }
    }
    assertThat(certified).isGreaterThanOrEqualTo(12);
  }

  /** Whether an image is certified; if so, attacks in vain. */
  private static boolean attacked(
      SubjectNetwork subject,
      LoadedImages images,
      LoadedImages elsewhere,
      int index,
      Random random) {
    LogitMap clean = subject.network().logitMap(images.batch(index));
    if (!certified(clean, 0)) {
      return false;
    }
    int[] copies = new int[16];
    Arrays.fill(copies, index);
    Batch attacked = images.batch(copies);
    Batch others = elsewhere.batch(random.ints(copies.length, 0, elsewhere.count()).toArray());
    for (int i = 0; i < copies.length; i++) {
      attack(attacked, others, i, SQUARE, random);
    }
    LogitMap maps = subject.network().logitMap(attacked);
    for (int i = 0; i < copies.length; i++) {
      assertThat(RobustMasking.of(maps, i, WINDOW).predicted()).isEqualTo(CONFIDENT);
    }
    return true;
  }

  private static void attack(Batch images, Batch others, int image, int square, Random random) {
    int size = images.width();
    int top = random.nextInt(size - square + 1);
    int left = random.nextInt(size - square + 1);
    int kind = random.nextInt(3);
    float[] colour = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
    for (int i = 0; i < 3 * square * square; i++) {
      int channel = i / (square * square);
      int at =
          ((image * 3 + channel) * size + top + i / square % square) * size + left + i % square;
      // Normalised values lie between about -2.1 and 2.6.
      images.values()[at] =
          switch (kind) {
            case 0 -> 4.7f * random.nextFloat() - 2.1f;
            case 1 -> 4.7f * colour[channel] - 2.1f;
            default -> others.values()[at];
          };
    }
  }

  @Test
  void onlyTheCellsOfAWindowSeeASquare() throws IOException {
    Random random = new Random(2);
    try (SubjectNetwork subject = subject(cancellation)) {
      LoadedImages images = subject.loaded(subject.images(SPEC));
      for (int square : new int[] {1, 4, 8, 9, 16}) {
        int window = RobustMasking.windowSide(square, 9, 8);
        Batch batch = images.batch(IntStream.range(0, 16).toArray());
        LogitMap before = subject.network().logitMap(batch);
        for (int i = 0; i < 16; i++) {
          attack(batch, batch, i, square, random);
        }
        LogitMap after = subject.network().logitMap(batch);
        for (int i = 0; i < 16; i++) {
          int first = 7;
          int last = -1;
          for (int row = 0; row < 7; row++) {
            for (int column = 0; column < 7; column++) {
              if (differs(before, after, i, row, column)) {
                first = Math.min(first, row);
                last = Math.max(last, row);
              }
            }
          }
          assertThat(last - first + 1).isLessThanOrEqualTo(window);
        }
      }
    }
  }

  /** Whether a logit of any class differs by more than rounding. */
  private static boolean differs(LogitMap before, LogitMap after, int image, int row, int column) {
    double rounding = RobustMasking.rounding(before, image);
    return IntStream.range(0, before.classes())
        .anyMatch(
            label ->
                Math.abs(before.at(image, label, row, column) - after.at(image, label, row, column))
                    > rounding);
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class).isThrownBy(this::measure);
  }
}
