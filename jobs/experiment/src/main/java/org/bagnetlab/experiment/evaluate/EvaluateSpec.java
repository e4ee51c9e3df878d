package org.bagnetlab.experiment.evaluate;

import org.bagnetlab.experiment.AboutRun;

/**
 * Measures the network of an earlier run again, with another scrambling.
 *
 * @param run the train job whose best checkpoint is measured
 * @param scrambleSeed decides the permutation of each image's tiles
 */
public record EvaluateSpec(long run, long scrambleSeed) implements AboutRun {

  @Override
  public String kind() {
    return EvaluateExperiment.NAME;
  }
}
