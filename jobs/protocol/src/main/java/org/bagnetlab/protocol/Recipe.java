package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a network is optimised. */
public enum Recipe {
  /** For a CPU and small images, from scratch: Adam, a short warm-up, a plateau, a fall to zero. */
  @JsonProperty("quick")
  QUICK(6, 16, 4e-3),

  /**
   * The report's: Adam without weight decay; the rate is halved, and Adam's state dropped, at every
   * third epoch without improvement, counted since the last halving; stops after more than 15 such
   * epochs in a row. Meant for pretrained weights.
   */
  @JsonProperty("report")
  REPORT(40, 4, 4e-5);

  private final int epochs;
  private final int batchSize;
  private final double learningRate;

  Recipe(int epochs, int batchSize, double learningRate) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
  }

  /** Epochs where a request names none. */
  public int epochs() {
    return epochs;
  }

  /** Images a step where a request names none. */
  public int batchSize() {
    return batchSize;
  }

  /** Learning rate where a request names none. */
  public double learningRate() {
    return learningRate;
  }
}
