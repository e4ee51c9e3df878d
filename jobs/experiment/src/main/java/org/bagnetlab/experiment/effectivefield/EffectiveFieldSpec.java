package org.bagnetlab.experiment.effectivefield;

import org.bagnetlab.experiment.AboutRun;

/**
 * Measures the effective receptive field of the network of an earlier run.
 *
 * @param run the train job whose best checkpoint is measured
 * @param images largest number of test images that the gradient is averaged over
 */
public record EffectiveFieldSpec(long run, int images) implements AboutRun {

  @Override
  public String kind() {
    return EffectiveFieldExperiment.NAME;
  }
}
