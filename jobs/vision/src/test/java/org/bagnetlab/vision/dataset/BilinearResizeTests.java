package org.bagnetlab.vision.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Within one gray level of Pillow 11's BILINEAR, shrinking and enlarging. */
class BilinearResizeTests {

  @ParameterizedTest
  @CsvSource({
    "rgb_90x70, 64",
    "rgb_90x70, 224",
    "rgb_552x233, 64",
    "rgb_552x233, 224",
    "gray_300x200, 64",
    "gray_300x200, 224",
    "gray_203x411, 64",
    "gray_203x411, 224",
  })
  void equalsPillow(String name, int size) throws IOException {
    Pixels actual = BilinearResize.to(read(name), size, size);
    Pixels expected = read(name + "_to_" + size);
    assertThat(actual.channels()).isEqualTo(expected.channels());
    int worst = 0;
    for (int i = 0; i < expected.values().length; i++) {
      worst =
          Math.max(worst, Math.abs((actual.values()[i] & 0xFF) - (expected.values()[i] & 0xFF)));
    }
    assertThat(worst).isLessThanOrEqualTo(1);
  }

  private static Pixels read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            BilinearResizeTests.class.getResourceAsStream("/resize/" + name + ".png"))) {
      return ImageDecoder.decode(in.readAllBytes());
    }
  }
}
