package org.bagnetlab.vision.dataset;

/**
 * Resizes as Pillow's BILINEAR filter does: a triangle whose support widens when an axis shrinks,
 * so that shrinking averages; first along rows, then along columns, rounded to a gray level after
 * each.
 */
final class BilinearResize {

  /** Weights of the source positions from {@code first} on, for one target position. */
  private record Contribution(int first, double[] weights) {}

  private BilinearResize() {}

  static Pixels to(Pixels image, int width, int height) {
    return columns(rows(image, width), height);
  }

  private static Pixels rows(Pixels image, int width) {
    if (width == image.width()) {
      return image;
    }
    Contribution[] contributions = contributions(image.width(), width);
    int channels = image.channels();
    byte[] values = new byte[width * image.height() * channels];
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < width; column++) {
        Contribution c = contributions[column];
        for (int channel = 0; channel < channels; channel++) {
          double sum = 0;
          for (int i = 0; i < c.weights.length; i++) {
            sum += c.weights[i] * image.at(row, c.first + i, channel);
          }
          values[(row * width + column) * channels + channel] = level(sum);
        }
      }
    }
    return new Pixels(width, image.height(), channels, values);
  }

  private static Pixels columns(Pixels image, int height) {
    if (height == image.height()) {
      return image;
    }
    Contribution[] contributions = contributions(image.height(), height);
    int channels = image.channels();
    byte[] values = new byte[image.width() * height * channels];
    for (int row = 0; row < height; row++) {
      Contribution c = contributions[row];
      for (int column = 0; column < image.width(); column++) {
        for (int channel = 0; channel < channels; channel++) {
          double sum = 0;
          for (int i = 0; i < c.weights.length; i++) {
            sum += c.weights[i] * image.at(c.first + i, column, channel);
          }
          values[(row * image.width() + column) * channels + channel] = level(sum);
        }
      }
    }
    return new Pixels(image.width(), height, channels, values);
  }

  private static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5)));
  }

  private static Contribution[] contributions(int from, int to) {
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    Contribution[] contributions = new Contribution[to];
    for (int target = 0; target < to; target++) {
      double center = (target + 0.5) * scale;
      int first = Math.max(0, (int) (center - support + 0.5));
      int end = Math.min(from, (int) (center + support + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(0, 1 - Math.abs((first + i + 0.5 - center) / support));
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      contributions[target] = new Contribution(first, weights);
    }
    return contributions;
  }
}
