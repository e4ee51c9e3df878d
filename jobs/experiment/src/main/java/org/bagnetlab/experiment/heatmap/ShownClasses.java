package org.bagnetlab.experiment.heatmap;

import org.bagnetlab.experiment.parameter.Labelled;

/** The classes whose heatmaps a job draws. */
public enum ShownClasses implements Labelled {
  /** The target class. */
  ONE("one: the target class"),
  /** Every class, the target class first. */
  ALL("all: every class, in the same forward passes");

  private final String label;

  ShownClasses(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
