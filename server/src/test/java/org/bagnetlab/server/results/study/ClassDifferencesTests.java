package org.bagnetlab.server.results.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.server.results.study.ClassDifferences.ClassDifference;
import org.junit.jupiter.api.Test;

class ClassDifferencesTests {

  private final Map<String, Double> first = new LinkedHashMap<>();
  private final Map<String, Double> second = new LinkedHashMap<>();
  private final Map<String, String> classOf = new HashMap<>();

  /** Images of a class, of which each run has so many right that the other has wrong. */
  private void images(String name, int both, int onlyFirst, int onlySecond) {
    for (int i = 0; i < both + onlyFirst + onlySecond; i++) {
      String image = "test/%s/%d".formatted(name, i);
      first.put(image, i < both + onlyFirst ? 1. : 0.);
      second.put(image, i < both || i >= both + onlyFirst ? 1. : 0.);
      classOf.put(image, name);
    }
  }

  private ClassDifferences compared() {
    return ClassDifferences.of(
        "BagNet-9 #2",
        "ResNet-50 #1",
        new StudiedNetwork.SeedPair(
            Outcomes.ofTraining(2, first, Map.of()), Outcomes.ofTraining(1, second, Map.of())),
        Measure.TEST,
        classOf);
  }

  @Test
  void eachClassIsTestedAndCorrectedForAllOfThem() {
    images("sea", 0, 0, 10);
    images("forest", 4, 6, 0);
    images("street", 8, 1, 1);
    first.put("test/only/1", 1.);
    classOf.put("test/only/1", "only");
    ClassDifferences found = compared();
    // Two-sided sign tests, 2 / 2^10, 2 / 2^6 and 1; after Holm three times the least and so on.
    assertThat(found.classes())
        .extracting(
            ClassDifference::name,
            each -> each.difference().images(),
            ClassDifference::onlyA,
            ClassDifference::onlyB,
            each -> each.difference().p().orElseThrow(),
            ClassDifference::adjusted,
            ClassDifference::significant)
        .containsExactly(
            tuple("forest", 10, 6, 0, 2. / 64, 4. / 64, false),
            tuple("sea", 10, 0, 10, 2. / 1024, 6. / 1024, true),
            tuple("street", 10, 1, 1, 1., 1., false));
    assertThat(found.classes().get(0).difference().difference()).isCloseTo(.6, within(1e-9));
    // Agresti and Min (2005): half an image is added to each cell of the table.
    assertThat(found.classes().get(0).difference().low().orElseThrow()).isBetween(.2, .3);
    assertThat(found.sentence())
        .isEqualTo(
            "By McNemar's exact test of each of 3 classes, corrected after Holm, BagNet-9 #2"
                + " differs from ResNet-50 #1 in 1 class: sea (100.0 points less).");
  }

  @Test
  void withoutADifferenceNoClassTellsThemApart() {
    images("sea", 4, 6, 0);
    images("street", 8, 1, 1);
    assertThat(compared().sentence())
        .isEqualTo(
            "By McNemar's exact test of each of 2 classes, corrected after Holm, no class tells"
                + " BagNet-9 #2 and ResNet-50 #1 apart.");
  }

  @Test
  void aSentenceNamesTheClassesThatDifferMostClearly() {
    for (int i = 1; i <= 7; i++) {
      images("class-" + i, 0, 10 + i, 0);
    }
    assertThat(compared().sentence())
        .contains(" in 7 classes, the clearest first: class-7 (100.0 points more), class-6 ")
        .endsWith("class-3 (100.0 points more) and 2 others.");
  }
}
