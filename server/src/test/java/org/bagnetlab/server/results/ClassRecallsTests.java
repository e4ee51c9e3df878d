package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Recalls are counted, and stand beside the report's for exactly the report's classes. */
class ClassRecallsTests {

  private static final Published PUBLISHED = Published.read();

  private static List<String> scenes() {
    return List.copyOf(PUBLISHED.testReports().getOrDefault("bagnet33", Map.of()).keySet());
  }

  private static List<ClassRecalls.Row> rows(ClassRecalls recalls, String set) {
    return recalls.sets().getOrDefault(set, List.of());
  }

  private static ClassRecalls recalls(List<String> classes, String architecture) {
    List<Predictions.Row> rows =
        List.of(new Predictions.Row(0, 0), new Predictions.Row(0, 1), new Predictions.Row(1, 1));
    return ClassRecalls.of(
        new Predictions(classes, List.of(), rows, rows), architecture, PUBLISHED);
  }

  @Test
  void countsEachClass() {
    ClassRecalls recalls = recalls(List.of("a", "b", "c"), "bagnet33");
    assertThat(recalls.published()).isEmpty();
    assertThat(recalls.sets()).containsOnlyKeys("test", "scrambled");
    assertThat(rows(recalls, "test"))
        .containsExactly(
            new ClassRecalls.Row("a", 2, 1, Optional.of(.5), Optional.empty()),
            new ClassRecalls.Row("b", 1, 1, Optional.of(1.0), Optional.empty()),
            new ClassRecalls.Row("c", 0, 0, Optional.empty(), Optional.empty()));
  }

  @Test
  void theReportsRecallsStandBesideThoseOnItsClasses() {
    ClassRecalls recalls = recalls(scenes(), "bagnet33");
    assertThat(recalls.published()).contains(PUBLISHED.source());
    ClassRecalls.Row bedroom = rows(recalls, "test").get(0);
    assertThat(bedroom.name()).isEqualTo("Bedroom");
    assertThat(bedroom.published()).contains(.82);
    assertThat(rows(recalls, "scrambled").get(0).published()).contains(.62);
  }

  @Test
  void whatTheReportDoesNotSayIsLeftOut() {
    // It scrambled for BagNet-33 alone, and says nothing class by class of BagNet-9.
    assertThat(rows(recalls(scenes(), "resnet50"), "scrambled").get(0).published()).isEmpty();
    assertThat(recalls(scenes(), "bagnet9").published()).isEmpty();
    List<String> more = new ArrayList<>(scenes());
    more.add("Beach");
    assertThat(recalls(more, "bagnet33").published()).isEmpty();
  }

  @Test
  void theReportsEpochsAreThoseOfBagNet33OnItsClasses() {
    assertThat(PUBLISHED.history("bagnet33", scenes()).orElseThrow().testLoss()).hasSize(40);
    assertThat(PUBLISHED.history("resnet50", scenes())).isEmpty();
    assertThat(PUBLISHED.history("bagnet33", List.of("a", "b"))).isEmpty();
  }
}
