package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.bagnetlab.server.statistics.SimulatedRates.Rate;
import org.bagnetlab.server.statistics.SimulatedSeeds.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How often differences of networks that do not differ are called significant, by themselves and in
 * a table of all pairs, and how often intervals hold the mean of all seeds. All are stored; a part
 * is simulated again.
 */
@Timeout(3600)
class SimulatedTestsTests {

  private static final SimulatedRates TESTS =
      new SimulatedRates(
          Path.of("../docs/decisions/0018-simulations.csv"),
          "method,pairs,seeds,shape,level,rate,studies");
  private static final SimulatedRates INTERVALS =
      new SimulatedRates(
          Path.of("src/main/resources/org/bagnetlab/server/statistics/interval-coverage.csv"),
          "of,seeds,shape,rate,studies");

  private static final List<Double> LEVELS = List.of(.05, .01, .0024, .0001);
  private static final double ACCURACY = .6;
  private static final int IMAGES = 300;

  /** How a p-value is computed. */
  private enum Method {
    /** Before: Obuchowski and Rockette's variance with Hillis' degrees of freedom, no floor. */
    BEFORE("Hillis without a floor") {
      @Override
      double p(SeedMean mean, double sd) {
        double ofSeeds = sd * sd / mean.seeds();
        double variance = ofSeeds + mean.ofImages();
        double freedom = variance * variance / (ofSeeds * ofSeeds) * (mean.seeds() - 1);
        return 2
            * TDistribution.of(Math.min(1e9, freedom))
                .survivalProbability(Math.abs(mean.mean()) / Math.sqrt(variance));
      }
    },
    STUDENT("Student with a floor") {
      @Override
      double p(SeedMean mean, double sd) {
        return mean.studentP(mean.seeds());
      }
    },
    PERMUTATION("permutation") {
      @Override
      double p(SeedMean mean, double sd) {
        return mean.ofSeedsAlone().orElseThrow().p();
      }
    },
    BOTH("both") {
      @Override
      double p(SeedMean mean, double sd) {
        return mean.p();
      }
    };

    private final String text;

    Method(String text) {
      this.text = text;
    }

    abstract double p(SeedMean mean, double sd);
  }

  /** How the networks of a study are made. */
  private enum Kind {
    /** Alike, with the same images for all seeds. */
    ALIKE(""),
    /** Each seed draws half of the images, so that two seeds share half of theirs. */
    OTHER_IMAGES("; seeds share half of their images"),
    /** Each network finds other images hard. */
    OF_THEIR_OWN("; networks find other images hard"),
    /** The second of two is normal, with the same mean. */
    UNEQUAL(" against " + Shape.NORMAL_NARROW);

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    double share() {
      return this == OTHER_IMAGES ? .5 : 1;
    }

    double[][] network(SimulatedSeeds simulated, Shape shape, int number) {
      return switch (this) {
        case ALIKE, OTHER_IMAGES -> simulated.network(ACCURACY);
        case OF_THEIR_OWN -> simulated.networkOfItsOwn(ACCURACY);
        case UNEQUAL -> simulated.network(ACCURACY, number == 0 ? shape : Shape.NORMAL_NARROW);
      };
    }
  }

  /**
   * Studies of equal networks.
   *
   * @param networks all of which are compared with each other
   */
  private record Studies(int networks, int seeds, Shape shape, Kind kind, int number) {

    int pairs() {
      return networks * (networks - 1) / 2;
    }

    Stream<Rate> rates(long randomness) {
      SplittableRandom random = new SplittableRandom(randomness);
      Map<Method, double[]> counts = new EnumMap<>(Method.class);
      for (Method method : Method.values()) {
        counts.put(method, new double[LEVELS.size() + 1]);
      }
      for (int study = 0; study < number; study++) {
        add(new SimulatedSeeds(random, shape, seeds, IMAGES, kind.share()), counts);
      }
      return counts.entrySet().stream()
          .flatMap(
              each ->
                  IntStream.range(0, each.getValue().length)
                      .mapToObj(
                          i ->
                              new Rate(
                                  name(each.getKey(), i), each.getValue()[i] / number, number)));
    }

    private void add(SimulatedSeeds simulated, Map<Method, double[]> counts) {
      List<double[][]> runs =
          IntStream.range(0, networks).mapToObj(i -> kind.network(simulated, shape, i)).toList();
      Map<Method, Double> smallest = new EnumMap<>(Method.class);
      for (int i = 0; i < networks; i++) {
        for (int j = i + 1; j < networks; j++) {
          SeedMean mean = SeedMean.between(runs.get(i), runs.get(j));
          double sd = Interval.standardDeviation(differences(runs.get(i), runs.get(j)));
          for (Method method : Method.values()) {
            double p = method.p(mean, sd);
            double[] count = Objects.requireNonNull(counts.get(method));
            for (int level = 0; level < LEVELS.size(); level++) {
              count[level] += p <= LEVELS.get(level) ? 1.0 / pairs() : 0;
            }
            smallest.merge(method, p, Math::min);
          }
        }
      }
      smallest.forEach(
          (method, p) ->
              Objects.requireNonNull(counts.get(method))[LEVELS.size()] +=
                  p * pairs() <= PairedDifference.ERROR ? 1 : 0);
    }

    private static List<Double> differences(double[][] first, double[][] second) {
      List<Double> differences = new ArrayList<>();
      for (int seed = 0; seed < first.length; seed++) {
        double sum = 0;
        int images = 0;
        for (int i = 0; i < first[seed].length; i++) {
          double difference = first[seed][i] - second[seed][i];
          if (!Double.isNaN(difference)) {
            sum += difference;
            images++;
          }
        }
        differences.add(sum / images);
      }
      return differences;
    }

    private String name(Method method, int level) {
      return "%s,%d,%d,%s%s,%s"
          .formatted(
              method.text,
              pairs(),
              seeds,
              shape,
              kind.text,
              level == LEVELS.size() ? "any of the table" : LEVELS.get(level).toString());
    }
  }

  private static Stream<Studies> studies(int networks, int seeds, int number) {
    return Stream.concat(
        Stream.of(Shape.values())
            .map(shape -> new Studies(networks, seeds, shape, Kind.ALIKE, number)),
        Stream.of(Kind.OTHER_IMAGES, Kind.OF_THEIR_OWN)
            .map(kind -> new Studies(networks, seeds, Shape.NORMAL_NARROW, kind, number)));
  }

  /** Two networks of equal means that are distributed differently. */
  private static Stream<Studies> unequal(int seeds, int number) {
    return Stream.of(Shape.GROUPS_FAR, Shape.FAILURES, Shape.COLLAPSES)
        .map(shape -> new Studies(2, seeds, shape, Kind.UNEQUAL, number));
  }

  @Test
  void testsAreAsOftenWrongAsIsStored() {
    if (SimulatedRates.updated()) {
      TESTS.write(
          Stream.of(3, 4, 5, 6, 8, 10)
              .flatMap(
                  seeds ->
                      Stream.of(
                              unequal(seeds, 2000),
                              studies(7, seeds, 1000),
                              studies(16, seeds, seeds > 8 ? 200 : 1000))
                          .flatMap(each -> each))
              .toList()
              .parallelStream()
              .flatMap(each -> each.rates(1).toList().stream())
              .toList()
              .stream());
    }
    TESTS.assertAgree(
        Stream.of(3, 6).flatMap(seeds -> studies(7, seeds, 100)).flatMap(each -> each.rates(2)));
  }

  /**
   * In every table, of whatever distribution, and at every level, if the networks are distributed
   * alike. Of networks that differ in how often they fail but not in the mean, no test can say so
   * from a few seeds.
   */
  @Test
  void noMoreTestsAreWrongThanTheirLevelSays() {
    List<Rate> stored = TESTS.stored();
    for (Rate rate : stored) {
      String[] of = rate.of().split(",", -1);
      if (of[0].equals(Method.BOTH.text) && !of[3].endsWith(Kind.UNEQUAL.text)) {
        double level = of[4].startsWith("any") ? PairedDifference.ERROR : Double.parseDouble(of[4]);
        assertThat(rate.above(level)).as(rate.of()).isNegative();
      }
    }
    // What was wrong, and what either test alone leaves wrong.
    assertThat(worst(stored, Method.BEFORE, 3)).isGreaterThan(.3);
    assertThat(worst(stored, Method.STUDENT, 3)).isGreaterThan(.1);
    assertThat(worst(stored, Method.PERMUTATION, 10)).isGreaterThan(.1);
  }

  private static double worst(List<Rate> stored, Method method, int seeds) {
    return stored.stream()
        .filter(
            rate ->
                rate.of().startsWith("%s,21,%d,".formatted(method.text, seeds))
                    && rate.of().endsWith("any of the table"))
        .mapToDouble(Rate::rate)
        .max()
        .orElseThrow();
  }

  /** Of one network, by seeds and images, and of a number that each seed has one of. */
  private static Stream<Rate> intervals(int seeds, Shape shape, int studies, long randomness) {
    SplittableRandom random = new SplittableRandom(randomness);
    int ofImages = 0;
    int ofSeeds = 0;
    for (int study = 0; study < studies; study++) {
      double[][] runs = new SimulatedSeeds(random, shape, seeds, IMAGES, 1).network(ACCURACY);
      List<Double> accuracies =
          Stream.of(runs)
              .map(run -> IntStream.range(0, IMAGES).mapToDouble(i -> run[i]))
              .map(run -> run.average().orElseThrow())
              .toList();
      ofImages +=
          holds(
                  Interval.overSeedsAndImages(accuracies, Collections.nCopies(seeds, IMAGES)),
                  ACCURACY)
              ? 1
              : 0;
      ofSeeds +=
          holds(
                  Interval.overSeeds(
                      IntStream.range(0, seeds).mapToObj(i -> shape.deviation(random)).toList()),
                  0)
              ? 1
              : 0;
    }
    return Stream.of(
        new Rate(
            "seeds-and-images,%d,%s".formatted(seeds, shape), 1.0 * ofImages / studies, studies),
        new Rate("seeds,%d,%s".formatted(seeds, shape), 1.0 * ofSeeds / studies, studies));
  }

  private static boolean holds(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high();
  }

  @Test
  void intervalsHoldTheMeanAsOftenAsIsStored() {
    if (SimulatedRates.updated()) {
      INTERVALS.write(
          Stream.of(3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20)
              .flatMap(
                  seeds ->
                      Stream.of(Shape.values())
                          .flatMap(shape -> intervals(seeds, shape, 4000, 1))));
    }
    INTERVALS.assertAgree(
        Stream.of(3, 6)
            .flatMap(
                seeds ->
                    Stream.of(Shape.values()).flatMap(shape -> intervals(seeds, shape, 300, 2))));
  }

  @Test
  void threeSeedsInGroupsAreCautionedAndManyNormalOnesAreNot() {
    SimulatedErrors errors = SimulatedErrors.read();
    assertThat(errors.caution(Interval.Method.SEEDS_AND_IMAGES, 3).orElseThrow())
        .startsWith(
            "In simulated studies with 3 seeds, such an interval contains the mean of all possible seeds in 9");
    assertThat(errors.caution(Interval.Method.WILSON, 1)).isEmpty();
    assertThat(errors.caution(Interval.Method.SEEDS_AND_IMAGES, 20)).isEmpty();
  }
}
