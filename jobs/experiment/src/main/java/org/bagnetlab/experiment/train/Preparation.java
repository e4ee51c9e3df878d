package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.annotation.JsonValue;

/** How image files are converted to a network's inputs. */
public enum Preparation {
  /** Resized as Pillow does. */
  PILLOW("pillow", "equal to Pillow's bilinear filter");

  private final String text;
  private final String meaning;

  Preparation(String text, String meaning) {
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
