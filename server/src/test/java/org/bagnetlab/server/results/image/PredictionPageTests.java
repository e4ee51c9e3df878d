package org.bagnetlab.server.results.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.server.results.file.PredictionsFile;
import org.bagnetlab.server.results.image.PredictionFilter.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which images a page has, in which order, and what it says of them. */
@Timeout(20)
class PredictionPageTests {

  private static final List<String> CLASSES = List.of("Coast", "Forest", "Store");
  private static final List<MeasuredSet> TEST = List.of(MeasuredSet.TEST);

  /** Logits whose largest is the prediction; the natural logarithms of odds. */
  private static PredictedImage predicted(int label, double... odds) {
    float[] logits = new float[odds.length];
    int predicted = 0;
    for (int i = 0; i < odds.length; i++) {
      logits[i] = (float) Math.log(odds[i]);
      predicted = odds[i] > odds[predicted] ? i : predicted;
    }
    return prediction(label, predicted, Optional.of(logits));
  }

  private static PredictedImage prediction(int label, int predicted, Optional<float[]> logits) {
    return PredictedImage.of(new PredictionsFile.Row("", label, predicted, logits));
  }

  private static PredictedImages run(long number, Map<String, PredictedImage> test) {
    return new PredictedImages(number, CLASSES, Map.of(MeasuredSet.TEST, test));
  }

  private static PredictedImages first() {
    Map<String, PredictedImage> test = new LinkedHashMap<>();
    test.put("a", predicted(0, 6, 3, 1));
    test.put("b", predicted(0, 1, 3, 1));
    test.put("c", predicted(0, 1, 8, 1));
    test.put("d", predicted(1, 2, 1, 1));
    test.put("e", predicted(2, 1, 1, 2));
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

  private static PredictionPage page(
      PredictionFilter filter, PredictedImages run, PredictedImages... others) {
    SharedErrors errors = new SharedErrors(filter, run);
    List.of(others).forEach(errors::add);
    return errors.page("scenes", true);
  }

  private static List<String> images(PredictionPage page) {
    return page.predictions().stream().map(PredictionPage.ImagePrediction::image).toList();
  }

  @Test
  void theMostConfidentMistakesAreFirst() {
    PredictionPage page = page(filter(Optional.of(false), List.of()), first());
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
    assertThat(images(page(filter(Optional.of(true), List.of()), first())))
        .containsExactly("a", "e");
    assertThat(images(page(filter(Optional.empty(), List.of()), first()))).hasSize(5);
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
    PredictionPage page = page(pair, first());
    assertThat(page.total()).isEqualTo(2);
    assertThat(images(page)).containsExactly("c");
    assertThat(page.predictions().get(0).top()).isEmpty();
  }

  /** Of what all runs were measured on: another run has another split, or lacks an image. */
  @Test
  void severalRunsShareTheirMistakes() {
    PredictedImages second =
        run(
            2,
            Map.of(
                "a", predicted(0, 1, 2, 1),
                "b", predicted(0, 1, 1, 98),
                "c", predicted(0, 5, 1, 1),
                "d", predicted(1, 1, 1, 2)));
    PredictionPage page = page(filter(Optional.of(false), List.of(2L)), first(), second);
    assertThat(page.images()).isEqualTo(4);
    assertThat(page.wrong()).isEqualTo(2);
    // On average .6 and .98, and .5 and .5.
    assertThat(images(page)).containsExactly("b", "d");
    PredictionPage.Other other = page.predictions().get(0).others().get(0);
    assertThat(other.run()).isEqualTo(2);
    assertThat(other.predicted()).isEqualTo("Store");
    assertThat(other.probability().orElseThrow()).isCloseTo(.98, within(1e-6));
    // Right in the first, wrong in the second.
    assertThat(images(page(filter(Optional.of(true), List.of(2L)), first(), second)))
        .containsExactly("a");
  }

  @Test
  void withoutLogitsNoProbabilityIsKnownAndSuchImagesAreLast() {
    Map<String, PredictedImage> test = new LinkedHashMap<>();
    test.put("a", prediction(0, 1, Optional.empty()));
    test.put("b", prediction(0, 1, Optional.of(new float[] {Float.NaN, 0, 0})));
    test.put("c", predicted(0, 1, 2, 1));
    PredictionPage page = page(filter(Optional.empty(), List.of()), run(1, test));
    assertThat(images(page)).containsExactly("c", "a", "b");
    assertThat(page.predictions().get(1).probability()).isEmpty();
    assertThat(page.predictions().get(2).top()).isEmpty();
  }

  @Test
  void ofEqualProbabilitiesTheFirstClassesAreTheMostProbable() {
    PredictedImage image = predicted(0, 1, 3, 1, 5, 3, 0);
    PredictedImage.Probabilities probabilities = image.probabilities().orElseThrow();
    assertThat(probabilities.top()).containsExactly(3, 1, 4, 0, 2, 5);
    assertThat(probabilities.ofTop()[1]).isCloseTo(3 / 13., within(1e-6));
  }

  /** Of 365 classes all probabilities of 36,500 images would be 53 MB. */
  @Test
  void ofManyClassesOnlyTheMostProbableAreKept() {
    double[] odds = new double[365];
    for (int i = 0; i < odds.length; i++) {
      odds[i] = 1 + i * 7 % 365;
    }
    PredictedImage image = predicted(0, odds);
    PredictedImage.Probabilities probabilities = image.probabilities().orElseThrow();
    assertThat(probabilities.top()).hasSize(PredictedImage.MOST_TOP);
    for (int i = 0; i < PredictedImage.MOST_TOP; i++) {
      assertThat(probabilities.top()[i] * 7 % 365).isEqualTo(364 - i);
    }
    assertThat(run(1, Map.of("a", image)).size()).isLessThan(600);
  }
}
