package org.bagnetlab.vision.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against Pillow 11's BILINEAR, shrinking and enlarging: {@code Image.resize((size, size),
 * Image.BILINEAR)} of the files without a size in their names.
 */
@Timeout(30)
class BilinearResizeTests {

  private static Stream<Arguments> resized() {
    return Stream.of("rgb_90x70", "rgb_552x233", "gray_300x200", "gray_203x411")
        .flatMap(name -> Stream.of(Arguments.of(name, 64), Arguments.of(name, 224)));
  }

  @ParameterizedTest
  @MethodSource("resized")
  void equalsPillow(String name, int size) throws IOException {
    Pixels actual = BilinearResize.toSquare(read(name), size);
    Pixels expected = read(name + "_to_" + size);
    assertThat(actual.channels()).isEqualTo(expected.channels());
    assertThat(actual.values()).isEqualTo(expected.values());
  }

  /** Weights that do not add up to one would darken or brighten. */
  @Test
  void oneColourStaysThatColour() {
    for (int level : new int[] {0, 1, 127, 254, 255}) {
      for (int side : new int[] {1, 63, 65, 640}) {
        byte[] values = new byte[side * 37];
        Arrays.fill(values, (byte) level);
        assertThat(BilinearResize.toSquare(new Pixels(side, 37, 1, values), 64).values())
            .containsOnly(level);
      }
    }
  }

  @Test
  void anImageOfTheSizeIsKept() throws IOException {
    Pixels image = read("rgb_90x70_to_64");
    assertThat(BilinearResize.toSquare(image, 64)).isSameAs(image);
  }

  private static Pixels read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BilinearResizeTests.class.getResourceAsStream("/resize/" + name + ".png"))) {
      return ImageDecoder.decode(in.readAllBytes());
    }
  }
}
