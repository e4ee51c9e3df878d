package org.bagnetlab.experiment.network;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which images of a data set a network gets. */
public enum ImageChoice {
  /** The test images of the run's own split. */
  TEST("test: the test images of the run's split"),

  /**
   * Images of the test folder, or of all where there are no folders, that the run's split lacks.
   */
  UNUSED("unused: images of the test folder that are in no part of the run's split"),

  /** Every image, whether the network was trained on it or not. */
  ALL("all: every image");

  private final String label;

  ImageChoice(String label) {
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
