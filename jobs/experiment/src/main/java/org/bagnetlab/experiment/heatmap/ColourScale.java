package org.bagnetlab.experiment.heatmap;

import org.bagnetlab.experiment.parameter.Labelled;

/** The values at which the colour scale of a job's maps ends. */
public enum ColourScale implements Labelled {
  /** For each map, the 99th percentile of its own magnitudes. */
  OWN("own: of each map by itself"),
  /** For all maps, the largest of their magnitudes, so that the pictures can be compared. */
  COMMON("common: the same for all maps, which can be compared by eye");

  private final String label;

  ColourScale(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
