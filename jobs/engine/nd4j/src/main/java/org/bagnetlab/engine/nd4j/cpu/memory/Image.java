package org.bagnetlab.engine.nd4j.cpu.memory;

import org.bagnetlab.vision.network.Batch;

/** The input images of a program: [image, row, column, channel]. */
public final class Image {

  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;
  private float[] gradient = {};

  public Image(int images, int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = new float[images * channels * height * width];
  }

  /** Copies the pixels of a batch of the same shape. */
  public void show(Batch batch) {
    float[] from = batch.values();
    for (int i = 0; i < values.length; i++) {
      values[place(i)] = from[i];
    }
  }

  /**
   * The index in this layout of a batch's value, which the batch stores as [image, channel, row,
   * column].
   */
  private int place(int i) {
    int plane = height * width;
    int n = i / (plane * channels);
    int c = i / plane % channels;
    return (n * plane + i % plane) * channels + c;
  }

  /** Sets the gradient to 0. */
  public void clearGradient() {
    gradient = new float[values.length];
  }

  /** The gradient in the order of {@link #values}, to which operations add. */
  public float[] gradientToAddTo() {
    return gradient;
  }

  /** The gradient in the layout of a batch. */
  public float[] gradient() {
    float[] ordered = new float[values.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = gradient[place(i)];
    }
    return ordered;
  }

  public float[] values() {
    return values;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }
}
