package org.bagnetlab.vision.network.cpu;

import org.bagnetlab.vision.network.Batch;

/** The images that a program looks at: [image, row, column, channel]. */
final class Image {

  private final int images;
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  Image(int images, int channels, int height, int width) {
    this.images = images;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = new float[images * channels * height * width];
  }

  /** Takes over the pixels of a batch of the same shape. */
  void show(Batch batch) {
    float[] from = batch.values();
    int plane = height * width;
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < channels; c++) {
        int source = (n * channels + c) * plane;
        int to = n * plane * channels + c;
        for (int i = 0; i < plane; i++) {
          values[to + i * channels] = from[source + i];
        }
      }
    }
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
