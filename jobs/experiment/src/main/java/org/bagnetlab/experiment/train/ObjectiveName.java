package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/** The cross-entropy that a training minimises. */
public enum ObjectiveName implements Labelled {
  /** Of the image's logits. */
  GLOBAL("global: of the image's logits", 0),
  /** The mean over positions of the cross-entropy of each position's logits. */
  LOCAL("local: of the logits at each position", 1),
  /** A weighted sum of both. */
  MIXED("mixed: a weighted sum of both", 0.5);

  private final String label;
  private final double localWeight;

  ObjectiveName(String label, double localWeight) {
    this.label = label;
    this.localWeight = localWeight;
  }

  @Override
  public String label() {
    return label;
  }

  /** The default share of the local cross-entropy. */
  double localWeight() {
    return localWeight;
  }
}
