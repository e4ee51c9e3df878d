package org.bagnetlab.server.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark of the input reads no more images than its memory holds. */
@Timeout(10)
class ImagesReadTests {

  /** 128 MiB are 134,217,728 bytes, and an image of 512 pixels has 786,432. */
  @ParameterizedTest
  @CsvSource({
    "1200, 64, 16, 1200",
    "170, 512, 16, 170",
    "171, 512, 16, 170",
    "100000, 512, 85, 170",
    "100000, 512, 86, 172",
    "100000, 512, 512, 1024",
    "1000, 512, 512, 1000",
  })
  void theyAreAllThatFitOrTwoBatches(int images, int side, int batchSize, int read) {
    assertThat(InputBenchmark.read(images, side, batchSize)).isEqualTo(read);
  }

  @Test
  void aPartOfTheImagesIsNamed() {
    assertThat(InputBenchmark.part(170, 1200)).isEqualTo(" (170 of 1200 training images)");
    assertThat(InputBenchmark.part(1200, 1200)).isEmpty();
  }
}
