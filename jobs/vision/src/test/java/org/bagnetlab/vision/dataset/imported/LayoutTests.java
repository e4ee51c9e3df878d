package org.bagnetlab.vision.dataset.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTests {

  /** As two systems write the name of a folder with an accent: one character, or two. */
  @Test
  void classesThatLookTheSameAreRefused() throws Exception {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> Layout.of(List.of("train/Caf\u00e9/1.jpg", "train/Cafe\u0301/2.jpg")))
        .withMessageContaining("Two class folders are named");
    assertThat(Layout.of(List.of("train/Caf\u00e9/1.jpg", "train/Cafe/2.jpg")).classes())
        .containsExactly("Cafe", "Caf\u00e9");
  }
}
