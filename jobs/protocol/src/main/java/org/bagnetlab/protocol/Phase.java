package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A phase of a worker's job. */
public enum Phase {
  @JsonProperty("preparing")
  PREPARING,
  @JsonProperty("training")
  TRAINING,
  @JsonProperty("validating")
  VALIDATING,
  @JsonProperty("testing")
  TESTING,
  @JsonProperty("scrambling")
  SCRAMBLING,
  @JsonProperty("explaining")
  EXPLAINING
}
