package org.bagnetlab.experiment.heatmap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Of which classes a job draws heatmaps. */
public enum ShownClasses {
  /** The target class. */
  ONE("one: the target class"),
  /** Every class, of which the target class comes first. */
  ALL("all: every class, in the same forward passes");

  private final String label;

  ShownClasses(String label) {
    this.label = label;
  }

  /** Its name in requests. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, for forms. */
  public String label() {
    return label;
  }
}
