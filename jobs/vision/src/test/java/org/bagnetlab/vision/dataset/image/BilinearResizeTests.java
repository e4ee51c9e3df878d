package org.bagnetlab.vision.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
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
    Pixels actual = ImagePreparation.PILLOW.prepare(read(name), size);
    Pixels expected = read(name + "_to_" + size);
    assertThat(actual.channels()).isEqualTo(expected.channels());
    assertThat(actual.values()).isEqualTo(expected.values());
  }

  @ParameterizedTest
  @MethodSource("resized")
  void floatingPointIsWithinAGrayLevel(String name, int size) throws IOException {
    byte[] actual = ImagePreparation.FLOATING_POINT.prepare(read(name), size).values();
    byte[] expected = read(name + "_to_" + size).values();
    int worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
    }
    assertThat(worst).isLessThanOrEqualTo(1);
  }

  /** Stored runs are resumed and measured on these very values, computed by version 0.1.0. */
  @Test
  void floatingPointIsFrozen() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : List.of("rgb_90x70", "rgb_552x233", "gray_300x200", "gray_203x411")) {
      for (int size : new int[] {64, 224}) {
        all.writeBytes(ImagePreparation.FLOATING_POINT.prepare(read(name), size).values());
      }
    }
    assertThat(Sha256.of(all.toByteArray()))
        .isEqualTo("0f1e72a2765494c84a77e355af96a41c89c3b3c95a6d8282080fae273bf81b17");
  }

  /** Weights that do not add up to one would darken or brighten. */
  @ParameterizedTest
  @EnumSource
  void oneColourStaysThatColour(ImagePreparation preparation) {
    for (int level : new int[] {0, 1, 127, 254, 255}) {
      for (int side : new int[] {1, 63, 65, 640}) {
        byte[] values = new byte[side * 37];
        Arrays.fill(values, (byte) level);
        assertThat(preparation.prepare(new Pixels(side, 37, 1, values), 64).values())
            .containsOnly(level);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anImageOfTheSizeIsKept(ImagePreparation preparation) throws IOException {
    Pixels image = read("rgb_90x70_to_64");
    assertThat(preparation.prepare(image, 64)).isSameAs(image);
  }

  private static Pixels read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BilinearResizeTests.class.getResourceAsStream("/resize/" + name + ".png"))) {
      return ImageDecoder.decode(in.readAllBytes());
    }
  }
}
