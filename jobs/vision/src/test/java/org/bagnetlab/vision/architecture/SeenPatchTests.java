package org.bagnetlab.vision.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenPatchTests {

  /**
   * A BagNet's patches begin at every eighth pixel. A ResNet's windows are centred, so its first
   * position looks at the first pixel; DenseNet's three means of 2 x 2 shift it by 2 + 4 + 8
   * pixels.
   */
  @ParameterizedTest
  @CsvSource({
    "bagnet9, 4, 8",
    "bagnet33, 16, 8",
    "resnet50, 0, 32",
    "cbam_resnet50, 0, 32",
    "densenet121, 14, 32"
  })
  void aPatchIsCentredWhereItsWindowsAre(String name, double first, int stride) {
    Architecture architecture = Architectures.named(name).build(15, 0.25, 64);
    SeenPatch patch = SeenPatch.of(architecture, new Position(1, 0));
    assertThat(patch.row()).isEqualTo(first + stride);
    assertThat(patch.column()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "bagnet9, 7, 0, false",
    "bagnet9, 8, 0, true",
    "bagnet9, 16, 8, true",
    "bagnet9, 17, 8, false",
    "bagnet9, 16, 9, false",
    "cbam_resnet50, 63, 63, true",
    "resnet50, 63, 63, true"
  })
  void aPatchHasAllPixelsOfItsSide(String name, int row, int column, boolean contained) {
    Architecture architecture = Architectures.named(name).build(15, 0.25, 64);
    SeenPatch patch = SeenPatch.of(architecture, new Position(1, 0));
    assertThat(patch.contains(row, column)).isEqualTo(contained);
  }
}
