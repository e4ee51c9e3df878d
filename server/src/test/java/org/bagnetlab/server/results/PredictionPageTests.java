package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.server.results.PredictionFilter.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which images a page has, in which order, and what it says of them. */
@Timeout(20)
class PredictionPageTests {

  private static final List<String> CLASSES = List.of("Coast", "Forest", "Store");
  private static final List<MeasuredSet> TEST = List.of(MeasuredSet.TEST);

  /** Logits whose largest is the prediction; the natural logarithms of odds. */
  private static SeenImages.Seen seen(int label, double... odds) {
    float[] logits = new float[odds.length];
    int predicted = 0;
    for (int i = 0; i < odds.length; i++) {
      logits[i] = (float) Math.log(odds[i]);
      predicted = odds[i] > odds[predicted] ? i : predicted;
    }
    return new SeenImages.Seen(label, predicted, Optional.of(logits));
  }

  private static SeenImages run(long number, Map<String, SeenImages.Seen> test) {
    return new SeenImages(number, CLASSES, Map.of(MeasuredSet.TEST, test));
  }

  private static SeenImages first() {
    Map<String, SeenImages.Seen> test = new LinkedHashMap<>();
    test.put("a", seen(0, 6, 3, 1));
    test.put("b", seen(0, 1, 3, 1));
    test.put("c", seen(0, 1, 8, 1));
    test.put("d", seen(1, 2, 1, 1));
    test.put("e", seen(2, 1, 1, 2));
    return run(1, test);
  }

  private static PredictionFilter filter(Optional<Boolean> right, List<Long> others) {
    return new PredictionFilter(
        TEST,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        right,
        others,
        Order.CONFIDENCE,
        2,
        10,
        0);
  }

  private static PredictionPage page(PredictionFilter filter, SeenImages... others) {
    return PredictionPage.of(filter, "scenes", true, first(), List.of(others));
  }

  private static List<String> images(PredictionPage page) {
    return page.predictions().stream().map(PredictionPage.ImagePrediction::image).toList();
  }

  @Test
  void theMostConfidentMistakesAreFirst() {
    PredictionPage page = page(filter(Optional.of(false), List.of()));
    assertThat(page.images()).isEqualTo(5);
    assertThat(page.wrong()).isEqualTo(3);
    assertThat(page.total()).isEqualTo(3);
    // 8 of 10, 3 of 5, 2 of 4.
    assertThat(images(page)).containsExactly("c", "b", "d");
    PredictionPage.ImagePrediction most = page.predictions().get(0);
    assertThat(most.label()).isEqualTo("Coast");
    assertThat(most.predicted()).isEqualTo("Forest");
    assertThat(most.right()).isFalse();
    // Logits are floats.
    assertThat(most.probability().orElseThrow()).isCloseTo(.8, within(1e-6));
    assertThat(most.classProbability().orElseThrow()).isCloseTo(.1, within(1e-6));
    assertThat(most.top()).hasSize(2);
    assertThat(most.top().get(0).label()).isEqualTo("Forest");
    assertThat(page.confusions())
        .containsExactly(
            new PredictionPage.Confusion("Coast", "Forest", 2),
            new PredictionPage.Confusion("Forest", "Coast", 1));
  }

  @Test
  void imagesAreChosenByTheirClassesAndByWhetherTheyWereRight() {
    assertThat(images(page(filter(Optional.of(true), List.of())))).containsExactly("a", "e");
    assertThat(images(page(filter(Optional.empty(), List.of())))).hasSize(5);
    PredictionFilter pair =
        new PredictionFilter(
            TEST,
            Optional.empty(),
            Optional.of("Coast"),
            Optional.of("Forest"),
            Optional.empty(),
            List.of(),
            Order.IMAGE,
            0,
            1,
            1);
    PredictionPage page = page(pair);
    assertThat(page.total()).isEqualTo(2);
    assertThat(images(page)).containsExactly("c");
    assertThat(page.predictions().get(0).top()).isEmpty();
  }

  /** Of what all runs were measured on: another run has another split, or lacks an image. */
  @Test
  void severalRunsShareTheirMistakes() {
    SeenImages second =
        run(
            2,
            Map.of(
                "a", seen(0, 1, 2, 1),
                "b", seen(0, 1, 1, 98),
                "c", seen(0, 5, 1, 1),
                "d", seen(1, 1, 1, 2)));
    PredictionPage page = page(filter(Optional.of(false), List.of(2L)), second);
    assertThat(page.images()).isEqualTo(4);
    assertThat(page.wrong()).isEqualTo(2);
    // On average .6 and .98, and .5 and .5.
    assertThat(images(page)).containsExactly("b", "d");
    PredictionPage.Other other = page.predictions().get(0).others().get(0);
    assertThat(other.run()).isEqualTo(2);
    assertThat(other.predicted()).isEqualTo("Store");
    assertThat(other.probability().orElseThrow()).isCloseTo(.98, within(1e-6));
    // Right in the first, wrong in the second.
    assertThat(images(page(filter(Optional.of(true), List.of(2L)), second))).containsExactly("a");
  }

  @Test
  void withoutLogitsNoProbabilityIsKnownAndSuchImagesAreLast() {
    Map<String, SeenImages.Seen> test = new LinkedHashMap<>();
    test.put("a", new SeenImages.Seen(0, 1, Optional.empty()));
    test.put("b", new SeenImages.Seen(0, 1, Optional.of(new float[] {Float.NaN, 0, 0})));
    test.put("c", seen(0, 1, 2, 1));
    PredictionPage page =
        PredictionPage.of(
            filter(Optional.empty(), List.of()), "scenes", false, run(1, test), List.of());
    assertThat(images(page)).containsExactly("c", "a", "b");
    assertThat(page.predictions().get(1).probability()).isEmpty();
    assertThat(page.predictions().get(2).top()).isEmpty();
  }
}
