package org.bagnetlab.experiment.output;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A set of images on which a network is measured. */
public enum MeasuredSet {
  /** The training images: only during training. */
  TRAIN,
  /** The images used to choose the best epoch. */
  VALIDATION,
  /** The images that no choice depends on. */
  TEST,
  /** The test images, each cut into 16 tiles that are put back in random order. */
  SCRAMBLED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Its name in results. */
  @JsonValue
  public String text() {
    return text;
  }
}
