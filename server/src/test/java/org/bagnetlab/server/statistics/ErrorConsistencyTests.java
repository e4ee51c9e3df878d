package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorConsistencyTests {

  private static Map<String, Double> images(int count, IntPredicate right) {
    Map<String, Double> images = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      images.put("image" + i, right.test(i) ? 1.0 : 0.0);
    }
    return images;
  }

  /** Three seeds, 40 images. */
  private static List<Map<String, Double>> first() {
    List<Map<String, Double>> seeds = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      int seed = s;
      seeds.add(images(40, i -> (i * 7 + seed * (i % 3) + i * i % 6) % 10 < 6));
    }
    return seeds;
  }

  private static List<Map<String, Double>> second() {
    List<Map<String, Double>> seeds = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      int seed = s;
      seeds.add(images(40, i -> (i * 7 + seed * (i % 4) + i * i % 5) % 10 < 7));
    }
    return seeds;
  }

  /** 40 images for both, 20 for the first only, 10 for the second only, 30 for neither. */
  @Test
  void aTableByHand() {
    ErrorConsistency found =
        ErrorConsistency.between(
                List.of(images(100, i -> i < 60)), List.of(images(100, i -> i < 40 || i >= 90)))
            .orElseThrow();
    assertThat(found.observed()).isCloseTo(.7, within(1e-12));
    assertThat(found.expected()).isCloseTo(.5, within(1e-12));
    assertThat(found.kappa().orElseThrow()).isCloseTo(.4, within(1e-12));
    assertThat(found.low()).isEmpty();
    assertThat(found.images()).isEqualTo(100);
  }

  /**
   * NumPy and SciPy, with numerical derivatives of kappa by each image's weight in place of the
   * formula: kappas of all pairs of different seeds, the jackknife's pseudo-values of kappa and of
   * the derivatives, and variance and degrees of freedom as in {@link PairedDifferenceTests}, with
   * the mean of {@code 1 / (1 - expected)} over pairs in place of 1 in what is added to C.
   */
  @Test
  void equalsNumPyAndSciPy() {
    ErrorConsistency found = ErrorConsistency.between(first(), second()).orElseThrow();
    assertThat(found.observed()).isCloseTo(0.55, within(1e-12));
    assertThat(found.expected()).isCloseTo(0.5533333333333333, within(1e-12));
    assertThat(found.kappa().orElseThrow()).isCloseTo(-0.008660075646931073, within(1e-12));
    assertThat(found.low().orElseThrow()).isCloseTo(-0.31415912226561493, within(1e-6));
    assertThat(found.high().orElseThrow()).isCloseTo(0.2968389709717528, within(1e-6));
    assertThat(found.seeds()).isEqualTo(3);
  }

  /** The interval, which NumPy puts at -0.84 to 1.76, ends where kappa does. */
  @Test
  void runsOfOneNetworkAreComparedFromSeedToSeed() {
    ErrorConsistency found = ErrorConsistency.ofItself(first()).orElseThrow();
    assertThat(found.observed()).isCloseTo(0.75, within(1e-12));
    assertThat(found.kappa().orElseThrow()).isCloseTo(0.4608150956268267, within(1e-12));
    assertThat(found.low().orElseThrow()).isCloseTo(-0.8422642215062583, within(1e-5));
    assertThat(found.high()).contains(1.0);
    assertThat(ErrorConsistency.ofItself(first().subList(0, 1))).isEmpty();
  }

  @Test
  void aRunAgreesWithItself() {
    Map<String, Double> run = first().get(0);
    assertThat(ErrorConsistency.between(List.of(run), List.of(run)).orElseThrow().kappa())
        .contains(1.0);
    ErrorConsistency seeds = ErrorConsistency.ofItself(List.of(run, run, run)).orElseThrow();
    assertThat(seeds.kappa()).contains(1.0);
    assertThat(seeds.low().orElseThrow()).isBetween(.85, 1.0);
  }

  /**
   * Runs that fail on the same 30 of 1000 images: 1 - 1.96 / (1002 (1 - .9418)), where one image on
   * which they did not agree would make kappa .983.
   */
  @Test
  void whereFewImagesAreMissedEachCountsMore() {
    Map<String, Double> run = images(1000, i -> i % 100 >= 3);
    ErrorConsistency seeds = ErrorConsistency.ofItself(List.of(run, run, run)).orElseThrow();
    assertThat(seeds.kappa().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(seeds.low().orElseThrow()).isCloseTo(0.9663908611550154, within(1e-6));
    Map<String, Double> other = images(1000, i -> i % 100 >= 3 && i != 550);
    assertThat(
            ErrorConsistency.between(List.of(run), List.of(other))
                .orElseThrow()
                .kappa()
                .orElseThrow())
        .isCloseTo(.983, within(1e-3));
  }

  /**
   * How often the interval holds kappa where three runs miss the same .029 of images, and each one
   * .001 more: in 41 % of samples of 300 images their errors are the same.
   */
  @Test
  void theIntervalCoversKappaOfRunsThatNearlyAgree() {
    SplittableRandom random = new SplittableRandom(3);
    double common = .029;
    double alone = .001;
    double accuracy = 1 - common - alone;
    double expected = accuracy * accuracy + (1 - accuracy) * (1 - accuracy);
    double truth = (1 - 2 * alone - expected) / (1 - expected);
    int covered = 0;
    int samples = 0;
    for (int i = 0; i < 400; i++) {
      double[] draws = random.doubles(300).toArray();
      List<Map<String, Double>> seeds = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        double own = common + alone * seed;
        seeds.add(
            images(300, k -> draws[k] >= common && (draws[k] < own || draws[k] >= own + alone)));
      }
      ErrorConsistency found = ErrorConsistency.ofItself(seeds).orElseThrow();
      if (found.low().isPresent()) {
        samples++;
        covered += found.low().get() <= truth && truth <= found.high().orElseThrow() ? 1 : 0;
      }
    }
    assertThat((double) covered / samples).isGreaterThan(.9);
  }

  @Test
  void exchangingTheNetworksChangesNothing() {
    ErrorConsistency one = ErrorConsistency.between(first(), second()).orElseThrow();
    ErrorConsistency other = ErrorConsistency.between(second(), first()).orElseThrow();
    assertThat(other.kappa().orElseThrow()).isCloseTo(one.kappa().orElseThrow(), within(1e-12));
    assertThat(other.low().orElseThrow()).isCloseTo(one.low().orElseThrow(), within(1e-12));
  }

  @Test
  void independentErrorsHaveAKappaNearZero() {
    SplittableRandom random = new SplittableRandom(1);
    for (double accuracy : new double[] {.1, .5, .95}) {
      List<Map<String, Double>> ours = new ArrayList<>();
      List<Map<String, Double>> theirs = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        ours.add(images(4000, i -> random.nextDouble() < accuracy));
        theirs.add(images(4000, i -> random.nextDouble() < .7));
      }
      // The standard error of one pair's kappa is at most 1 / sqrt(4000).
      assertThat(ErrorConsistency.between(ours, theirs).orElseThrow().kappa().orElseThrow())
          .isBetween(-.03, .03);
    }
  }

  @Test
  void accuracyAloneDoesNotMakeErrorsConsistent() {
    SplittableRandom random = new SplittableRandom(2);
    ErrorConsistency found =
        ErrorConsistency.between(
                List.of(images(4000, i -> random.nextDouble() < .95)),
                List.of(images(4000, i -> random.nextDouble() < .95)))
            .orElseThrow();
    assertThat(found.observed()).isBetween(.88, .93);
    assertThat(found.kappa().orElseThrow()).isBetween(-.06, .06);
  }

  @Test
  void runsThatAreAlwaysRightHaveNoKappa() {
    Map<String, Double> perfect = images(10, i -> true);
    ErrorConsistency found =
        ErrorConsistency.ofItself(List.of(perfect, perfect, perfect)).orElseThrow();
    assertThat(found.observed()).isEqualTo(1);
    assertThat(found.kappa()).isEmpty();
    assertThat(found.low()).isEmpty();
  }

  /** Seeds that draw other test images share some of them. */
  @Test
  void onlyCommonImagesCount() {
    List<Map<String, Double>> ours = first();
    List<Map<String, Double>> theirs = second();
    ours.get(0).put("ours alone", 1.0);
    theirs.get(2).remove("image7");
    ErrorConsistency found = ErrorConsistency.between(ours, theirs).orElseThrow();
    assertThat(found.images()).isEqualTo(39);
    assertThat(found.low().orElseThrow()).isCloseTo(-.31, within(.05));
    assertThat(
            ErrorConsistency.between(
                List.of(images(3, i -> true)), List.of(Map.of("another", 1.0))))
        .isEmpty();
    assertThat(ErrorConsistency.between(List.of(), List.of())).isEmpty();
  }

  /** Runs of two networks, or of one: some images are hard for all of them. */
  private static List<List<Map<String, Double>>> simulated(
      SplittableRandom random, int seeds, int count, double sd, double own, boolean ofItself) {
    double[] difficulties = random.doubles(count).toArray();
    double[] ofImages = random.doubles(count).toArray();
    List<List<Map<String, Double>>> networks = new ArrayList<>();
    for (double accuracy : new double[] {.8, .7}) {
      List<Map<String, Double>> runs = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        double ofSeed = accuracy + sd * random.nextGaussian();
        runs.add(
            images(
                count, i -> (ofImages[i] < own ? difficulties[i] : random.nextDouble()) < ofSeed));
      }
      networks.add(runs);
    }
    return ofItself ? List.of(networks.get(0), networks.get(0)) : networks;
  }

  /** How often the interval holds the kappa of many seeds on many images. */
  @ParameterizedTest
  @CsvSource({
    "3, 0, 0.5, false",
    "3, 0.05, 0.5, false",
    "5, 0.05, 0.5, false",
    "3, 0.02, 0, false",
    "3, 0, 0.5, true",
    "5, 0.05, 0.5, true",
    "3, 0.02, 0.9, true"
  })
  void theIntervalCoversKappa(int seeds, double sd, double own, boolean ofItself) {
    SplittableRandom random = new SplittableRandom(1);
    double truth = 0;
    int studies = 6;
    for (int i = 0; i < studies; i++) {
      truth += kappa(simulated(random, 6, 5000, sd, own, ofItself)) / studies;
    }
    int covered = 0;
    int repetitions = 200;
    for (int i = 0; i < repetitions; i++) {
      List<List<Map<String, Double>>> runs = simulated(random, seeds, 300, sd, own, ofItself);
      ErrorConsistency found = ErrorConsistency.between(runs.get(0), runs.get(1)).orElseThrow();
      if (found.low().orElseThrow() <= truth && truth <= found.high().orElseThrow()) {
        covered++;
      }
    }
    assertThat((double) covered / repetitions).isBetween(.9, .995);
  }

  private static double kappa(List<List<Map<String, Double>>> runs) {
    return ErrorConsistency.between(runs.get(0), runs.get(1)).orElseThrow().kappa().orElseThrow();
  }
}
