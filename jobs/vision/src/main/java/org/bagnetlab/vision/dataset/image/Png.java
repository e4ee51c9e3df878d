package org.bagnetlab.vision.dataset.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Writes PNG files, which are lossless. */
public final class Png {

  private Png() {}

  /** Encodes an image; a gray image is stored with one channel. */
  public static byte[] of(Pixels image) {
    boolean gray = image.channels() == 1;
    BufferedImage picture =
        new BufferedImage(
            image.width(),
            image.height(),
            gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        for (int channel = 0; channel < image.channels(); channel++) {
          // setRGB() is not used, since it would change the levels of a gray image.
          picture.getRaster().setSample(column, row, channel, image.at(row, column, channel));
        }
      }
    }
    return of(picture);
  }

  /** Encodes a buffered image. */
  public static byte[] of(BufferedImage picture) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(picture, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }
}
