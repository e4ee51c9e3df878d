package org.bagnetlab.vision.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;

/** What is left of a data set for further measurements. */
@AddLifecycleHook(TryTimeLimit.class)
class UnusedImagesTests {

  private static Stream<SceneImage> used(Split split) {
    return Stream.of(split.train(), split.validation(), split.test()).flatMap(List::stream);
  }

  @Property(tries = 50)
  void whereThereAreFoldersItIsTheRestOfTheTestFolder(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 20) int train,
      @ForAll @IntRange(min = 1, max = 120) int test) {
    SceneDataset dataset = ListedDataset.of(3, train, test);
    Split split = Split.of(dataset, seed);
    List<SceneImage> unused = UnusedImages.of(dataset, Optional.of(split));
    assertThat(unused).allMatch(image -> image.folder() == SceneImage.Folder.TEST);
    assertThat(unused).doesNotContainAnyElementsOf(used(split).toList());
    assertThat(unused).hasSize(3 * Math.max(0, test - 80));
  }

  /** Of 300 images a class 100 are for training and validation, and 80 for the test. */
  @Property(tries = 20)
  void withoutFoldersItIsTheRestOfAll(@ForAll long seed) {
    SceneDataset dataset = ListedDataset.of(3, 300, 0);
    Split split = Split.of(dataset, seed);
    List<SceneImage> unused = UnusedImages.of(dataset, Optional.of(split));
    assertThat(unused).hasSize(3 * 120);
    assertThat(Stream.concat(used(split), unused.stream()))
        .containsExactlyInAnyOrderElementsOf(dataset.images());
  }

  @Test
  void aNetworkOfAnotherDataSetHasUsedNone() {
    assertThat(UnusedImages.of(ListedDataset.of(3, 5, 7), Optional.empty())).hasSize(21);
    assertThat(UnusedImages.of(ListedDataset.of(3, 5, 0), Optional.empty())).hasSize(15);
  }
}
