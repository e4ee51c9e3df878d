package org.bagnetlab.server.results.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.statistic.ClassScores;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.junit.jupiter.api.Test;

class ErrorAgreementTests {

  private static final Networks NETWORKS = new Networks(Published.read());
  private static final List<String> CLASSES = List.of("coast", "forest", "store", "street");
  private static final int IMAGES = 400;

  private final Map<Long, TestPredictions> predictions = new LinkedHashMap<>();

  /**
   * Predictions of a run: half of what decides is the image's own, and later classes are harder.
   */
  private static Predictions predicted(long run, double accuracy) {
    SplittableRandom random = new SplittableRandom(run);
    SplittableRandom ofImages = new SplittableRandom(1);
    List<Predictions.Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      int label = i % CLASSES.size();
      double difficulty = ofImages.nextDouble();
      boolean own = ofImages.nextBoolean();
      boolean right = (own ? difficulty : random.nextDouble()) < accuracy - .1 * label;
      int predicted = right ? label : (label + 1 + random.nextInt(3)) % CLASSES.size();
      float[] logits = new float[CLASSES.size()];
      for (int k = 0; k < logits.length; k++) {
        logits[k] = (float) (random.nextDouble() + (k == predicted ? 2 : 0));
      }
      rows.add(new Predictions.Row(label, predicted, Optional.of(logits)));
    }
    return new Predictions(CLASSES, List.of(), rows, List.of());
  }

  private static TestPredictions stored(long run, Predictions predictions) {
    Map<String, TestPredictions.ImagePrediction> byImage = new LinkedHashMap<>();
    for (Predictions.Row row : predictions.test()) {
      byImage.put(
          "image" + byImage.size(),
          new TestPredictions.ImagePrediction(
              CLASSES.get(row.label()), row.predicted() == row.label(), row.logits()));
    }
    return new TestPredictions(run, byImage);
  }

  private Configuration network(String architecture, int seeds, double accuracy) {
    Configuration configuration = SimulatedRuns.configuration(architecture, seeds, accuracy);
    for (long run : configuration.numbers()) {
      predictions.put(run, stored(run, predicted(run, accuracy)));
    }
    return configuration;
  }

  private ErrorAgreement agreement(Configuration... configurations) {
    return ErrorAgreement.of(
        SimulatedRuns.CHOSEN,
        Optional.of(Setting.group(List.of(configurations)).get(0)),
        predictions,
        NETWORKS);
  }

  @Test
  void everyTwoNetworksAndEachFromSeedToSeed() {
    ErrorAgreement view =
        agreement(
            network("resnet50", 3, .9), network("bagnet9", 3, .5), network("bagnet33", 3, .85));
    assertThat(view.pairs())
        .extracting(pair -> pair.first() + " " + pair.second())
        .containsExactly("resnet50 bagnet9", "resnet50 bagnet33", "bagnet9 bagnet33");
    ErrorAgreement.Pair pair = view.pairs().get(1);
    assertThat(pair.agreement().errors().kappa().orElseThrow()).isBetween(.3, .65);
    assertThat(pair.agreement().errors().low()).isPresent();
    assertThat(pair.agreement().logitCorrelation().orElseThrow()).isBetween(.3, .95);
    assertThat(view.networks())
        .allSatisfy(
            network ->
                assertThat(network.ceiling().orElseThrow().errors().kappa().orElseThrow())
                    .isBetween(.3, .7));
    assertThat(pair.sentence())
        .startsWith("ResNet-50 and BagNet-33 are both right or both wrong on ")
        .contains("expected by chance): kappa 0.", ", n = 3 seeds, 400 images.")
        .contains("Kappa of two seeds of the same network: ResNet-50 0.");
  }

  /** A class is recognised as often as {@link ClassScores} says. */
  @Test
  void classAccuraciesAreMeansOfRecalls() {
    ErrorAgreement view = agreement(network("resnet50", 2, .9), network("bagnet9", 3, .6));
    assertThat(view.classes()).isEqualTo(CLASSES);
    ErrorAgreement.Network network = view.networks().get(1);
    assertThat(network.runs()).hasSize(3);
    for (int i = 0; i < CLASSES.size(); i++) {
      double sum = 0;
      for (long run : network.runs()) {
        sum += recall(predicted(run, .6), CLASSES.get(i));
      }
      assertThat(network.classAccuracies().get(i)).isCloseTo(sum / 3, within(1e-12));
    }
    // Later classes are harder for both.
    assertThat(view.pairs().get(0).pearson().orElseThrow()).isBetween(.8, 1.0);
    assertThat(view.pairs().get(0).spearman().orElseThrow()).isBetween(.7, 1.0);
  }

  private static double recall(Predictions predictions, String name) {
    return new ClassScores()
        .of(predictions).values().stream()
            .filter(value -> value.output().equals("class-recall"))
            .filter(value -> value.set() == MeasuredSet.TEST)
            .filter(value -> name.equals(value.axes().get("class")))
            .mapToDouble(Findings.Value::value)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void oneSeedIsComparedWithTheSameSeedAndHasNoCeiling() {
    ErrorAgreement view = agreement(network("resnet50", 1, .9), network("bagnet9", 3, .6));
    ErrorAgreement.Pair pair = view.pairs().get(0);
    assertThat(pair.agreement().errors().seeds()).isEqualTo(1);
    assertThat(pair.agreement().errors().low()).isEmpty();
    assertThat(pair.sentence()).contains("one seed, so without variation between seeds");
    assertThat(view.networks().get(0).ceiling()).isEmpty();
    assertThat(view.networks().get(1).ceiling()).isPresent();
  }

  @Test
  void networksWithoutPredictionsOrACommonSeedAreLeftOut() {
    Configuration resnet = network("resnet50", 2, .9);
    Configuration bagnet = network("bagnet9", 2, .6);
    Configuration without = SimulatedRuns.configuration("bagnet17", 2, .7);
    predictions.remove(resnet.numbers().get(0));
    predictions.remove(bagnet.numbers().get(1));
    ErrorAgreement view = agreement(resnet, bagnet, without);
    assertThat(view.networks())
        .extracting(ErrorAgreement.Network::architecture)
        .containsExactly("resnet50", "bagnet9");
    assertThat(view.pairs()).isEmpty();
  }

  @Test
  void fewerThanThreeClassesHaveNoCorrelation() {
    Configuration resnet = network("resnet50", 1, .9);
    Configuration bagnet = network("bagnet9", 1, .6);
    predictions
        .values()
        .forEach(run -> run.byImage().values().removeIf(image -> image.label().startsWith("s")));
    ErrorAgreement view = agreement(resnet, bagnet);
    assertThat(view.classes()).containsExactly("coast", "forest");
    assertThat(view.pairs().get(0).pearson()).isEmpty();
    assertThat(view.pairs().get(0).agreement().errors().kappa()).isPresent();
    assertThat(ErrorAgreementTable.number(-.123)).isEqualTo("−0.12");
    assertThat(ErrorAgreementTable.number(-.001)).isEqualTo("0.00");
  }

  /** NumPy: {@code scipy.stats.pearsonr} of both arrays minus their means over the classes. */
  @Test
  void logitsCorrelateOverImagesAndClasses() {
    Map<String, TestPredictions.ImagePrediction> ours = new LinkedHashMap<>();
    Map<String, TestPredictions.ImagePrediction> theirs = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      float[] logits = new float[4];
      float[] others = new float[4];
      for (int j = 0; j < 4; j++) {
        logits[j] = (i * 5 + j * 3) % 7 * .5f;
        others[j] = (i * 5 + j * 3 + (i + j) % 3) % 7 * .25f + i;
      }
      ours.put(
          "image" + i, new TestPredictions.ImagePrediction("coast", true, Optional.of(logits)));
      theirs.put(
          "image" + i, new TestPredictions.ImagePrediction("coast", true, Optional.of(others)));
    }
    TestPredictions first = new TestPredictions(1, ours);
    TestPredictions second = new TestPredictions(2, theirs);
    assertThat(correlation(first, second).orElseThrow())
        .isCloseTo(0.3569893390345409, within(1e-12));
    assertThat(correlation(first, first).orElseThrow()).isCloseTo(1, within(1e-12));
    // An image that only one of them has does not count.
    theirs.put(
        "alone",
        new TestPredictions.ImagePrediction("coast", true, Optional.of(new float[] {9, 0, 0, 0})));
    assertThat(correlation(first, second).orElseThrow())
        .isCloseTo(0.3569893390345409, within(1e-12));
    ours.replaceAll(
        (image, before) -> new TestPredictions.ImagePrediction("coast", true, Optional.empty()));
    assertThat(correlation(first, second)).isEmpty();
  }

  private static Optional<Double> correlation(TestPredictions first, TestPredictions second) {
    return CentredLogits.of(first).correlation(CentredLogits.of(second));
  }
}
