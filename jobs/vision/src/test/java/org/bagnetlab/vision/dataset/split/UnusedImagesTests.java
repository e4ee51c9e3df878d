package org.bagnetlab.vision.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.dataset.ListedDataset;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePair;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
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
    List<SceneImage> unused = UnusedImages.of(dataset, Optional.of(split), DuplicatePairs.NONE);
    assertThat(unused).allMatch(image -> image.folder() == SceneImage.Folder.TEST);
    assertThat(unused).doesNotContainAnyElementsOf(used(split).toList());
    assertThat(unused).hasSize(3 * Math.max(0, test - 80));
  }

  /** Of 300 images per class 100 are for training and validation, and 80 for the test. */
  @Property(tries = 20)
  void withoutFoldersItIsTheRestOfAll(@ForAll long seed) {
    SceneDataset dataset = ListedDataset.of(3, 300, 0);
    Split split = Split.of(dataset, seed);
    List<SceneImage> unused = UnusedImages.of(dataset, Optional.of(split), DuplicatePairs.NONE);
    assertThat(unused).hasSize(3 * 120);
    assertThat(Stream.concat(used(split), unused.stream()))
        .containsExactlyInAnyOrderElementsOf(dataset.images());
  }

  /** A copy of a training image is known to the network; copies of other unused images are not. */
  @Test
  void copiesOfUsedImagesAreTakenUnlessDuplicatesAreLeftOut() {
    SceneDataset dataset = ListedDataset.of(1, 10, 90);
    Split split = Split.of(dataset, 1);
    List<SceneImage> unused = UnusedImages.of(dataset, Optional.of(split), DuplicatePairs.NONE);
    DuplicatePairs duplicates =
        new DuplicatePairs(
            .99,
            List.of(
                copy(split.train().get(0), unused.get(0)),
                copy(unused.get(0), unused.get(1)),
                copy(unused.get(2), unused.get(3))));
    assertThat(UnusedImages.of(dataset, Optional.of(split), duplicates))
        .hasSize(8)
        .isEqualTo(unused.subList(2, 10));
  }

  private static DuplicatePair copy(SceneImage one, SceneImage other) {
    return new DuplicatePair(one.path(), other.path(), true, 1, one.folder() != other.folder());
  }

  @Test
  void aNetworkOfAnotherDataSetHasUsedNone() {
    assertThat(UnusedImages.of(ListedDataset.of(3, 5, 7), Optional.empty(), DuplicatePairs.NONE))
        .hasSize(21);
    assertThat(UnusedImages.of(ListedDataset.of(3, 5, 0), Optional.empty(), DuplicatePairs.NONE))
        .hasSize(15);
  }
}
