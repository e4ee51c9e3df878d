package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals equal those of independent computations. */
class IntervalTests {

  @Test
  void wilsonInvertsTheScoreTest() {
    // The two p with |1110/1200 - p| = 1.959964 sqrt(p (1 - p) / 1200), found by bisection.
    Interval interval = Interval.wilson(1110, 1200);
    assertThat(interval.low()).isCloseTo(0.9087034, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.9385842, within(1e-6));
  }

  @Test
  void wilsonHasAWidthAtTheEnds() {
    // At 0 of n the upper end is z^2 / (n + z^2).
    assertThat(Interval.wilson(0, 100).low()).isZero();
    assertThat(Interval.wilson(0, 100).high()).isCloseTo(0.0369935, within(1e-6));
    for (int images = 1; images <= 1200; images++) {
      assertThat(Interval.wilson(images, images).high()).isEqualTo(1);
      assertThat(Interval.wilson(0, images).low()).isZero();
    }
    assertThat(Interval.wilson(100, 100).low()).isCloseTo(0.9630065, within(1e-6));
    assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void seedsAndImagesBothAddToTheVariance() {
    double z2 = 1.959964 * 1.959964;
    double ofSeeds = .01 / 3;
    double ofImages = .25 / (100 + z2);
    double variance = ofSeeds + ofImages;
    double freedom = variance * variance / (ofSeeds * ofSeeds) * 2;
    assertThat(freedom).isCloseTo(5.9323, within(1e-3));

    Interval interval = Interval.overSeedsAndImages(List.of(.4, .5, .6), List.of(100, 100, 100));

    // t(.975, 5.932) lies between those of 5 and 6 degrees of freedom, 2.5706 and 2.4469.
    assertThat((interval.high() - .5) / Math.sqrt(variance)).isBetween(2.4469, 2.5706);
    assertThat(interval.low() + interval.high()).isCloseTo(1, within(1e-12));
  }

  @Test
  void seedsThatAgreeHaveTheIntervalOfTheirImages() {
    Interval equal =
        Interval.overSeedsAndImages(List.of(.684, .684, .684), List.of(1200, 1200, 1200));
    Interval images = Interval.wilson(821, 1200);
    assertThat(equal.low()).isCloseTo(images.low(), within(1e-3));
    assertThat(equal.high()).isCloseTo(images.high(), within(1e-3));
    assertThat(Interval.overSeedsAndImages(List.of(1.0, 1.0, 1.0), List.of(100, 100, 100)).low())
        .isBetween(.95, .985);
  }

  /** The number of decisions by either cue, of which shape bias is a share, differs by seed. */
  @Test
  void seedsMayHaveDifferentNumbersOfImages() {
    double z2 = 1.959964 * 1.959964;
    double ofImages = .25 * (1 / (50 + z2) + 1 / (100 + z2) + 1 / (400 + z2)) / 3;

    Interval interval = Interval.overSeedsAndImages(List.of(.5, .5, .5), List.of(50, 100, 400));

    assertThat(interval.high() - .5).isCloseTo(1.959964 * Math.sqrt(ofImages), within(1e-6));
    assertThat(Interval.overSeedsAndImages(List.of(.5, .5, .5), List.of(400, 50, 100)))
        .isEqualTo(interval);
  }

  /**
   * How often the interval holds the truth, which is said to be in 95 % of cases: seeds differ by a
   * normal effect, and half of what decides over an image is the image's, the same for all seeds.
   */
  @ParameterizedTest
  @CsvSource({
    "3, 0, 0.7", "3, 0.02, 0.7", "3, 0.04, 0.7", "3, 0.08, 0.7", "3, 0.04, 0.93",
    "5, 0, 0.7", "5, 0.02, 0.7", "5, 0.04, 0.7", "5, 0.08, 0.7", "5, 0.04, 0.93"
  })
  void theIntervalCoversTheTruth(int seeds, double sd, double truth) {
    int images = 300;
    int repetitions = 2000;
    SplittableRandom random = new SplittableRandom(1);
    int covered = 0;
    for (int i = 0; i < repetitions; i++) {
      boolean[] ofImages = new boolean[images];
      double[] difficulties = random.doubles(images).toArray();
      List<Double> accuracies = new ArrayList<>();
      for (int k = 0; k < images; k++) {
        ofImages[k] = random.nextBoolean();
      }
      for (int seed = 0; seed < seeds; seed++) {
        double share = truth + Math.max(-truth, Math.min(1 - truth, sd * random.nextGaussian()));
        int correct = 0;
        for (int k = 0; k < images; k++) {
          if ((ofImages[k] ? difficulties[k] : random.nextDouble()) < share) {
            correct++;
          }
        }
        accuracies.add((double) correct / images);
      }
      Interval interval =
          Interval.overSeedsAndImages(accuracies, Collections.nCopies(seeds, images));
      if (interval.low() <= truth && truth <= interval.high()) {
        covered++;
      }
    }
    assertThat((double) covered / repetitions).isBetween(.92, .995);
  }
}
