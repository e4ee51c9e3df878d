package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * A prediction of a claim, stated as a number that is above zero if the prediction holds, with the
 * test of this number.
 *
 * @param statement what the claim predicts
 * @param difference the number over seeds and images, without correction
 * @param correction correction for testing several predictions of the claim
 * @param low lower end of its 95 % confidence interval, which is simultaneous with those of the
 *     claim's other predictions; above zero if the prediction holds; absent if there are too few
 *     seeds
 * @param high upper end of the interval: below zero if the prediction fails
 * @param tests factor by which its p-value is multiplied: the number of predictions that could
 *     decide the claim in the same way
 * @param adjusted corrected p-value, which agrees with the interval; absent with fewer than three
 *     seeds
 * @param sentence the result in words
 */
record ClaimPrediction(
    String statement,
    PairedDifference difference,
    @JsonIgnore Correction correction,
    Optional<Double> low,
    Optional<Double> high,
    int tests,
    Optional<Double> adjusted,
    String sentence) {

  /**
   * The factors by which the p-value of a prediction is multiplied, since other predictions of the
   * same claim could also have decided the claim. If a claim needs all of its predictions to hold,
   * having more of them makes it more likely to be contradicted by chance, but not more likely to
   * be supported by chance.
   *
   * @param support factor for showing that the prediction holds
   * @param contradiction factor for showing that it fails
   */
  record Correction(int support, int contradiction) {

    double supportLevel() {
      return PairedDifference.ERROR / support;
    }

    double contradictionLevel() {
      return PairedDifference.ERROR / contradiction;
    }
  }

  /**
   * Tests a prediction.
   *
   * @param sentence writes the sentence from the difference and its simultaneous interval, if there
   *     is one
   */
  static ClaimPrediction of(
      String statement,
      PairedDifference difference,
      Correction correction,
      BiFunction<PairedDifference, Optional<Interval>, String> sentence) {
    Optional<SeedMean> tested = difference.overSeeds();
    Optional<Double> low =
        tested.flatMap(mean -> mean.interval(correction.supportLevel())).map(Interval::low);
    Optional<Double> high =
        tested.flatMap(mean -> mean.interval(correction.contradictionLevel())).map(Interval::high);
    int tests = difference.difference() > 0 ? correction.support() : correction.contradiction();
    return new ClaimPrediction(
        statement,
        difference,
        correction,
        low,
        high,
        tests,
        tested.map(mean -> Math.min(1, tests * mean.p())),
        sentence.apply(difference, interval(low, high)));
  }

  /**
   * The interval. If only one end is known, the interval is returned only if this end decides the
   * prediction.
   */
  private static Optional<Interval> interval(Optional<Double> low, Optional<Double> high) {
    double from = low.orElse(Double.NEGATIVE_INFINITY);
    double to = high.orElse(Double.POSITIVE_INFINITY);
    return from > 0 || to < 0 || (low.isPresent() && high.isPresent())
        ? Optional.of(new Interval(from, to))
        : Optional.empty();
  }

  boolean holds() {
    return low.filter(end -> end > 0).isPresent();
  }

  boolean fails() {
    return high.filter(end -> end < 0).isPresent();
  }

  /**
   * The number of seeds that would show that the prediction holds, if mean and spread stay the
   * same. Empty if no number would.
   */
  Optional<Integer> seedsToHold() {
    return difference.difference() > 0 ? seedsFor(correction.supportLevel()) : Optional.empty();
  }

  /** The number of seeds that would show that it fails. Empty if no number would. */
  Optional<Integer> seedsToFail() {
    return difference.difference() < 0
        ? seedsFor(correction.contradictionLevel())
        : Optional.empty();
  }

  private Optional<Integer> seedsFor(double level) {
    return difference.overSeeds().flatMap(mean -> mean.seedsFor(level));
  }

  int seeds() {
    return difference.bySeed().size();
  }
}
