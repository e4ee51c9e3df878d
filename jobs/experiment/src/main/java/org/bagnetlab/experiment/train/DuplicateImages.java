package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of validation and test images that show the same as an image of an earlier part. */
public enum DuplicateImages {
  /** They stay, as the data set's authors published them. */
  KEEP("keep", "as published"),
  /** They are left out. */
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

  /** What it is, for forms. */
  public String label() {
    return "%s: %s".formatted(text, meaning);
  }
}
