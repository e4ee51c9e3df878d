package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A set of images on which a network's accuracy is measured. */
public enum MeasuredSet {
  @JsonProperty("validation")
  VALIDATION,
  @JsonProperty("test")
  TEST,
  /** The test images, each cut into 16 tiles that are put back in random order. */
  @JsonProperty("scrambled")
  SCRAMBLED
}
