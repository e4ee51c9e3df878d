package org.bagnetlab.worker.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.split.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images every training explains. */
class SamplesTests {

  private static List<Integer> labels(int classes) {
    List<SceneImage> test =
        IntStream.range(0, 3 * classes)
            .mapToObj(i -> new SceneImage("test/%03d".formatted(i), i / 3, SceneImage.Folder.TEST))
            .toList();
    return Explanation.samples(new Split("scenes", 1, Optional.empty(), List.of(), List.of(), test))
        .stream()
        .map(SceneImage::label)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 10, 15, 40, 100})
  void theyAreOfDifferentClasses(int classes) {
    assertThat(labels(classes)).hasSize(Math.min(4, classes)).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void ofFifteenClassesTheyAreSpreadEvenly() {
    assertThat(labels(15)).containsExactly(0, 3, 7, 11);
  }
}
