package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/** How a network is optimised, and the defaults for numbers missing in a request. */
public enum Recipe implements Labelled {
  /** For a CPU and small images, from scratch: Adam, short warm-up, plateau, decay to zero. */
  QUICK("quick: small images, from scratch", 6, 16, 4e-3, 64, 0.25),

  /**
   * The report's recipe: Adam without weight decay. At every third epoch without improvement,
   * counted since the last halving, the learning rate is halved and Adam's state is discarded. The
   * training stops after more than 15 epochs without improvement in a row. Meant for pretrained
   * weights.
   */
  REPORT("report: as published, for pretrained weights", 40, 4, 4e-5, 224, 1),

  /** Stochastic gradient descent with momentum 0.9, on the schedule of {@link #QUICK}. */
  SGD("sgd: like quick, with SGD and momentum", 6, 16, 0.05, 64, 0.25);

  private final String label;
  private final int epochs;
  private final int batchSize;
  private final double learningRate;
  private final int imageSize;
  private final double width;

  Recipe(
      String label, int epochs, int batchSize, double learningRate, int imageSize, double width) {
    this.label = label;
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
    this.imageSize = imageSize;
    this.width = width;
  }

  @Override
  public String label() {
    return label;
  }

  /** The default number of epochs. */
  public int epochs() {
    return epochs;
  }

  /** The default number of images per step. */
  public int batchSize() {
    return batchSize;
  }

  /** The default learning rate. */
  public double learningRate() {
    return learningRate;
  }

  /** The default side of the input in pixels. */
  public int imageSize() {
    return imageSize;
  }

  /** The default factor on the channel counts, if neither a request nor its weights name one. */
  public double width() {
    return width;
  }
}
