package org.bagnetlab.queue.sweep;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * What the trainings of a sweep reached.
 *
 * @param trainings those with a result, in the order of submission
 * @param afterEpochs the epochs after which all of them were measured, which is the first rung of a
 *     successive halving; empty if each has the accuracy of the epoch that it kept
 */
public record SweepOutcomes(List<Outcome> trainings, Optional<Integer> afterEpochs) {

  /**
   * A training with its accuracy on the validation images.
   *
   * @param accuracy in [0, 1]
   */
  public record Outcome(TrainSpec spec, double accuracy) {}
}
