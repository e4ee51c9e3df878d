package org.bagnetlab.vision.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTests {

  private final Controlled15 dataset = new Controlled15();

  @Test
  void noImageIsInTwoParts() {
    Split split = Split.of(dataset, 3);
    List<SceneImage> all =
        Stream.of(split.train(), split.validation(), split.test()).flatMap(List::stream).toList();
    Set<String> paths = new HashSet<>();
    all.forEach(image -> assertThat(paths.add(image.path())).as(image.path()).isTrue());
  }

  @Test
  void everyClassHasItsShareInEveryPart() {
    Split split = Split.of(dataset, 3);
    for (int label = 0; label < 15; label++) {
      assertThat(count(split.train(), label)).isEqualTo(80);
      assertThat(count(split.validation(), label)).isEqualTo(20);
      assertThat(count(split.test(), label)).isEqualTo(80);
    }
  }

  @Test
  void theSeedDecides() {
    assertThat(Split.of(dataset, 1)).isEqualTo(Split.of(dataset, 1));
    assertThat(Split.of(dataset, 1).checksum()).isEqualTo(Split.of(dataset, 1).checksum());
    assertThat(Split.of(dataset, 1).checksum()).isNotEqualTo(Split.of(dataset, 2).checksum());
  }

  private static long count(List<SceneImage> images, int label) {
    return images.stream().filter(image -> image.label() == label).count();
  }
}
