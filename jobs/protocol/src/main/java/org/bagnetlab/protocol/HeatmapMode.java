package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a heatmap is made. */
public enum HeatmapMode {
  /** The logits of the network's patches. */
  @JsonProperty("faithful")
  FAITHFUL("faithful: the logits of the patches"),
  /**
   * As in the report: normalised twice, in units of the map's own standard deviation, without the
   * border.
   */
  @JsonProperty("report")
  REPORT("report: as published, normalised twice");

  private final String label;

  HeatmapMode(String label) {
    this.label = label;
  }

  /** Its label in forms. */
  public String label() {
    return label;
  }
}
