package org.bagnetlab.vision.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bagnetlab.vision.dataset.ListedDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePair;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Of 80 test images a class, or as many as there are. */
  @Test
  void chanceIsTheShareOfTheMostFrequentClass() {
    assertThat(Split.of(dataset, 3).chance()).isEqualTo(1 / 15.0);
    List<SceneImage> test = Split.of(dataset, 3).test();
    Split uneven =
        new Split(
            "uneven",
            1,
            Optional.empty(),
            List.of(),
            List.of(),
            test.stream().filter(image -> image.label() != 2).toList());
    assertThat(uneven.chance()).isEqualTo(1 / 14.0);
    List<SceneImage> oneOfClassTwo =
        Stream.concat(
                uneven.test().stream(), test.stream().filter(image -> image.label() == 2).limit(1))
            .toList();
    Split least = new Split("uneven", 1, Optional.empty(), List.of(), List.of(), oneOfClassTwo);
    assertThat(least.chance()).isEqualTo(80 / (14 * 80.0 + 1));
  }

  @Test
  void theSeedDecides() {
    assertThat(Split.of(dataset, 1)).isEqualTo(Split.of(dataset, 1));
    assertThat(Split.of(dataset, 1).checksum()).isEqualTo(Split.of(dataset, 1).checksum());
    assertThat(Split.of(dataset, 1).checksum()).isNotEqualTo(Split.of(dataset, 2).checksum());
  }

  /** So that the points of a learning curve differ in the number of images alone. */
  @Property(tries = 100)
  void fewerImagesToLearnArePartOfMoreAndValidationAndTestStay(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int train,
      @ForAll @IntRange(max = 20) int test,
      @ForAll @IntRange(min = 1, max = 40) int few,
      @ForAll @IntRange(min = 1, max = 40) int many) {
    Split whole = Split.of(ListedDataset.of(3, Math.max(train, 4), test), seed);
    Split smaller = whole.learning(Optional.of(Math.min(few, many)));
    Split larger = whole.learning(Optional.of(Math.max(few, many)));
    assertThat(larger.train()).containsAll(smaller.train());
    assertThat(whole.train()).containsSubsequence(larger.train());
    for (int label = 0; label < 3; label++) {
      long all = count(whole.train(), label);
      assertThat(count(smaller.train(), label)).isEqualTo(Math.min(all, Math.min(few, many)));
    }
    for (Split split : List.of(smaller, larger)) {
      assertThat(split.validation()).isEqualTo(whole.validation());
      assertThat(split.test()).isEqualTo(whole.test());
    }
    assertThat(smaller.trainImages()).contains(Math.min(few, many));
    assertThat(smaller.checksum().equals(larger.checksum()))
        .isEqualTo(smaller.train().equals(larger.train()));
    assertThat(whole.learning(Optional.empty())).isEqualTo(whole);
  }

  /** Pairs at random, so that chains across parts and classes occur. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withoutDuplicatesNoImageOfAnEarlierPartIsSeenAgain(long seed) {
    Split whole = Split.of(dataset, seed);
    Random random = new Random(seed);
    List<DuplicatePair> pairs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int first = random.nextInt(dataset.images().size());
      int second = random.nextInt(dataset.images().size());
      pairs.add(
          new DuplicatePair(
              dataset.images().get(first).path(),
              dataset.images().get(second).path(),
              false,
              1,
              false));
    }
    DuplicatePairs duplicates = new DuplicatePairs(.99, pairs);
    Split split = whole.without(duplicates, dataset.classes());
    assertThat(split.train()).isEqualTo(whole.train());
    assertThat(whole.validation()).containsAll(split.validation());
    assertThat(whole.test()).containsAll(split.test());
    assertThat(split.checksum()).isNotEqualTo(whole.checksum());
    assertThat(split).isEqualTo(whole.without(duplicates, dataset.classes()));
    for (Split.Part part : Split.Part.values()) {
      assertThat(split.repeated(part, duplicates)).isEmpty();
      assertThat(whole.images(part).size() - split.images(part).size())
          .isEqualTo(whole.repeated(part, duplicates).size());
    }
    assertThat(whole.repeated(Split.Part.TEST, duplicates)).hasSizeGreaterThan(20);
  }

  @Test
  void aClassOfWhichOnlyDuplicatesAreTestedIsRefused() {
    Split whole = Split.of(dataset, 1);
    List<DuplicatePair> pairs =
        whole.test().stream()
            .filter(image -> image.label() == 2)
            .map(
                image ->
                    new DuplicatePair(image.path(), whole.train().get(0).path(), true, 1, true))
            .toList();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> whole.without(new DuplicatePairs(.99, pairs), dataset.classes()))
        .withMessage(
            "Without duplicates, class near-black-cyan of controlled-15 has no test images.");
  }

  private static long count(List<SceneImage> images, int label) {
    return images.stream().filter(image -> image.label() == label).count();
  }
}
