package org.bagnetlab.vision.dataset.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG, PNG, GIF and BMP files within {@link ImageLimits}, and rejects everything else with
 * an error message.
 */
public final class ImageDecoder {

  private static final String JPEG = "JPEG";
  private static final String BMP = "BMP";

  /** Formats whose readers leave missing rows black without reporting it. */
  private static final Set<String> ROW_BY_ROW = Set.of("GIF", BMP);

  private static final Set<String> FORMATS = Set.of(JPEG, "PNG", "GIF", BMP);

  private ImageDecoder() {}

  /**
   * Decodes an image.
   *
   * @throws IOException if the bytes are not a complete image; the message contains the reason
   */
  public static Pixels decode(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("the file is empty");
    }
    ImageIO.setUseCache(false);
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      return decode(stream, bytes);
    } catch (EOFException | IIOException | RuntimeException e) {
      // The JDK's readers throw these exceptions for truncated or damaged files, some of them
      // already when asked whether they support the file.
      throw new IOException(endsEarly(e) ? "the file is truncated" : "damaged: " + words(e), e);
    }
  }

  private static Pixels decode(ImageInputStream stream, byte[] bytes) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    if (!readers.hasNext()) {
      throw new IOException("not an image in a known format");
    }
    ImageReader reader = readers.next();
    try {
      String format = readFormat(reader);
      reader.setInput(stream, true, true);
      check(reader, format, bytes);
      return decode(reader, format);
    } finally {
      reader.dispose();
    }
  }

  /**
   * The format of a reader, which is checked before the reader reads more than the beginning of the
   * file.
   */
  private static String readFormat(ImageReader reader) throws IOException {
    String format = reader.getFormatName().toUpperCase(Locale.ROOT);
    if (!FORMATS.contains(format)) {
      throw new IOException(
          "%s images are not supported: save it as JPEG or PNG"
              .formatted(format.equals("TIF") ? "TIFF" : format));
    }
    return format;
  }

  private static void check(ImageReader reader, String format, byte[] bytes) throws IOException {
    if (format.equals(BMP)) {
      BmpHeader.check(bytes);
    }
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    ImageLimits.checkPixels(width, height);
    if (format.equals(JPEG)) {
      ImageLimits.checkScans(JpegScans.count(bytes), width, height);
    }
  }

  private static Pixels decode(ImageReader reader, String format) throws IOException {
    ReadingProgress progress = new ReadingProgress();
    reader.addIIOReadWarningListener(progress);
    if (ROW_BY_ROW.contains(format)) {
      reader.addIIOReadUpdateListener(progress);
    }
    BufferedImage image = reader.read(0);
    progress.checkNotCutOff();
    if (ROW_BY_ROW.contains(format)) {
      progress.checkRows(image.getHeight());
    }
    return pixels(image);
  }

  private static boolean endsEarly(@Nullable Throwable e) {
    return e instanceof EOFException || (e != null && endsEarly(e.getCause()));
  }

  /**
   * The innermost cause is the most specific problem. The JDK's readers do not always give a
   * message.
   */
  private static String words(Throwable e) {
    if (e.getCause() != null) {
      return words(e.getCause());
    }
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? "the decoder failed with " + e.getClass().getSimpleName()
        : message;
  }

  private static Pixels pixels(BufferedImage image) throws IOException {
    int width = image.getWidth();
    int height = image.getHeight();
    ColorModel model = image.getColorModel();
    if (model.getComponentSize(0) > Byte.SIZE) {
      // Programs, and even versions of one program, differ in how they reduce these values.
      throw new IOException(
          "%d bits per channel are too many: save it with 8".formatted(model.getComponentSize(0)));
    }
    if (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      // getRGB() would change the values of a gray image by converting colour spaces. A second band
      // is transparency.
      return new Pixels(width, height, 1, gray(image));
    }
    return new Pixels(width, height, 3, colours(image));
  }

  /**
   * Reads row by row, since holding all values as integers would need four times the image's
   * memory.
   */
  private static byte[] gray(BufferedImage image) {
    int width = image.getWidth();
    byte[] gray = new byte[width * image.getHeight()];
    int[] row = new int[width];
    int position = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, row);
      for (int value : row) {
        gray[position++] = (byte) value;
      }
    }
    return gray;
  }

  private static byte[] colours(BufferedImage image) {
    int width = image.getWidth();
    byte[] values = new byte[3 * width * image.getHeight()];
    int[] row = new int[width];
    int position = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int colour : row) {
        values[position++] = (byte) (colour >> 16);
        values[position++] = (byte) (colour >> 8);
        values[position++] = (byte) colour;
      }
    }
    return values;
  }
}
