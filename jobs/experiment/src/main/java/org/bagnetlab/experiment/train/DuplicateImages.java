package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.annotation.JsonValue;

/** How to treat validation and test images that duplicate an image of an earlier part. */
public enum DuplicateImages {
  /** Keeps them, as the data set's authors published them. */
  KEEP("keep", "as published"),
  /** Leaves them out. */
  LEAVE_OUT("leave-out", "without duplicates of an earlier part of the split");

  private final String text;
  private final String meaning;

  DuplicateImages(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** Its name in requests. */
  @JsonValue
  public String text() {
    return text;
  }

  /** Its label in forms. */
  public String label() {
    return "%s: %s".formatted(text, meaning);
  }
}
