package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/** How image files are converted to a network's inputs. */
public enum Preparation implements Labelled {
  /** Resized as Pillow does. */
  PILLOW("pillow: equal to Pillow's bilinear filter");

  private final String label;

  Preparation(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
