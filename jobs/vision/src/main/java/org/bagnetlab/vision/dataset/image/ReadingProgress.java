package org.bagnetlab.vision.dataset.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Detects whether a file contains its complete image. The JDK's readers fill missing parts with
 * gray or black, and report this only to listeners.
 */
final class ReadingProgress implements IIOReadWarningListener, IIOReadUpdateListener {

  /** Warnings of the JDK's JPEG reader, and of the library that it uses, about missing data. */
  private static final List<String> CUT_OFF =
      List.of("Truncated File", "premature end of data segment");

  private String cutOff = "";
  private int rows;

  /** Rejects an image whose file is truncated. */
  void checkNotCutOff() throws IOException {
    if (!cutOff.isEmpty()) {
      throw new IOException("the file is truncated: " + cutOff);
    }
  }

  /** Rejects an image with missing rows. */
  void checkRows(int height) throws IOException {
    if (rows < height) {
      throw new IOException(
          "the file is truncated: it has %d of its %d rows".formatted(rows, height));
    }
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (cutOff.isEmpty() && CUT_OFF.stream().anyMatch(warning::contains)) {
      cutOff = warning;
    }
  }

  @Override
  public void imageUpdate(
      ImageReader source,
      BufferedImage image,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {
    rows += height;
  }

  @Override
  public void passStarted(
      ImageReader source,
      BufferedImage image,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void passComplete(ImageReader source, BufferedImage image) {}

  @Override
  public void thumbnailPassStarted(
      ImageReader source,
      BufferedImage thumbnail,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void thumbnailUpdate(
      ImageReader source,
      BufferedImage thumbnail,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {}

  @Override
  public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
}
