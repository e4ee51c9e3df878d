package org.bagnetlab.vision.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AugmentationsTests {

  private static final String PATH = "train/Suburb/image_0001.jpg";
  private static final int SIDE = 64;
  private static final int IMAGES = 20_000;

  /** Strengths at which every augmentation changes every image. */
  private static Map<Augmentation, Double> all() {
    Map<Augmentation, Double> all = new EnumMap<>(Augmentation.class);
    Arrays.stream(Augmentation.values()).forEach(each -> all.put(each, 1.0));
    return all;
  }

  private static Augmentations only(Augmentation augmentation, double strength) {
    return Augmentations.of(Map.of(augmentation, strength), 1);
  }

  private static <T extends PixelChange> List<T> drawn(
      Augmentation augmentation, double strength, Class<T> type) {
    Augmentations augmentations = only(augmentation, strength);
    return IntStream.range(0, IMAGES)
        .mapToObj(i -> augmentations.changes("image" + i, 1, SIDE))
        .flatMap(List::stream)
        .map(type::cast)
        .toList();
  }

  /** Asserts that numbers are within bounds, come close to them, and have a mean. */
  private static void assertDrawn(DoubleStream numbers, double low, double high, double mean) {
    double[] drawn = numbers.toArray();
    double margin = 0.02 * (high - low);
    assertThat(Arrays.stream(drawn).min().orElseThrow()).isBetween(low, low + margin);
    assertThat(Arrays.stream(drawn).max().orElseThrow()).isBetween(high - margin, high);
    assertMean(drawn, mean);
  }

  /** Within four standard errors. */
  private static void assertMean(double[] drawn, double mean) {
    double squares = Arrays.stream(drawn).map(each -> (each - mean) * (each - mean)).sum();
    double error = Math.sqrt(squares) / drawn.length;
    assertThat(Arrays.stream(drawn).average()).hasValueCloseTo(mean, within(4 * error));
  }

  private static <T> DoubleStream numbers(List<T> changes, ToDoubleFunction<T> number) {
    return changes.stream().mapToDouble(number);
  }

  /** The standard deviation of a frequency is at most 1 / (2 sqrt(n)): within four. */
  private static void assertFrequency(int count, double probability) {
    assertThat((double) count / IMAGES).isCloseTo(probability, within(2 / Math.sqrt(IMAGES)));
  }

  @Test
  void factorsAreUniformAroundOne() {
    List<Brightness> weak = drawn(Augmentation.BRIGHTNESS, 0.4, Brightness.class);
    assertDrawn(numbers(weak, Brightness::factor), 0.6, 1.4, 1);
    List<Contrast> middle = drawn(Augmentation.CONTRAST, 0.5, Contrast.class);
    assertDrawn(numbers(middle, Contrast::factor), 0.5, 1.5, 1);
    List<Saturation> strong = drawn(Augmentation.COLOUR, 1.5, Saturation.class);
    assertDrawn(numbers(strong, Saturation::factor), 0, 2.5, 1.25);
  }

  @Test
  void probabilitiesAreFrequencies() {
    assertFrequency(drawn(Augmentation.FLIP, 0.5, HorizontalFlip.class).size(), 0.5);
    assertFrequency(drawn(Augmentation.GREY, 0.2, Grayscale.class).size(), 0.2);
    assertFrequency(drawn(Augmentation.SHUFFLE_TILES, 0.9, TileShuffle.class).size(), 0.9);
    assertThat(drawn(Augmentation.FLIP, 1, HorizontalFlip.class)).hasSize(IMAGES);
  }

  /** Rounding to whole pixels keeps the mean, and reaches a quarter of 64 pixels. */
  @Test
  void translationsAreUniformInBothDirections() {
    List<Translation> translations = drawn(Augmentation.TRANSLATE, 0.25, Translation.class);
    assertDrawn(numbers(translations, Translation::right), -16, 16, 0);
    assertDrawn(numbers(translations, Translation::down), -16, 16, 0);
    // Of 33 x 33 shifts, one in 33 is along the diagonal; twice as many would be no chance.
    assertThat(translations.stream().filter(each -> each.right() == each.down()).count())
        .isLessThan(2 * IMAGES / 33);
  }

  /**
   * The mean share is that of a simulation in NumPy: it is not .75, since large crops fit more
   * rarely.
   */
  @Test
  void cropsLieInsideAndKeepTheirShare() {
    List<ResizedCrop> crops = drawn(Augmentation.CROP, 0.5, ResizedCrop.class);
    for (ResizedCrop crop : crops) {
      Rectangle rectangle = crop.rectangle();
      assertInside(rectangle, SIDE);
      // Sides are at least 39 pixels long, and half a pixel off by rounding.
      assertThat(share(rectangle)).isBetween(0.48, 1.0);
      assertThat((double) rectangle.width() / rectangle.height()).isBetween(0.73, 1.37);
    }
    assertMean(numbers(crops, crop -> share(crop.rectangle())).toArray(), 0.69798);
    assertMean(numbers(crops, crop -> centreColumn(crop.rectangle())).toArray(), SIDE / 2.0);
  }

  private static double centreColumn(Rectangle rectangle) {
    return rectangle.left() + rectangle.width() / 2.0;
  }

  /** The mean share is that of a simulation in NumPy. */
  @Test
  void erasedRectanglesLieInside() {
    List<Erasing> erasings = drawn(Augmentation.ERASING, 0.25, Erasing.class);
    // Shapes that do not fit are drawn again, so that hardly any image goes without.
    assertFrequency(erasings.size(), 0.25);
    for (Erasing erasing : erasings) {
      assertInside(erasing.rectangle(), SIDE - 1);
      assertThat(share(erasing.rectangle())).isBetween(0.018, 0.34);
    }
    assertMean(numbers(erasings, each -> share(each.rectangle())).toArray(), 0.17439);
  }

  private static void assertInside(Rectangle rectangle, int longest) {
    assertThat(rectangle.width()).isBetween(1, longest);
    assertThat(rectangle.height()).isBetween(1, longest);
    assertThat(rectangle.left()).isBetween(0, SIDE - rectangle.width());
    assertThat(rectangle.top()).isBetween(0, SIDE - rectangle.height());
  }

  private static double share(Rectangle rectangle) {
    return (double) rectangle.height() * rectangle.width() / (SIDE * SIDE);
  }

  @Test
  void blursAreUniformFromATenthOfAPixel() {
    List<GaussianBlur> blurs = drawn(Augmentation.BLUR, 2, GaussianBlur.class);
    assertDrawn(numbers(blurs, GaussianBlur::deviation), 0.1, 2, 1.05);
    assertThat(drawn(Augmentation.BLUR, 0.05, GaussianBlur.class))
        .containsOnly(new GaussianBlur(0.05));
  }

  @Test
  void mixingsHaveTheirDistribution() {
    List<Mixing> mixup = mixings(Map.of(Augmentation.MIXUP, 0.4));
    assertThat(mixup).hasOnlyElementsOfType(Mixing.Mixup.class);
    assertDrawn(numbers(mixup, Mixing::share), 0, 1, 0.5);
    List<Mixing> cutMix = mixings(Map.of(Augmentation.CUTMIX, 1.0));
    assertThat(cutMix).hasOnlyElementsOfType(Mixing.CutMix.class);
    for (Mixing mixing : cutMix) {
      Mixing.CutMix rectangle = (Mixing.CutMix) mixing;
      assertThat(rectangle.top()).isBetween(0, SIDE);
      assertThat(rectangle.left()).isBetween(0, SIDE);
      assertThat(rectangle.height()).isBetween(0, SIDE - rectangle.top());
      assertThat(rectangle.width()).isBetween(0, SIDE - rectangle.left());
    }
    List<Mixing> both = mixings(Map.of(Augmentation.MIXUP, 0.4, Augmentation.CUTMIX, 1.0));
    assertFrequency((int) both.stream().filter(Mixing.Mixup.class::isInstance).count(), 0.5);
    // What is drawn is what would be drawn if the other one were off.
    assertThat(IntStream.range(0, IMAGES))
        .allMatch(i -> both.get(i).equals(mixup.get(i)) || both.get(i).equals(cutMix.get(i)));
    assertThat(mixings(Map.of(Augmentation.CROP, 1.0))).containsOnly(new Mixing.None());
  }

  private static List<Mixing> mixings(Map<Augmentation, Double> strengths) {
    Augmentations augmentations = Augmentations.of(strengths, 1);
    return IntStream.range(0, IMAGES)
        .mapToObj(i -> augmentations.mixing("image" + i, 1, SIDE))
        .toList();
  }

  /**
   * What is drawn must remain the same in later versions, since trainings are resumed. By a
   * reimplementation in Python of the documented texts, java.util.Random and distributions.
   */
  @Test
  void drawsFollowFromTheText() {
    assertThat(changes(Augmentation.BRIGHTNESS, 0.4))
        .containsExactly(new Brightness(1.1611043800140597));
    assertThat(changes(Augmentation.TRANSLATE, 0.25)).containsExactly(new Translation(-15, -11));
    assertThat(changes(Augmentation.CROP, 0.5))
        .containsExactly(new ResizedCrop(new Rectangle(2, 1, 54, 63)));
    assertThat(changes(Augmentation.ERASING, 0.36))
        .containsExactly(new Erasing(new Rectangle(22, 18, 27, 35)));
    assertThat(changes(Augmentation.ERASING, 0.35)).isEmpty();
    assertThat(changes(Augmentation.FLIP, 0.47)).containsExactly(new HorizontalFlip());
    assertThat(changes(Augmentation.FLIP, 0.46)).isEmpty();
    assertThat(changes(Augmentation.GREY, 0.29)).containsExactly(new Grayscale());
    assertThat(changes(Augmentation.BLUR, 2)).containsExactly(new GaussianBlur(0.536636622657321));
    assertThat(Augmentations.of(Map.of(Augmentation.MIXUP, 0.2), 7).mixing(PATH, 3, SIDE).share())
        .isCloseTo(0.0001021216174168873, within(1e-15));
    assertThat(Augmentations.of(Map.of(Augmentation.CUTMIX, 1.0), 7).mixing(PATH, 3, SIDE))
        .isEqualTo(new Mixing.CutMix(13, 20, 38, 38, SIDE));
  }

  private static List<PixelChange> changes(Augmentation augmentation, double strength) {
    return Augmentations.of(Map.of(augmentation, strength), 7).changes(PATH, 3, SIDE);
  }

  /** Each change is the one that is drawn if its augmentation is the only one, in their order. */
  @Test
  void augmentationsDrawIndependentlyOfEachOther() {
    for (int i = 0; i < 200; i++) {
      String path = "image" + i;
      List<PixelChange> alone =
          Arrays.stream(Augmentation.values())
              .flatMap(each -> only(each, 1).changes(path, 4, SIDE).stream())
              .toList();
      assertThat(Augmentations.of(all(), 1).changes(path, 4, SIDE)).isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MIXUP", "CUTMIX"})
  void seedEpochAndPathDecide(Augmentation augmentation) {
    Augmentations augmentations = only(augmentation, 0.5);
    List<List<PixelChange>> drawn = some(augmentations, 1);
    assertThat(drawn)
        .isEqualTo(some(only(augmentation, 0.5), 1))
        .isNotEqualTo(some(augmentations, 2))
        .isNotEqualTo(some(Augmentations.of(Map.of(augmentation, 0.5), 2), 1));
    assertThat(drawn.stream().distinct().count()).isGreaterThan(1);
  }

  private static List<List<PixelChange>> some(Augmentations augmentations, int epoch) {
    return IntStream.range(0, 64)
        .mapToObj(i -> augmentations.changes("image" + i, epoch, SIDE))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void atStrengthZeroNothingChanges(Augmentation augmentation) {
    Augmentations off = only(augmentation, 0);
    Pixels image = GoldenAugmentations.image(3);
    assertThat(off.none()).isTrue();
    assertThat(off.mixes()).isFalse();
    assertThat(off.apply(image, PATH, 1)).isSameAs(image);
    assertThat(off.mixing(PATH, 1, SIDE)).isEqualTo(new Mixing.None());
    assertThat(only(augmentation, 0.5).none()).isFalse();
  }

  @Test
  void calledAgainOrFromOtherThreadsItGivesTheSamePixels() {
    Augmentations augmentations = Augmentations.of(all(), 3);
    Pixels image = GoldenAugmentations.image(3);
    List<byte[]> once = pixels(augmentations, image, IntStream.range(0, 100));
    List<byte[]> parallel = pixels(augmentations, image, IntStream.range(0, 100).parallel());
    for (int i = 0; i < 100; i++) {
      assertThat(parallel.get(i)).isEqualTo(once.get(i));
    }
    assertThat(image.values()).isEqualTo(GoldenAugmentations.image(3).values());
  }

  private static List<byte[]> pixels(Augmentations augmentations, Pixels image, IntStream epochs) {
    return epochs.mapToObj(epoch -> augmentations.apply(image, PATH, epoch).values()).toList();
  }

  @Test
  void aGrayImageStaysOneWithItsSize() {
    Pixels changed = Augmentations.of(all(), 1).apply(GoldenAugmentations.image(1), PATH, 1);
    assertThat(changed.channels()).isEqualTo(1);
    assertThat(changed.width()).isEqualTo(GoldenAugmentations.SIDE);
    assertThat(changed.height()).isEqualTo(GoldenAugmentations.SIDE);
  }

  @Test
  void onlySquareImagesAreAugmented() {
    assertThatThrownBy(
            () -> only(Augmentation.FLIP, 1).apply(new Pixels(4, 2, 1, new byte[8]), PATH, 1))
        .hasMessageContaining("4 x 2");
  }

  @Test
  void negativeStrengthsAreRefused() {
    Stream.of(-0.1, Double.NaN)
        .forEach(
            strength ->
                assertThatThrownBy(() -> only(Augmentation.FLIP, strength))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("flip must be at least 0, but is " + strength));
    assertThat(only(Augmentation.MIXUP, 100).mixes()).isTrue();
  }
}
