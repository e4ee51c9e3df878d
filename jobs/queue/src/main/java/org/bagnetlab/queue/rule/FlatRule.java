package org.bagnetlab.queue.rule;

import java.util.Collections;
import java.util.List;

/**
 * Finds trainings that do not learn: several epochs in a row have a mean training loss that is not
 * below that of guessing, and hardly changes. Guessing among k classes costs ln k nats, whatever
 * the targets are, so the rule also holds with label smoothing and mixup. A training that has
 * converged is not found, since its loss is lower.
 *
 * @param epochs how many epochs in a row
 * @param action what happens to them
 */
public record FlatRule(int epochs, RuleAction action) {

  /** The share of the loss of guessing that a training which learns something falls below. */
  private static final double GUESSING = 0.98;

  /** Losses whose relative difference is at most this do not change. */
  private static final double CHANGE = 0.01;

  /** The mean loss of guessing, in nats. */
  public static double guessing(int classes) {
    return Math.log(classes);
  }

  /**
   * Whether a training is flat after its last epoch.
   *
   * @param losses mean training losses of its epochs after the warm-up, in nats
   */
  public boolean isFlat(List<Double> losses, int classes) {
    if (losses.size() < epochs) {
      return false;
    }
    List<Double> last = losses.subList(losses.size() - epochs, losses.size());
    double lowest = Collections.min(last);
    double highest = Collections.max(last);
    return lowest >= GUESSING * guessing(classes) && highest - lowest <= CHANGE * highest;
  }
}
