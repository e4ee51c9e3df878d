package org.bagnetlab.vision.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.network.Batch;

@AddLifecycleHook(TryTimeLimit.class)
class MaskedCopiesTests {

  private static final int SIZE = 12;
  private static final int CHANNELS = 2;
  private static final int LENGTH = CHANNELS * SIZE * SIZE;

  /** Each value of an image is one of its logits. */
  private static float[][] values(Batch images) {
    float[][] values = new float[images.images()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = Arrays.copyOfRange(images.values(), i * LENGTH, (i + 1) * LENGTH);
    }
    return values;
  }

  @Property(tries = 100)
  void aCopyIsTheImageWithZerosInItsSquares(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 2) int image,
      @ForAll @IntRange(min = 1, max = 7) int most) {
    Random random = new Random(seed);
    float[] pixels = new float[3 * LENGTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 1 + random.nextFloat();
    }
    Batch images = new Batch(pixels.clone(), 3, CHANNELS, SIZE, SIZE);
    List<List<Square>> masked = new ArrayList<>();
    for (int copy = 0; copy < 6; copy++) {
      List<Square> squares = new ArrayList<>();
      for (int i = 0; i < copy; i++) {
        int side = 1 + random.nextInt(4);
        squares.add(
            new Square(random.nextInt(SIZE - side + 1), random.nextInt(SIZE - side + 1), side));
      }
      masked.add(squares);
    }

    List<Integer> sizes = new ArrayList<>();
    float[][] copies =
        new MaskedCopies(
                batch -> {
                  sizes.add(batch.images());
                  return values(batch);
                },
                most)
            .logits(images, image, masked);

    assertThat(images.values()).isEqualTo(pixels);
    assertThat(sizes).allMatch(size -> size <= most);
    for (int copy = 0; copy < 6; copy++) {
      for (int i = 0; i < LENGTH; i++) {
        int row = i / SIZE % SIZE;
        int column = i % SIZE;
        boolean hidden =
            masked.get(copy).stream()
                .anyMatch(
                    square ->
                        row >= square.top()
                            && row < square.top() + square.side()
                            && column >= square.left()
                            && column < square.left() + square.side());
        assertThat(copies[copy][i]).isEqualTo(hidden ? 0 : pixels[image * LENGTH + i]);
      }
    }
  }
}
