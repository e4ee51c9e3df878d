package org.bagnetlab.vision.predictivepatches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnifiedTests {

  @ParameterizedTest
  @CsvSource({"9, 3, 15", "17, 3, 8", "33, 3, 4", "129, 3, 1", "9, 1, 15"})
  void everyPixelBecomesASquare(int side, int channels, int factor) {
    int size = 140;
    byte[] values = new byte[size * size * channels];
    new Random(1).nextBytes(values);
    Pixels image = new Pixels(size, size, channels, values);
    Pixels large = Magnified.square(image, 5, 11, side);
    assertThat(large.width()).isEqualTo(side * factor);
    assertThat(large.height()).isEqualTo(side * factor);
    assertThat(large.channels()).isEqualTo(channels);
    for (int row = 0; row < side * factor; row++) {
      for (int column = 0; column < side * factor; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(large.at(row, column, channel))
              .isEqualTo(image.at(5 + row / factor, 11 + column / factor, channel));
        }
      }
    }
  }
}
