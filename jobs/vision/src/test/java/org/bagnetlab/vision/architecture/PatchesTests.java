package org.bagnetlab.vision.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchesTests {

  /** Counted in Python, in one direction: patches within a tile, and all patches. */
  @ParameterizedTest
  @CsvSource({
    "9, 224, 56, 24, 27", "17, 224, 56, 20, 26", "33, 224, 56, 12, 24",
    "9, 64, 16, 4, 7", "17, 64, 16, 0, 6", "33, 64, 16, 0, 4"
  })
  void aPatchOnASeamIsNotWithinATile(int field, int image, int tile, double inside, int patches) {
    assertThat(new Patches(field, 8, image).perSide()).isEqualTo(patches);
    assertThat(new Patches(field, 8, image).shareWithin(tile))
        .isCloseTo(inside / patches * (inside / patches), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"9, 64", "33, 224", "17, 100"})
  void allPatchesAreWithinTheWholeImage(int field, int image) {
    Patches patches = new Patches(field, 8, image);
    assertThat(patches.shareWithin(image)).isEqualTo(1);
    assertThat(patches.shareWithin(field - 1)).isZero();
  }
}
