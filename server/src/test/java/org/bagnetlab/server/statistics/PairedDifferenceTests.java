package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bagnetlab.server.statistics.SimulatedSeeds.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDifferenceTests {

  /** Four seeds, 60 images; the seeds share what {@code i % 5} adds. */
  private static Map<String, Double> seed(int seed) {
    return images(
        60,
        i -> Math.signum((i % 5 - 2) + (i * 11 + seed * 5) % 7 / 3 - 1 + (seed == 2 ? 1 : 0)),
        i -> true);
  }

  private static Map<String, Double> images(
      int count, IntToDoubleFunction value, IntPredicate drawn) {
    Map<String, Double> images = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      if (drawn.test(i)) {
        images.put("image" + i, value.applyAsDouble(i));
      }
    }
    return images;
  }

  /** Runs of one of two networks, which draw different images. */
  private static List<Map<String, Double>> runs(int network, int seeds) {
    return IntStream.range(0, seeds)
        .mapToObj(
            s ->
                images(
                    60,
                    i ->
                        (i * 7
                                        + s * (3 + network) * (i % (3 + network))
                                        + i * i % (5 + 2 * network)
                                        + network * s % 3)
                                    % 10
                                < 6 + network
                            ? 1
                            : 0,
                    i -> network == 0 ? (i + s) % 4 > 0 : (i + 2 * s) % 5 > 0))
        .toList();
  }

  private static void assertNumbers(
      PairedDifference found, double difference, double low, double high, double p) {
    assertThat(found.difference()).isCloseTo(difference, within(1e-12));
    assertThat(found.low().orElseThrow()).isCloseTo(low, within(1e-9));
    assertThat(found.high().orElseThrow()).isCloseTo(high, within(1e-9));
    assertThat(found.p().orElseThrow()).isCloseTo(p, within(1e-9));
    assertThat(found.method()).contains(PairedDifference.Method.SEEDS_AND_IMAGES);
  }

  /** Some seeds may lack images that others have. */
  @Test
  void theSmallestNumberOfImagesIsStated() {
    Map<String, Double> two = Map.of("a", 1.0, "b", 0.0);
    Map<String, Double> one = Map.of("a", 1.0);
    assertThat(PairedDifference.between(List.of(two, one, two), List.of(two, one, two)).images())
        .isEqualTo(1);
    assertThat(PairedDifference.ofOne(List.of(two, one)).images()).isEqualTo(1);
  }

  /** {@code over_seeds_and_images} of docs/checks/paired-tests-in-scipy.py. */
  @Test
  void equalsSciPyAndCountedPermutations() {
    PairedDifference four = PairedDifference.between(runs(0, 4), runs(1, 4));
    assertNumbers(four, -0.0625, -0.2554042321220869, 0.1304042321220869, 0.3783427518267848);
    assertThat(four.images()).isEqualTo(36);
    assertThat(four.bySeed().get(1)).isCloseTo(-.1389, within(1e-4));
    assertNumbers(
        PairedDifference.between(runs(0, 6), runs(1, 6)),
        -0.10185185185185186,
        -0.25565701487578796,
        0.05195331117208421,
        0.14943807142637172);
  }

  /** The same with signs in place of permutations; four seeds have no 95 % interval by them. */
  @Test
  void theMeanOfOneNetworkEqualsSciPy() {
    List<Map<String, Double>> seeds = List.of(seed(0), seed(1), seed(2), seed(3));
    PairedDifference found = PairedDifference.ofOne(seeds);
    assertThat(found.difference()).isCloseTo(-0.008333333333333338, within(1e-12));
    assertThat(found.p().orElseThrow()).isCloseTo(0.9566116006747813, within(1e-9));
    assertThat(found.low()).isEmpty();
    SeedMean mean = found.overSeeds().orElseThrow();
    assertThat(mean.ofSeeds()).isCloseTo(0.042314814814814826, within(1e-12));
    assertThat(mean.ofImages()).isCloseTo(0.009324188891458227, within(1e-12));
    // Of Hillis' degrees of freedom, which the variances of this example make 10.6.
    assertThat(mean.described().low()).isCloseTo(-0.32020726950708767, within(1e-7));
    assertThat(mean.described().high()).isCloseTo(0.30354060284042095, within(1e-7));
  }

  /** Agresti and Min's standard error, from a table with half an image more in each cell. */
  @Test
  void oneSeedHasAnIntervalOverItsImages() {
    PairedDifference found = PairedDifference.ofOne(List.of(seed(0)));
    assertThat(found.low().orElseThrow()).isCloseTo(-0.33842587406344804, within(1e-7));
    assertThat(found.high().orElseThrow()).isCloseTo(0.1050925407301147, within(1e-7));
    assertThat(found.images()).isEqualTo(60);
  }

  @Test
  void twoSeedsHaveNeitherTestNorInterval() {
    PairedDifference found = PairedDifference.ofOne(List.of(seed(0), seed(1)));
    assertThat(found.bySeed()).hasSize(2);
    assertThat(found.low()).isEmpty();
    assertThat(found.p()).isEmpty();
    assertThatThrownBy(() -> PairedDifference.ofOne(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Runs as those of BagNet-33 and ResNet-50 on scene15: differences of .04, .04 and .0383, whose
   * p-value was 2.6e-14.
   */
  @Test
  void threeSeedsThatAgreeByChanceProveNothing() {
    List<Map<String, Double>> first =
        IntStream.of(565, 562, 539)
            .mapToObj(right -> images(1200, i -> i < right ? 1 : 0, i -> true))
            .toList();
    List<Map<String, Double>> second =
        IntStream.of(517, 514, 493)
            .mapToObj(right -> images(1200, i -> i < right ? 1 : 0, i -> true))
            .toList();
    PairedDifference found = PairedDifference.between(first, second);
    assertThat(found.bySeed()).containsExactly(.04, .04, 46 / 1200.0);
    assertThat(found.p()).contains(.1);
    assertThat(found.low()).isEmpty();
  }

  /** Of the ways to divide the runs of four seeds in two, two are as extreme as this one. */
  @Test
  void noPIsSmallerThanThePermutationsAllow() {
    List<Map<String, Double>> right =
        Collections.nCopies(4, images(500, i -> i % 50 > 0 ? 1 : 0, i -> true));
    List<Map<String, Double>> wrong =
        Collections.nCopies(4, images(500, i -> i % 50 > 0 ? 0 : 1, i -> true));
    assertThat(PairedDifference.between(right, wrong).p()).contains(2 / 70.0);
    assertThat(PairedDifference.ofOne(right).p()).contains(2 / 16.0);
    assertThat(SeedTest.Kind.PERMUTATIONS.leastP(4)).isEqualTo(2 / 70.0);
    assertThat(SeedTest.Kind.SIGNS.leastP(4)).isEqualTo(2 / 16.0);
    // 2 / 252 for five, 2 / 924 for six; 2 / 32 for six signs.
    assertThat(SeedTest.Kind.PERMUTATIONS.fewestSeeds(.05)).isEqualTo(4);
    assertThat(SeedTest.Kind.PERMUTATIONS.fewestSeeds(.05 / 6)).isEqualTo(5);
    assertThat(SeedTest.Kind.PERMUTATIONS.fewestSeeds(.05 / 21)).isEqualTo(6);
    assertThat(SeedTest.Kind.SIGNS.fewestSeeds(.05)).isEqualTo(6);
  }

  /** By the binomial distribution: of nine seeds, eight on one side have p = 20 / 512. */
  @Test
  void theSignTestIsOfTheMedian() {
    SeedSigns nine = SeedSigns.of(new double[] {.3, .1, -.5, .2, .4, .6, .7, .8, .9});
    assertThat(nine.p()).isCloseTo(20 / 512.0, within(1e-12));
    assertThat(nine.interval(.05)).contains(new Interval(.1, .8));
    assertThat(nine.interval(.01)).contains(new Interval(-.5, .9));
    assertThat(nine.interval(.001)).isEmpty();
    assertThat(nine.reversed().interval(.05)).contains(new Interval(-.8, -.1));
    assertThat(SeedSigns.of(new double[] {0, 0, .1}).p()).isEqualTo(1);
  }

  @Test
  void networksThatAlwaysAgreeDoNotDifferButHaveAnInterval() {
    Map<String, Double> same = images(100, i -> 1, i -> true);
    for (int seeds : new int[] {1, 4, 6}) {
      List<Map<String, Double>> runs = Collections.nCopies(seeds, same);
      PairedDifference found = PairedDifference.between(runs, runs);
      assertThat(found.difference()).isZero();
      assertThat(found.p().orElseThrow()).isEqualTo(1);
      assertThat(found.high().orElseThrow()).isBetween(.005, .05);
    }
  }

  @Test
  void exchangingTheNetworksChangesTheSign() {
    PairedDifference one = PairedDifference.between(runs(0, 5), runs(1, 5));
    for (PairedDifference other :
        List.of(PairedDifference.between(runs(1, 5), runs(0, 5)), one.reversed())) {
      assertThat(other.difference()).isCloseTo(-one.difference(), within(1e-12));
      assertThat(other.low().orElseThrow()).isCloseTo(-one.high().orElseThrow(), within(1e-12));
      assertThat(other.p().orElseThrow()).isCloseTo(one.p().orElseThrow(), within(1e-12));
      Interval wide = one.overSeeds().orElseThrow().interval(.01).orElseThrow();
      Interval reversed = other.overSeeds().orElseThrow().interval(.01).orElseThrow();
      assertThat(reversed.low()).isCloseTo(-wide.high(), within(1e-12));
    }
  }

  /** An interval holds zero exactly if the test does not reject it, at any level. */
  @Test
  void intervalsAndPValuesAgree() {
    SplittableRandom random = new SplittableRandom(5);
    List<Shape> shapes = List.of(Shape.values());
    int rejected = 0;
    for (int study = 0; study < 300; study++) {
      int seeds = 3 + study % 8;
      Shape shape = shapes.get(study % shapes.size());
      SimulatedSeeds simulated = new SimulatedSeeds(random, shape, seeds, 100, 1);
      SeedMean mean =
          study % 2 == 0
              ? SeedMean.between(simulated.network(.6), simulated.network(.5))
              : SeedMean.of(simulated.loss(.7, .1), 1);
      for (double level : new double[] {.05, .01, .0024, .0003}) {
        boolean holds =
            mean.interval(level)
                .map(interval -> interval.low() <= 0 && interval.high() >= 0)
                .orElse(true);
        assertThat(holds).as("%s at %s", mean, level).isEqualTo(mean.p() > level);
        rejected += holds ? 0 : 1;
      }
    }
    assertThat(rejected).isBetween(100, 800);
  }

  /** With Student's quantiles of SciPy: 2.1448 of 14 degrees of freedom, 2.7874 of 25. */
  @Test
  void seedsThatWouldDecideAreTheFewestThatDo() {
    List<Double> bySeed = List.of(-.1, .06, .19);
    SeedTest.Kind kind = SeedTest.Kind.PERMUTATIONS;
    SeedMean mean = new SeedMean(.05, bySeed, .008, 1e-5, kind, Optional.empty());
    // .05 / sqrt(.008 / 15 + .00001) = 2.1450, and 2.8052 with 26.
    assertThat(mean.seedsFor(.05)).contains(15);
    assertThat(mean.seedsFor(.01)).contains(26);
    // So clear a difference takes as many seeds as a permutation test does.
    SeedMean clear = new SeedMean(.5, bySeed, .0001, 1e-5, kind, Optional.empty());
    assertThat(clear.seedsFor(.05 / 21)).contains(6);
    // The images that seeds share do not become more.
    SeedMean small = new SeedMean(.005, bySeed, .008, 1e-5, kind, Optional.empty());
    assertThat(small.seedsFor(.05)).isEmpty();
  }

  /**
   * Five seeds above and one below: Student's p is .025, but one of six signs has 14 / 64. Its
   * normal deviate, 1.23, must grow to 1.96, for which 6 (1.96 / 1.23)^2 = 15.3 seeds are needed.
   */
  @Test
  void seedsThatDidNotDecideDoNot() {
    double[][] seeds = {{.073}, {.09}, {.107}, {.02}, {.077}, {-.01}};
    double[] means = Arrays.stream(seeds).mapToDouble(each -> each[0]).toArray();
    SeedMean mean =
        new SeedMean(
            .0595,
            Arrays.stream(means).boxed().toList(),
            .00206,
            1e-6,
            SeedTest.Kind.SIGNS,
            Optional.of(SeedSigns.of(means)));
    assertThat(mean.studentP(6)).isLessThan(.05);
    assertThat(mean.p()).isEqualTo(14 / 64.0);
    assertThat(mean.seedsFor(.05)).contains(16);
  }

  /** Differences of means that rounding leaves just above zero. */
  @ParameterizedTest
  @CsvSource({
    "300, 224 223 218 217 222, 219 218 212 211 216",
    "1200, 865 902 868 880 867 899, 847 880 847 857 845 876"
  })
  void roundingDecidesNothing(int images, String first, String second) {
    SeedMean mean =
        PairedDifference.between(nested(first, images), nested(second, images))
            .overSeeds()
            .orElseThrow();
    assertThat(mean.studentP(mean.seeds())).isLessThan(.05);
    assertThat(mean.p()).isGreaterThan(.05);
    assertThat(mean.interval(.05).orElseThrow().low()).isLessThanOrEqualTo(0);
  }

  /** Runs that are right on so many images, the first of all. */
  private static List<Map<String, Double>> nested(String right, int images) {
    return Arrays.stream(right.split(" "))
        .map(Integer::valueOf)
        .map(count -> images(images, i -> i < count ? 1 : 0, i -> true))
        .toList();
  }

  /** What a study of many networks keeps of each comparison. */
  @Test
  void onlyWhatAnIntervalNeedsIsKept() {
    double[] runs = IntStream.range(0, 10).mapToDouble(i -> .7 + .01 * i).toArray();
    RunPermutations ten = (RunPermutations) RunPermutations.of(runs, runs).orElseThrow();
    assertThat(ten.ways()).isEqualTo(184_756);
    assertThat(ten.least()).hasSize(4618);
    assertThat(RunPermutations.of(new double[11], new double[11])).isEmpty();
  }

  /**
   * How often the interval holds the true difference of networks that do differ. Each network's
   * accuracy differs by a normal effect of its seed; half of what decides over an image is the
   * image's, for both networks and all seeds; each seed has a part of the images.
   */
  @ParameterizedTest
  @CsvSource({
    "5, NORMAL_NARROW, 1",
    "5, NORMAL_WIDE, 1",
    "6, NORMAL_WIDE, 0.5",
    "6, GROUPS_FAR, 1"
  })
  void theIntervalCoversTheDifference(int seeds, Shape shape, double share) {
    int repetitions = 1000;
    SplittableRandom random = new SplittableRandom(1);
    int covered = 0;
    for (int i = 0; i < repetitions; i++) {
      SimulatedSeeds simulated = new SimulatedSeeds(random, shape, seeds, 300, share);
      Interval found =
          SeedMean.between(simulated.network(.7), simulated.network(.65))
              .interval(.05)
              .orElseThrow();
      if (found.low() <= .05 && .05 <= found.high()) {
        covered++;
      }
    }
    assertThat((double) covered / repetitions).isBetween(.93, 1.0);
  }
}
