package org.bagnetlab.experiment.evidence;

import org.bagnetlab.experiment.AboutRun;

/**
 * Keeps where in each test image a bag of local features sees evidence for the image's class.
 *
 * @param run the train job whose best checkpoint is measured
 */
public record EvidenceSpec(long run) implements AboutRun {

  @Override
  public String kind() {
    return EvidenceExperiment.NAME;
  }
}
