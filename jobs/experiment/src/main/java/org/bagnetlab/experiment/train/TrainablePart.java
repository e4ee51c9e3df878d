package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/**
 * The part of a network that a training changes. The rest keeps its weights and its running
 * statistics.
 */
public enum TrainablePart implements Labelled {
  /** All weights. */
  ALL("all: the whole network"),
  /** The last two stages and the classifier. */
  LAST_TWO_STAGES("last-two-stages: the last two stages and the classifier"),
  /** The last stage and the classifier. */
  LAST_STAGE("last-stage: the last stage and the classifier"),
  /** The classifier alone: a linear probe of the features. */
  CLASSIFIER("classifier: the classifier alone, a linear probe");

  private final String label;

  TrainablePart(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
