package org.bagnetlab.server.retention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which checkpoints are kept forever. */
public enum CheckpointsOf {
  /** The checkpoint of every training that succeeded. */
  @JsonProperty("all")
  ALL,
  /**
   * Among trainings that differ only in their seed, the checkpoint of the one that is best on
   * validation images.
   */
  @JsonProperty("bestOfConfiguration")
  BEST_OF_CONFIGURATION
}
