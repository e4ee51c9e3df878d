package org.bagnetlab.vision.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bagnetlab.vision.network.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images are mixed as by torchvision, which mixes pairs of them. */
@Timeout(30)
class MixedBatchTests {

  private static final int SIDE = 6;
  private static final int CLASSES = 3;
  private static final int[] LABELS = {0, 2, 1, 1, 2};

  /** The golden numbers have six decimal places, and values are up to 2. */
  private static final Offset<Float> ROUNDING = within(2e-6f);

  @Test
  void mixupEqualsTorchvision() throws IOException {
    double[] shares = GoldenAugmentations.read().numbers("/mixup/shares");
    Stream<Mixing> mixings = Arrays.stream(shares).mapToObj(Mixing.Mixup::new);
    assertGolden("/mixup", mixings.toList());
  }

  @Test
  void cutMixEqualsTorchvision() throws IOException {
    double[][] boxes = GoldenAugmentations.read().rows("/cutmix/boxes");
    assertGolden("/cutmix", Arrays.stream(boxes).map(MixedBatchTests::cutMix).toList());
  }

  /** A box is given by its left, top, right and bottom. */
  private static Mixing cutMix(double[] box) {
    int left = (int) box[0];
    int top = (int) box[1];
    return new Mixing.CutMix(top, left, (int) box[3] - top, (int) box[2] - left, SIDE);
  }

  private static void assertGolden(String pointer, List<Mixing> mixings) throws IOException {
    GoldenAugmentations golden = GoldenAugmentations.read();
    Batch batch = batch();
    MixedBatch mixed = MixedBatch.of(batch, LABELS, CLASSES, mixings);
    assertClose(mixed.batch().values(), golden.rows(pointer + "/images"));
    assertClose(mixed.targets(), golden.rows(pointer + "/targets"));
    assertThat(batch.values()).isEqualTo(batch().values());
    assertThat(image(mixed.batch(), 2)).isEqualTo(image(batch, 2));
  }

  private static void assertClose(float[] actual, double[][] expected) {
    double[] flat = Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray();
    assertThat(actual).hasSameSizeAs(flat);
    for (int i = 0; i < flat.length; i++) {
      assertThat(actual[i]).isCloseTo((float) flat[i], ROUNDING);
    }
  }

  @Test
  void withoutMixingEverythingRemains() {
    List<Mixing> none = IntStream.range(0, 5).<Mixing>mapToObj(i -> new Mixing.None()).toList();
    MixedBatch mixed = MixedBatch.of(batch(), LABELS, CLASSES, none);
    assertThat(mixed.batch().values()).isEqualTo(batch().values());
    assertThat(mixed.targets()).containsExactly(1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void probabilitiesSumToOne() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<Mixing> mixings =
          Stream.<Mixing>generate(
                  () ->
                      random.nextBoolean()
                          ? Mixing.Mixup.draw(0.3, random)
                          : Mixing.CutMix.draw(SIDE, 1, random))
              .limit(5)
              .toList();
      float[] targets = MixedBatch.of(batch(), LABELS, CLASSES, mixings).targets();
      for (int image = 0; image < 5; image++) {
        float sum = targets[3 * image] + targets[3 * image + 1] + targets[3 * image + 2];
        assertThat(sum).isCloseTo(1, within(1e-6f));
      }
    }
  }

  /** Counted in the pixels of a white image over a black one. */
  @Test
  void theShareOfCutMixIsTheAreaThatRemains() {
    int side = 12;
    float[] values = new float[2 * side * side];
    Arrays.fill(values, 0, side * side, 1);
    Batch whiteAndBlack = new Batch(values, 2, 1, side, side);
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      Mixing mixing = Mixing.CutMix.draw(side, 1, random);
      MixedBatch mixed =
          MixedBatch.of(whiteAndBlack, new int[] {0, 1}, 2, List.of(mixing, new Mixing.None()));
      long white =
          IntStream.range(0, side * side).filter(at -> mixed.batch().values()[at] == 1).count();
      assertThat(mixing.share()).isCloseTo(white / (double) (side * side), within(1e-12));
      assertThat(mixed.targets()[0]).isEqualTo((float) mixing.share());
    }
  }

  @Test
  void everyImageNeedsAMixing() {
    assertThatThrownBy(
            () -> MixedBatch.of(batch(), LABELS, CLASSES, List.of(new Mixing.Mixup(0.5))))
        .hasMessageContaining("5 images have 5 labels and 1 mixings");
  }

  private static Batch batch() {
    float[] values = new float[LABELS.length * 3 * SIDE * SIDE];
    int position = 0;
    for (int image = 0; image < LABELS.length; image++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < SIDE; row++) {
          for (int column = 0; column < SIDE; column++) {
            values[position++] =
                GoldenAugmentations.level(row + 5 * image, column, channel) / 64f - 2;
          }
        }
      }
    }
    return new Batch(values, LABELS.length, 3, SIDE, SIDE);
  }

  private static float[] image(Batch batch, int index) {
    int length = 3 * SIDE * SIDE;
    return Arrays.copyOfRange(batch.values(), index * length, (index + 1) * length);
  }
}
