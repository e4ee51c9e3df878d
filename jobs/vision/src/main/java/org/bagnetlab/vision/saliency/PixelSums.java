package org.bagnetlab.vision.saliency;

import java.util.function.IntToDoubleFunction;
import org.bagnetlab.vision.network.Batch;

/** Sums the contributions of an image's values to a map of its pixels. */
final class PixelSums {

  private PixelSums() {}

  /**
   * Sums over the channels of each pixel.
   *
   * @param worth contribution of the value at an index of the batch
   */
  static SaliencyMap of(Batch images, int image, IntToDoubleFunction worth) {
    int plane = images.height() * images.width();
    int first = image * images.channels() * plane;
    float[] sums = new float[plane];
    for (int pixel = 0; pixel < plane; pixel++) {
      double sum = 0;
      for (int channel = 0; channel < images.channels(); channel++) {
        sum += worth.applyAsDouble(first + channel * plane + pixel);
      }
      sums[pixel] = (float) sum;
    }
    return new SaliencyMap(images.width(), sums);
  }
}
