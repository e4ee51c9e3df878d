package org.bagnetlab.vision.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.bagnetlab.vision.augmentation.GoldenAugmentations.Change;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes with given parameters are those of torchvision. */
@Timeout(30)
class GoldenChangesTests {

  private static Stream<Arguments> changes() throws IOException {
    return GoldenAugmentations.read()
        .changes()
        .map(
            change ->
                switch (change.name()) {
                  case "flip" -> Arguments.of(change, new HorizontalFlip(), 0);
                  case "translate" ->
                      Arguments.of(change, new Translation(change.whole(0), change.whole(1)), 0);
                  case "erase" -> Arguments.of(change, new Erasing(rectangle(change)), 0);
                  case "crop" -> Arguments.of(change, new ResizedCrop(rectangle(change)), 1);
                  case "brightness" ->
                      Arguments.of(change, new Brightness(change.parameters()[0]), 0);
                  case "contrast" -> Arguments.of(change, new Contrast(change.parameters()[0]), 1);
                  case "saturation" ->
                      Arguments.of(change, new Saturation(change.parameters()[0]), 0);
                  case "grayscale" -> Arguments.of(change, new Grayscale(), 0);
                  case "blur" -> Arguments.of(change, new GaussianBlur(change.parameters()[0]), 1);
                  default -> throw new IllegalStateException("unknown change " + change.name());
                });
  }

  private static Rectangle rectangle(Change change) {
    return new Rectangle(change.whole(0), change.whole(1), change.whole(2), change.whole(3));
  }

  /**
   * What follows from single pixels is equal. Crops are rounded after each direction, as in Pillow,
   * and not once; means and weighted sums may be added in another order. Either gives a
   * neighbouring level at most.
   */
  @ParameterizedTest
  @MethodSource("changes")
  void equalsTorchvision(Change golden, PixelChange change, int tolerance) {
    Pixels image = GoldenAugmentations.image(golden.result().channels());
    byte[] before = image.values().clone();
    Pixels actual = change.apply(image);
    assertThat(actual.width()).isEqualTo(GoldenAugmentations.SIDE);
    assertThat(actual.channels()).isEqualTo(golden.result().channels());
    assertThat(largestDifference(actual, golden.result())).isLessThanOrEqualTo(tolerance);
    assertThat(image.values()).isEqualTo(before);
  }

  @Test
  void everyChangeHasExamplesInColourAndGray() throws IOException {
    assertThat(GoldenAugmentations.read().changes().filter(each -> each.result().channels() == 1))
        .extracting(Change::name)
        .containsExactlyInAnyOrder(
            "flip",
            "translate",
            "erase",
            "crop",
            "brightness",
            "contrast",
            "saturation",
            "grayscale",
            "blur");
    assertThat(GoldenAugmentations.read().changes()).hasSize(35);
  }

  /** The whole kernel of a wide blur would need pixels beyond the reflection of a small image. */
  @Test
  void aBlurWiderThanTheImageKeepsOneColour() {
    Pixels white =
        new Pixels(
            4, 4, 1, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    assertThat(new GaussianBlur(50).apply(white).values()).isEqualTo(white.values());
  }

  @Test
  void shuffledTilesAreThoseOfTheScramble() {
    Pixels image = GoldenAugmentations.image(3);
    TileShuffle shuffle = TileShuffle.of(new Draws(1, 2, "image"));
    assertThat(shuffle.apply(image).values())
        .isEqualTo(shuffle.scramble().apply(image, "training epoch 2, image").values())
        .isNotEqualTo(TileShuffle.of(new Draws(1, 3, "image")).apply(image).values());
  }

  private static int largestDifference(Pixels one, Pixels other) {
    int largest = 0;
    for (int i = 0; i < one.values().length; i++) {
      int difference = Math.abs((one.values()[i] & 0xFF) - (other.values()[i] & 0xFF));
      largest = Math.max(largest, difference);
    }
    return largest;
  }
}
