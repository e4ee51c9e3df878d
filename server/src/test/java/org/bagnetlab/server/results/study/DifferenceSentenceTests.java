package org.bagnetlab.server.results.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.junit.jupiter.api.Test;

class DifferenceSentenceTests {

  private static PairedDifference difference(
      double mean, List<Double> bySeed, Optional<Double> low, Optional<Double> high) {
    return new PairedDifference(
        mean, bySeed, 1200, low, high, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static PairedDifference ofFour(double mean, double low, double high) {
    return difference(mean, List.of(mean, mean, mean, mean), Optional.of(low), Optional.of(high));
  }

  private static String said(PairedDifference difference, Measure measure) {
    return DifferenceSentence.of("BagNet-33", "ResNet-50", difference, measure);
  }

  @Test
  void severalSeedsHaveAnIntervalOverSeeds() {
    assertThat(said(ofFour(-.121, -.147, -.095), Measure.TEST))
        .isEqualTo(
            "BagNet-33 is 12.1 points below ResNet-50, 95 % 9.5 to 14.7, n = 4 seeds, 1,200 images.");
    assertThat(said(ofFour(.02, -.01, .05), Measure.SCRAMBLED))
        .isEqualTo(
            "On scrambled images BagNet-33 is 2.0 points above ResNet-50, 95 % 1.0 below to 5.0 above, n = 4 seeds, 1,200 images.");
    assertThat(said(ofFour(-.4, -.45, -.35), Measure.SCRAMBLING_LOSS))
        .isEqualTo(
            "Scrambling costs BagNet-33 40.0 points less than ResNet-50, 95 % 35.0 to 45.0, n = 4 seeds, 1,200 images.");
  }

  @Test
  void aFewSeedsAreToldOneByOne() {
    assertThat(
            said(difference(.05, List.of(.05), Optional.of(.02), Optional.of(.08)), Measure.TEST))
        .isEqualTo(
            "BagNet-33 is 5.0 points above ResNet-50, 95 % 2.0 to 8.0 over the 1,200 images of one pair of runs, without variation between seeds.");
    assertThat(
            said(difference(.05, List.of(.05), Optional.empty(), Optional.empty()), Measure.TEST))
        .isEqualTo("BagNet-33 is 5.0 points above ResNet-50, n = 1 seed, 1,200 images.");
    assertThat(
            said(
                difference(.01, List.of(-.01, .03), Optional.empty(), Optional.empty()),
                Measure.TEST))
        .isEqualTo(
            "BagNet-33 is 1.0 points above ResNet-50, n = 2 seeds (1.0 below, 3.0 above), too few for an interval, 1,200 images.");
    assertThat(
            said(
                difference(.04, List.of(.04, .04, .038), Optional.empty(), Optional.empty()),
                Measure.TEST))
        .isEqualTo(
            "BagNet-33 is 4.0 points above ResNet-50, n = 3 seeds (4.0 above, 4.0 above, 3.8 above), too few for an interval, 1,200 images.");
  }

  @Test
  void anIntervalMayHaveTheEndThatDecidesOnly() {
    PairedDifference difference = ofFour(.04, .01, .07);
    assertThat(
            DifferenceSentence.of(
                "BagNet-33",
                "ResNet-50",
                difference,
                Optional.of(new Interval(.01, Double.POSITIVE_INFINITY)),
                Measure.TEST))
        .isEqualTo(
            "BagNet-33 is 4.0 points above ResNet-50, 95 % at least 1.0 above, n = 4 seeds, 1,200 images.");
  }
}
