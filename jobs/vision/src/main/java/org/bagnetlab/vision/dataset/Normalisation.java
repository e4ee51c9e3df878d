package org.bagnetlab.vision.dataset;

import java.util.Arrays;
import java.util.List;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;

/**
 * Normalises red, green and blue in [0, 1]: subtracts ImageNet's mean and divides by its standard
 * deviation.
 */
public final class Normalisation {

  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};
  private static final float[][] TABLE = table();

  /** The number of channels of a network's input. */
  public static final int CHANNELS = 3;

  private Normalisation() {}

  /** What is subtracted from red, green and blue. */
  public static List<Double> mean() {
    return Arrays.stream(MEAN).boxed().toList();
  }

  /** What red, green and blue are divided by afterwards. */
  public static List<Double> deviation() {
    return Arrays.stream(DEVIATION).boxed().toList();
  }

  /** The number of values of a square image with this side. */
  public static int length(int size) {
    return CHANNELS * size * size;
  }

  /** A square image as a batch of one. */
  public static Batch of(Pixels image) {
    float[] values = new float[length(image.width())];
    write(image, values, 0);
    return new Batch(values, 1, CHANNELS, image.height(), image.width());
  }

  /**
   * Writes an image's normalised values as [channel, row, column] into {@code target}.
   *
   * @param offset index of the first value
   */
  public static void write(Pixels image, float[] target, int offset) {
    int position = offset;
    for (int channel = 0; channel < CHANNELS; channel++) {
      float[] normalised = TABLE[channel];
      for (int row = 0; row < image.height(); row++) {
        for (int column = 0; column < image.width(); column++) {
          target[position++] = normalised[image.at(row, column, channel)];
        }
      }
    }
  }

  /** The normalised value of a level in [0, 255]. */
  public static double normalised(double level, int channel) {
    return (level / 255.0 - MEAN[channel]) / DEVIATION[channel];
  }

  /** The level in [0, 255] that is closest to the mean, so that its normalised value is about 0. */
  public static int meanLevel(int channel) {
    return (int) Math.round(MEAN[channel] * 255);
  }

  /**
   * An image of a batch as red, green and blue, each value rounded to the nearest level; the
   * inverse of {@link #write} for images of three channels.
   *
   * @param index number of the image in the batch
   */
  public static Pixels pixels(Batch batch, int index) {
    int area = batch.height() * batch.width();
    byte[] levels = new byte[area * CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      int start = (index * CHANNELS + channel) * area;
      for (int i = 0; i < area; i++) {
        double share = batch.values()[start + i] * DEVIATION[channel] + MEAN[channel];
        levels[i * CHANNELS + channel] = (byte) Math.clamp(Math.round(share * 255), 0, 255);
      }
    }
    return new Pixels(batch.width(), batch.height(), CHANNELS, levels);
  }

  private static float[][] table() {
    float[][] table = new float[CHANNELS][256];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int value = 0; value < 256; value++) {
        table[channel][value] = (float) normalised(value, channel);
      }
    }
    return table;
  }
}
