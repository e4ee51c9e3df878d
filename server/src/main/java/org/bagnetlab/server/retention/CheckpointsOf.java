package org.bagnetlab.server.retention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which checkpoints are kept forever. */
public enum CheckpointsOf {
  /** Those of every training that succeeded. */
  @JsonProperty("all")
  ALL,
  /** Of the trainings that differ in their seed alone, that of the best on validation images. */
  @JsonProperty("bestOfConfiguration")
  BEST_OF_CONFIGURATION
}
