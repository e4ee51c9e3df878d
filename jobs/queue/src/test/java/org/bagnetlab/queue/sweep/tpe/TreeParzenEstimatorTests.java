package org.bagnetlab.queue.sweep.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.sweep.tpe.TreeParzenEstimator.Tried;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TreeParzenEstimatorTests {

  private static final int STARTUP = 10;
  private static final int TRIALS = 50;
  private static final int REPETITIONS = 40;

  /** A function to maximise. */
  private record Problem(List<Dimension> dimensions, ToDoubleFunction<List<Double>> function) {

    private static Problem ofIntervals(int dimensions, ToDoubleFunction<List<Double>> function) {
      return new Problem(
          Collections.nCopies(dimensions, new Dimension.Interval(DoubleUnaryOperator.identity())),
          function);
    }

    /** The best value found in all trials. */
    double best(boolean proposing, long seed) {
      Random random = new Random(seed);
      List<Tried> tried = new ArrayList<>();
      for (int trial = 0; trial < TRIALS; trial++) {
        List<Double> point =
            proposing && trial >= STARTUP
                ? new TreeParzenEstimator(dimensions, tried).propose(random)
                : dimensions.stream().map(each -> each.draw(random)).toList();
        tried.add(new Tried(point, function.applyAsDouble(point)));
      }
      return tried.stream().mapToDouble(Tried::score).max().orElseThrow();
    }

    double median(boolean proposing) {
      double[] all =
          IntStream.range(0, REPETITIONS)
              .mapToDouble(seed -> best(proposing, seed))
              .sorted()
              .toArray();
      return (all[REPETITIONS / 2] + all[REPETITIONS / 2 - 1]) / 2;
    }
  }

  /** The optimum of four coordinates is 0, at (0.3, 0.3, 0.3, 0.3). */
  private static final Problem SPHERE =
      Problem.ofIntervals(
          4, point -> -point.stream().mapToDouble(x -> (x - 0.3) * (x - 0.3)).sum());

  /** Branin's function has three optima, of -0.397887. */
  private static final Problem BRANIN =
      Problem.ofIntervals(
          2,
          point -> {
            double x = 15 * point.get(0) - 5;
            double y = 15 * point.get(1);
            double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return -(bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10);
          });

  /** Only one of eight categories is good, and only it shows where the optimum, of 0, is. */
  private static final Problem CATEGORIES =
      new Problem(
          List.of(
              new Dimension.Categories(8), new Dimension.Interval(DoubleUnaryOperator.identity())),
          point -> point.get(0) == 5 ? -Math.abs(point.get(1) - 0.8) : -1);

  @Test
  void itComesNearerToKnownOptimaThanRandomSearch() {
    assertThat(-SPHERE.median(true)).isLessThan(-SPHERE.median(false) / 3);
    assertThat(-0.397887 - BRANIN.median(true)).isLessThan((-0.397887 - BRANIN.median(false)) / 2);
    assertThat(-CATEGORIES.median(true)).isLessThan(-CATEGORIES.median(false) / 2);
  }

  @Test
  void theSameSeedProposesTheSame() {
    assertThat(BRANIN.best(true, 3)).isEqualTo(BRANIN.best(true, 3));
  }

  /** See docs/checks/densities-in-scipy.py. */
  @Test
  void densitiesEqualThoseOfSciPy() throws Exception {
    try (InputStream golden = getClass().getResourceAsStream("/golden/densities.json")) {
      for (JsonNode expected : Json.MAPPER.readTree(golden)) {
        List<Double> tried = new ArrayList<>();
        expected.path("tried").forEach(value -> tried.add(value.doubleValue()));
        Density mixture = new Mixture(tried);
        for (int i = 0; i < expected.path("at").size(); i++) {
          assertThat(mixture.at(expected.path("at").get(i).doubleValue()))
              .as("%d values", tried.size())
              .isCloseTo(expected.path("density").get(i).doubleValue(), withinPercentage(1e-6));
        }
      }
    }
  }

  @Test
  void densitiesAddUpToOne() {
    Density mixture = new Mixture(List.of(0.0, 0.1, 0.5, 0.5, 1.0));
    double sum =
        DoubleStream.iterate(0.0005, x -> x < 1, x -> x + 0.001).map(mixture::at).sum() / 1000;
    assertThat(sum).isCloseTo(1, within(1e-3));
    Density frequencies = new Frequencies(3, List.of(2.0, 2.0, 0.0));
    assertThat(frequencies.at(2)).isCloseTo(3 / 6.0, within(1e-12));
    assertThat(frequencies.at(1)).isCloseTo(1 / 6.0, within(1e-12));
  }

  @Test
  void drawsFollowTheDensity() {
    Density mixture = new Mixture(List.of(0.2, 0.25));
    Random random = new Random(1);
    int below = 0;
    for (int i = 0; i < 20_000; i++) {
      below += mixture.draw(random) < 0.4 ? 1 : 0;
    }
    double expected =
        DoubleStream.iterate(0.0005, x -> x < 0.4, x -> x + 0.001).map(mixture::at).sum() / 1000;
    assertThat(below / 20_000.0).isCloseTo(expected, within(0.015));
  }

  @Test
  void proposalsStayInTheirRange() {
    Random random = new Random(2);
    List<Tried> tried = List.of(new Tried(List.of(1.0, 7.0), 1), new Tried(List.of(0.0, 0.0), 0));
    TreeParzenEstimator estimator =
        new TreeParzenEstimator(
            List.of(
                new Dimension.Interval(DoubleUnaryOperator.identity()),
                new Dimension.Categories(8)),
            tried);
    for (int i = 0; i < 200; i++) {
      List<Double> proposed = estimator.propose(random);
      assertThat(proposed.get(0)).isBetween(0.0, 1.0);
      assertThat(proposed.get(1)).isBetween(0.0, 7.0).isEqualTo(Math.rint(proposed.get(1)));
    }
  }
}
