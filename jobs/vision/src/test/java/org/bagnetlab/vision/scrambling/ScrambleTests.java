package org.bagnetlab.vision.scrambling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class ScrambleTests {

  @Property(tries = 200)
  void everyTileIsThereOnce(
      @ForAll long seed, @ForAll String name, @ForAll @IntRange(min = 1, max = 6) int side) {
    int[] permutation = new Scramble(side, seed).permutation(name);
    int[] sorted = permutation.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      assertThat(sorted[i]).isEqualTo(i);
    }
  }

  @Test
  void tilesMoveWhole() {
    byte[] values = new byte[8 * 8];
    for (int i = 0; i < values.length; i++) {
      // Each pixel names its tile of 2 x 2, row by row.
      values[i] = (byte) (i / 16 * 4 + i % 8 / 2);
    }
    Scramble scramble = new Scramble(4, 7);
    Pixels scrambled = scramble.apply(new Pixels(8, 8, 1, values), "image");
    int[] permutation = scramble.permutation("image");
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        assertThat(scrambled.at(row, column, 0)).isEqualTo(permutation[row / 2 * 4 + column / 2]);
      }
    }
  }

  @Test
  void seedAndNameDecide() {
    Scramble scramble = new Scramble(4, 1);
    assertThat(scramble.permutation("a")).isEqualTo(scramble.permutation("a"));
    assertThat(scramble.permutation("a")).isNotEqualTo(scramble.permutation("b"));
    assertThat(scramble.permutation("a")).isNotEqualTo(new Scramble(4, 2).permutation("a"));
  }

  @Test
  void permutationsAreUniform() {
    int[] firsts = new int[16];
    int images = 16_000;
    for (int i = 0; i < images; i++) {
      firsts[new Scramble(4, 3).permutation("image" + i)[0]]++;
    }
    // Chi-squared with 15 degrees of freedom: 44 is exceeded once in 10,000.
    double expected = images / 16.0;
    double chi =
        Arrays.stream(firsts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(chi).isLessThan(44);
  }

  /** Python: {@code hashlib.sha256(b"scramble 2, 4, 1, ...")} and Java's generator by its rule. */
  @Test
  void thePermutationIsTheOneThatIsDescribed() {
    assertThat(new Scramble(4, 1).permutation("test/Suburb/image_0001.jpg"))
        .containsExactly(12, 0, 4, 6, 7, 3, 14, 10, 9, 1, 15, 5, 13, 2, 8, 11);
  }

  /**
   * Tiles at the same place in images with neighbouring names: over all places and images every
   * pair of tiles is equally frequent, so the statistic is about that of independent permutations,
   * whose mean is 16 (16 - 1) / 15 * 15 = 240 with a standard deviation of about 25 for a folder;
   * over 20 folders within four standard errors.
   */
  @Test
  void imagesWithNeighbouringNamesHaveIndependentPermutations() {
    assertThat(meanChiSquare()).isBetween(240 - 23.0, 240 + 23.0);
  }

  private static double meanChiSquare() {
    int folders = 20;
    int images = 400;
    double sum = 0;
    for (int folder = 0; folder < folders; folder++) {
      Scramble scramble = new Scramble(4, folder + 1);
      int[][] pairs = new int[16][16];
      for (int i = 1; i < images; i++) {
        int[] one = scramble.permutation("test/Suburb/image_%04d.jpg".formatted(i));
        int[] next = scramble.permutation("test/Suburb/image_%04d.jpg".formatted(i + 1));
        for (int place = 0; place < 16; place++) {
          pairs[one[place]][next[place]]++;
        }
      }
      double expected = (images - 1) / 16.0;
      for (int[] row : pairs) {
        for (int count : row) {
          sum += (count - expected) * (count - expected) / expected;
        }
      }
    }
    return sum / folders;
  }

  @Property(tries = 200)
  void theInverseRestoresTheImage(
      @ForAll long seed, @ForAll String name, @ForAll @IntRange(min = 1, max = 6) int side) {
    byte[] values = new byte[side * side * 4 * 3];
    new Random(seed).nextBytes(values);
    Pixels image = new Pixels(2 * side, 2 * side, 3, values);
    Scramble scramble = new Scramble(side, seed);
    Pixels scrambled = scramble.apply(image, name);
    int[] permutation = scramble.permutation(name);
    for (int row = 0; row < 2 * side; row++) {
      for (int column = 0; column < 2 * side; column++) {
        int from = permutation[row / 2 * side + column / 2];
        for (int channel = 0; channel < 3; channel++) {
          assertThat(scrambled.at(row, column, channel))
              .isEqualTo(
                  image.at(from / side * 2 + row % 2, from % side * 2 + column % 2, channel));
        }
      }
    }
    if (side == 1) {
      assertThat(scrambled.values()).isEqualTo(values);
    }
  }

  @Test
  void anImageThatDoesNotDivideIsRefused() {
    assertThatThrownBy(() -> new Scramble(4, 1).apply(new Pixels(6, 6, 1, new byte[36]), "a"))
        .hasMessageContaining("6 x 6");
  }
}
