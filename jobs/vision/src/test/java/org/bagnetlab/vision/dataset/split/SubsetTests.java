package org.bagnetlab.vision.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.dataset.ListedDataset;
import org.bagnetlab.vision.dataset.RelabelledDataset;
import org.bagnetlab.vision.dataset.SceneImage;

/** A subset has as many images of each class as it can, and depends on nothing but its seed. */
@AddLifecycleHook(TryTimeLimit.class)
class SubsetTests {

  @Property(tries = 100)
  void eachClassHasItsShareInTheOrderOfTheImages(
      @ForAll @IntRange(min = 2, max = 5) int classes,
      @ForAll @IntRange(min = 1, max = 12) int each,
      @ForAll @IntRange(min = 1, max = 15) int most,
      @ForAll long seed) {
    List<SceneImage> images = ListedDataset.of(classes, each, 0).images();
    List<SceneImage> subset = Subset.of(images, most, seed);
    assertThat(subset).isSubsetOf(images).isSortedAccordingTo(order(images));
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      assertThat(subset)
          .filteredOn(image -> image.label() == wanted)
          .hasSize(Math.min(most, each))
          .doesNotHaveDuplicates();
    }
  }

  @Property(tries = 100)
  void aLargerSubsetContainsASmallerOne(
      @ForAll @IntRange(min = 1, max = 11) int most, @ForAll long seed) {
    List<SceneImage> images = ListedDataset.of(3, 12, 0).images();
    assertThat(Subset.of(images, most, seed)).isSubsetOf(Subset.of(images, most + 1, seed));
  }

  /** A network may number the classes otherwise, and images may come in another order. */
  @Property(tries = 50)
  void neitherNumbersNorOrderMatter(@ForAll long seed) {
    ListedDataset dataset = ListedDataset.of(4, 6, 6);
    List<String> reversed = new ArrayList<>(dataset.classes());
    Collections.reverse(reversed);
    List<SceneImage> others = new ArrayList<>(RelabelledDataset.of(dataset, reversed).images());
    Collections.reverse(others);
    assertThat(Subset.of(others, 3, seed).stream().map(SceneImage::path))
        .containsExactlyInAnyOrderElementsOf(
            Subset.of(dataset.images(), 3, seed).stream().map(SceneImage::path).toList());
  }

  /** Of images that are sorted by class, every class has its share. */
  @Property(tries = 100)
  void spreadImagesAreOfAllClasses(
      @ForAll @IntRange(min = 2, max = 5) int classes,
      @ForAll @IntRange(min = 1, max = 12) int each,
      @ForAll @IntRange(min = 1, max = 70) int most) {
    List<SceneImage> images =
        ListedDataset.of(classes, each, 0).images().stream()
            .sorted(Comparator.comparing(SceneImage::label))
            .toList();
    List<SceneImage> spread = Subset.spread(images, most);
    assertThat(spread)
        .hasSize(Math.min(most, images.size()))
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(order(images));
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      long count = spread.stream().filter(image -> image.label() == wanted).count();
      assertThat(count).isBetween((long) spread.size() / classes, spread.size() / classes + 1L);
    }
  }

  private static Comparator<SceneImage> order(List<SceneImage> images) {
    return Comparator.comparing(images::indexOf);
  }
}
