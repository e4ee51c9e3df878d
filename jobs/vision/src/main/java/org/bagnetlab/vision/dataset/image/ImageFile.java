package org.bagnetlab.vision.dataset.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a single image file that is not in a data set. */
public final class ImageFile {

  private ImageFile() {}

  /**
   * Reads the image as a network's input before normalisation, exactly like an image of a data set.
   *
   * @param size side of the square result in pixels
   * @throws IOException if there is no readable image file; the message names it
   */
  public static Pixels read(Path file, int size) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("There is no file %s.".formatted(file));
    }
    try {
      return BilinearResize.toSquare(ImageDecoder.decode(ImageLimits.read(file)), size);
    } catch (IOException e) {
      throw new IOException(
          "The image %s cannot be read: %s.".formatted(file.getFileName(), e.getMessage()), e);
    }
  }
}
