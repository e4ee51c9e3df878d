package org.bagnetlab.vision.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes JPEG and PNG files, and refuses everything else in words. */
final class ImageDecoder {

  /** A larger image is more likely an attack on memory than a scene. */
  private static final long MOST_PIXELS = 25_000_000L;

  private ImageDecoder() {}

  /**
   * Decodes an image.
   *
   * @throws IOException if the bytes are no complete image; the message says why
   */
  static Pixels decode(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("the file is empty");
    }
    ImageIO.setUseCache(false);
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("not an image in a known format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new IOException(
              "%d x %d pixels are too many".formatted(reader.getWidth(0), reader.getHeight(0)));
        }
        // Without a listener the JPEG reader paints what a cut file lacks gray and says nothing.
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        Pixels decoded = pixels(reader.read(0));
        for (String warning : warnings) {
          if (warning.contains("Premature end")) {
            throw new IOException("the file is cut off: " + warning);
          }
        }
        return decoded;
      } catch (RuntimeException e) {
        // The readers of the JDK throw these on files that are cut or damaged.
        throw new IOException("damaged: " + e.getMessage(), e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Pixels pixels(BufferedImage image) throws IOException {
    int width = image.getWidth();
    int height = image.getHeight();
    ColorModel model = image.getColorModel();
    if (model.getComponentSize(0) > Byte.SIZE) {
      // Programs differ in how they reduce these, even versions of one.
      throw new IOException(
          "%d bits per channel are too many: save it with 8".formatted(model.getComponentSize(0)));
    }
    if (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      // getRGB() would shift the values of a gray image by a conversion of colour spaces. A second
      // band is transparency.
      int[] values = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
      byte[] gray = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        gray[i] = (byte) values[i];
      }
      return new Pixels(width, height, 1, gray);
    }
    int[] colours = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] values = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      values[3 * i] = (byte) (colours[i] >> 16);
      values[3 * i + 1] = (byte) (colours[i] >> 8);
      values[3 * i + 2] = (byte) colours[i];
    }
    return new Pixels(width, height, 3, values);
  }
}
