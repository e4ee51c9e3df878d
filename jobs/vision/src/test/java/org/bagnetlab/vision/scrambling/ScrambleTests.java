package org.bagnetlab.vision.scrambling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.dataset.Pixels;
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

  @Test
  void anImageThatDoesNotDivideIsRefused() {
    assertThatThrownBy(() -> new Scramble(4, 1).apply(new Pixels(6, 6, 1, new byte[36]), "a"))
        .hasMessageContaining("6 x 6");
  }
}
