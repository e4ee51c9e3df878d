package org.bagnetlab.vision.network.cpu;

import org.bagnetlab.vision.network.Batch;

/** The images that a program looks at: [image, row, column, channel]. */
final class Image {

  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;
  private float[] gradient = {};

  Image(int images, int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = new float[images * channels * height * width];
  }

  /** Takes over the pixels of a batch of the same shape. */
  void show(Batch batch) {
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

  /** Begins anew with {@link #gradientToAddTo}. */
  void clearGradient() {
    gradient = new float[values.length];
  }

  /** In the order of {@link #values}. */
  float[] gradientToAddTo() {
    return gradient;
  }

  /** In the order of a batch. */
  float[] gradient() {
    float[] ordered = new float[values.length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = gradient[place(i)];
    }
    return ordered;
  }

  float[] values() {
    return values;
  }

  int channels() {
    return channels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }
}
