package org.bagnetlab.experiment.network;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The images of a data set that a network is given. */
public enum ImageChoice {
  /** The test images of the run's own split. */
  TEST("test: the test images of the run's split"),

  /** Images outside the run's split: of the test folder, or of all if there are no folders. */
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

  /** Its label in forms. */
  public String label() {
    return label;
  }
}
