package org.bagnetlab.experiment.heatmap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** At which values the colours of a job's maps end. */
public enum ColourScale {
  /** Of each map at the 99th percentile of its own magnitudes. */
  OWN("own: of each map by itself"),
  /** Of all maps at the largest of their magnitudes, so that the pictures can be compared. */
  COMMON("common: the same for all maps, which can be compared by eye");

  private final String label;

  ColourScale(String label) {
    this.label = label;
  }

  /** Its name in requests and facts. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, for forms. */
  public String label() {
    return label;
  }
}
