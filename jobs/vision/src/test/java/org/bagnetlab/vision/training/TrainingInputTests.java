package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.vision.augmentation.Augmentation;
import org.bagnetlab.vision.augmentation.Augmentations;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TrainingInputTests {

  private static final int IMAGES = 21;
  private static final int BATCH = 4;
  private static final int CLASSES = 15;

  private static LoadedImages images() {
    SceneDataset dataset = new Controlled15();
    return LoadedImages.of(dataset, List.of(dataset.images().subList(0, IMAGES)), 64).get(0);
  }

  private static TrainingInput input(Augmentations augmentations, double smoothing, int threads) {
    return new TrainingInput(
        images(), new TrainingInput.Plan(BATCH, 3, augmentations, smoothing, CLASSES), threads);
  }

  private static Augmentations none() {
    return Augmentations.of(Map.of(), 3);
  }

  private static Augmentations all() {
    Map<Augmentation, Double> strengths = new EnumMap<>(Augmentation.class);
    for (Augmentation augmentation : Augmentation.values()) {
      strengths.put(augmentation, 0.5);
    }
    return Augmentations.of(strengths, 3);
  }

  private static List<TrainingBatch> batches(
      Augmentations augmentations, int threads, int from, int count) {
    try (TrainingInput input = input(augmentations, 0.1, threads)) {
      input.start(1 + from / input.batches(), from % input.batches());
      List<TrainingBatch> batches = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        batches.add(input.next());
      }
      return batches;
    }
  }

  private static void assertEqual(List<TrainingBatch> one, List<TrainingBatch> other) {
    assertThat(one).hasSameSizeAs(other);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i).images().values()).isEqualTo(other.get(i).images().values());
      assertThat(one.get(i).targets().labels()).isEqualTo(other.get(i).targets().labels());
      assertThat(one.get(i).targets().probabilities().orElseThrow())
          .isEqualTo(other.get(i).targets().probabilities().orElseThrow());
    }
  }

  /** A last batch of a single image would have no variance. */
  @Test
  void anEpochHasAllImagesButALastSingleOne() {
    try (TrainingInput input = input(none(), 0, 1)) {
      assertThat(input.batches()).isEqualTo(5);
      input.start(1, 0);
      for (int i = 0; i < 10; i++) {
        TrainingBatch batch = input.next();
        assertThat(batch.count()).isEqualTo(BATCH);
        assertThat(batch.targets().probabilities()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theNumberOfThreadsChangesNothing(int threads) {
    assertEqual(batches(all(), threads, 0, 12), batches(all(), 1, 0, 12));
  }

  /** In the middle of the third epoch. */
  @Test
  void itGoesOnWhereATrainingStopped() {
    List<TrainingBatch> whole = batches(all(), 1, 0, 15);
    assertEqual(batches(all(), 2, 12, 3), whole.subList(12, 15));
  }

  @Test
  void eachEpochDrawsAnew() {
    List<TrainingBatch> both = batches(all(), 1, 0, 10);
    assertThat(both.get(0).images().values()).isNotEqualTo(both.get(5).images().values());
  }

  /** The last batch of two images, too: nine are read in batches of seven. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9, 20})
  void theFirstImagesAreThoseOfTheFirstEpoch(int count) {
    SceneDataset dataset = new Controlled15();
    List<SceneImage> train = dataset.images().subList(0, 9);
    for (Augmentations augmentations : List.of(none(), all())) {
      TrainingInput.Plan plan = new TrainingInput.Plan(7, 3, augmentations, 0, CLASSES);
      List<Pixels> seen = new ArrayList<>();
      try (TrainingInput input =
          new TrainingInput(LoadedImages.of(dataset, List.of(train), 64).get(0), plan, 1)) {
        for (int size : new int[] {7, 2}) {
          TrainingBatch batch = input.next();
          assertThat(batch.count()).isEqualTo(size);
          for (int i = 0; i < size; i++) {
            seen.add(Normalisation.pixels(batch.images(), i));
          }
        }
      }
      assertThat(TrainingInput.first(dataset, train, 64, plan, count))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(seen.subList(0, Math.min(count, 9)));
    }
  }

  /** Without mixing, these are the pixels of the images in another order. */
  @Test
  void imagesThatAreNotAugmentedAreUnchanged() throws IOException {
    SceneDataset dataset = new Controlled15();
    List<SceneImage> train = dataset.images().subList(0, 9);
    List<Pixels> unchanged = new ArrayList<>();
    for (SceneImage image : train) {
      unchanged.add(dataset.read(image, 64));
    }
    assertThat(
            TrainingInput.first(
                dataset, train, 64, new TrainingInput.Plan(4, 3, none(), 0, CLASSES), 20))
        .usingRecursiveFieldByFieldElementComparator()
        .isSubsetOf(unchanged)
        .hasSize(8);
  }

  /** 21 images are 5 batches of 4 in each epoch. */
  @Test
  void theRateCountsWholeBatches() {
    try (TrainingInput input = input(all(), 0, 2)) {
      InputRate rate = InputRate.of(input, Duration.ZERO, Duration.ofMillis(50));
      assertThat(rate.images()).isPositive().matches(images -> images % BATCH == 0);
      assertThat(rate.seconds()).isGreaterThanOrEqualTo(.05);
      assertThat(rate.perSecond()).isEqualTo(rate.images() / rate.seconds());
    }
  }

  @Test
  void smoothTargetsAreProbabilities() {
    for (TrainingBatch batch : batches(all(), 1, 0, 5)) {
      float[] probabilities = batch.targets().probabilities().orElseThrow();
      for (int image = 0; image < batch.count(); image++) {
        double sum = 0;
        for (int label = 0; label < CLASSES; label++) {
          float probability = probabilities[image * CLASSES + label];
          assertThat(probability).isGreaterThanOrEqualTo((float) (0.1 / CLASSES));
          sum += probability;
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
    }
  }

  /** As PyTorch's label_smoothing: (1 - s) + s / K for the class, s / K for the others. */
  @Test
  void labelsAreSmoothedAsInPyTorch() {
    TrainingBatch batch = batches(none(), 1, 0, 1).get(0);
    float[] probabilities = batch.targets().probabilities().orElseThrow();
    for (int i = 0; i < probabilities.length; i++) {
      boolean own = batch.targets().labels()[i / CLASSES] == i % CLASSES;
      assertThat(probabilities[i])
          .isCloseTo((float) ((own ? 0.9 : 0) + 0.1 / CLASSES), within(1e-7f));
    }
  }

  @Test
  void anImageThatCannotBeReadEndsTheTraining() {
    LoadedImages broken =
        images()
            .changedBy(
                (pixels, path) -> {
                  throw new UncheckedIOException(new IOException("image_0007.jpg is damaged"));
                });
    try (TrainingInput input =
        new TrainingInput(broken, new TrainingInput.Plan(BATCH, 3, none(), 0, CLASSES), 1)) {
      input.start(1, 0);
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(input::next)
          .withMessageContaining("image_0007.jpg is damaged");
    }
  }
}
