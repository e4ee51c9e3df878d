package org.bagnetlab.experiment.heatmap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The classes whose heatmaps a job draws. */
public enum ShownClasses {
  /** The target class. */
  ONE("one: the target class"),
  /** Every class, the target class first. */
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

  /** Its label in forms. */
  public String label() {
    return label;
  }
}
