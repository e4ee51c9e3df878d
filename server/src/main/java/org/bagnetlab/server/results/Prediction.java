package org.bagnetlab.server.results;

import java.util.Optional;
import org.bagnetlab.server.statistics.PairedDifference;

/**
 * A number that is above zero if a claim holds, with its test.
 *
 * @param statement what the claim predicts
 * @param difference the number, over seeds and images
 * @param adjusted p-value after Holm's correction over the claim's predictions; absent where there
 *     is none
 * @param sentence what was found
 */
record Prediction(
    String statement, PairedDifference difference, Optional<Double> adjusted, String sentence) {

  private static final double SIGNIFICANT = 0.05;

  /** Fewer seeds say nothing of others. */
  static final int SEEDS = 3;

  static Prediction of(String statement, PairedDifference difference, String sentence) {
    return new Prediction(statement, difference, Optional.empty(), sentence);
  }

  Prediction adjusted(double p) {
    return new Prediction(statement, difference, Optional.of(p), sentence);
  }

  /** Its p-value, if it is over enough seeds. */
  Optional<Double> testedP() {
    return difference.bySeed().size() >= SEEDS ? difference.p() : Optional.empty();
  }

  boolean holds() {
    return clear() && difference.difference() > 0;
  }

  boolean fails() {
    return clear() && difference.difference() < 0;
  }

  private boolean clear() {
    return adjusted.filter(p -> p < SIGNIFICANT).isPresent();
  }
}
