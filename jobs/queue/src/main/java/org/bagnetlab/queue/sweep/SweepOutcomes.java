package org.bagnetlab.queue.sweep;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * What the trainings of a sweep reached.
 *
 * @param trainings those with a result, in the order of submission
 * @param afterEpochs the epochs after which they were measured, which is the first rung of a
 *     successive halving; empty if each has the accuracy of the epoch that it kept
 * @param sampled the settings whose values a search samples; each point of the grid can have the
 *     same samples
 */
public record SweepOutcomes(
    List<Outcome> trainings, Optional<Integer> afterEpochs, Set<String> sampled) {

  /**
   * A training with its accuracy on the validation images.
   *
   * @param accuracy in [0, 1]
   */
  public record Outcome(long job, TrainSpec spec, double accuracy) {}
}
