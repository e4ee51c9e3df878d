package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a network is optimised. */
public enum Recipe {
  /** For a CPU and small images, from scratch: Adam, a short warm-up, a plateau, a fall to zero. */
  @JsonProperty("quick")
  QUICK(6, 16, 4e-3, 64, 0.25),

  /**
   * The report's: Adam without weight decay; the rate is halved, and Adam's state dropped, at every
   * third epoch without improvement, counted since the last halving; stops after more than 15 such
   * epochs in a row. Meant for pretrained weights.
   */
  @JsonProperty("report")
  REPORT(40, 4, 4e-5, 224, 1),

  /** Stochastic gradient descent with momentum 0.9, on the schedule of {@link #QUICK}. */
  @JsonProperty("sgd")
  SGD(6, 16, 0.05, 64, 0.25);

  private final int epochs;
  private final int batchSize;
  private final double learningRate;
  private final int imageSize;
  private final double width;

  Recipe(int epochs, int batchSize, double learningRate, int imageSize, double width) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
    this.imageSize = imageSize;
    this.width = width;
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

  /** Side of the input in pixels where a request names none. */
  public int imageSize() {
    return imageSize;
  }

  /** Factor on the channel counts where neither a request nor its weights name one. */
  public double width() {
    return width;
  }
}
