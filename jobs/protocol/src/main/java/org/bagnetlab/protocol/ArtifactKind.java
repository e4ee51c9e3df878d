package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of files that jobs produce. */
public enum ArtifactKind {
  /** The weights that a completed training kept. */
  @JsonProperty("checkpoint")
  CHECKPOINT,
  /** Weights, optimiser and position of a training that can be resumed. */
  @JsonProperty("training-state")
  TRAINING_STATE,
  /** The assignment of images to sets. */
  @JsonProperty("split")
  SPLIT,
  /** Class and logits of every validation, test and scrambled test image. */
  @JsonProperty("predictions")
  PREDICTIONS,
  /**
   * The predicted class of every test image: of the whole image, and for each grid and permutation.
   */
  @JsonProperty("scrambled-predictions")
  SCRAMBLED_PREDICTIONS,
  /** Evidence for its class at points of every test image. */
  @JsonProperty("evidence")
  EVIDENCE,
  /** The predicted class of every test image, whole and scrambled, for each readout. */
  @JsonProperty("readouts")
  READOUTS,
  /** A test image as the network sees it. */
  @JsonProperty("image")
  IMAGE,
  /** The same image, scrambled. */
  @JsonProperty("scrambled-image")
  SCRAMBLED_IMAGE,
  /**
   * A map of a class's patch logits over the image, or another map of what matters for the class.
   */
  @JsonProperty("heatmap")
  HEATMAP,
  /** The same kind of map over the scrambled image. */
  @JsonProperty("scrambled-heatmap")
  SCRAMBLED_HEATMAP,
  /** Any other picture that an experiment produced. */
  @JsonProperty("picture")
  PICTURE,
  /** The raw values of a map, float32 as NumPy's {@code .npy}; the facts name its picture. */
  @JsonProperty("map")
  MAP,
  /** Numbers by row and column, as JSON. */
  @JsonProperty("matrix")
  MATRIX;

  /** Whether an interrupted job can resume from this kind of file. */
  public boolean resumable() {
    return this == CHECKPOINT || this == TRAINING_STATE;
  }
}
