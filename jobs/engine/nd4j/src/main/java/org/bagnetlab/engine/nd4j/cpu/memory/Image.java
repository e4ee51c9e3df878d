package org.bagnetlab.engine.nd4j.cpu.memory;

import org.bagnetlab.vision.network.Batch;

/** The images that a program looks at: [image, row, column, channel]. */
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

  /** Takes over the pixels of a batch of the same shape. */
  public void show(Batch batch) {
    float[] from = batch.values();
    for (int i = 0; i < values.length; i++) {
      values[place(i)] = from[i];
    }
  }

  /** Where a value of a batch lies: [image, channel, row, column] there. */
  private int place(int i) {
    int plane = height * width;
    int n = i / (plane * channels);
    int c = i / plane % channels;
    return (n * plane + i % plane) * channels + c;
  }

  /** Starts over with {@link #gradientToAddTo}. */
  public void clearGradient() {
    gradient = new float[values.length];
  }

  /** In the order of {@link #values}. */
  public float[] gradientToAddTo() {
    return gradient;
  }

  /** In the order of a batch. */
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
