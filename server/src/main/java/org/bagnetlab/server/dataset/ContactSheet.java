package org.bagnetlab.server.dataset;

import java.awt.image.BufferedImage;
import java.util.List;
import org.bagnetlab.vision.dataset.image.BilinearResize;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.image.Png;

/** Draws small images side by side, with transparent gaps. */
public final class ContactSheet {

  private static final int COLUMNS = 5;
  private static final int ROWS = 4;

  /** The number of places for images. */
  public static final int IMAGES = COLUMNS * ROWS;

  /**
   * Largest side of an image on the sheet. Larger images are reduced; images of at most half this
   * side are enlarged by a whole number, so that their pixels stay sharp.
   */
  private static final int LARGEST = 128;

  private static final int GAP = 4;

  private ContactSheet() {}

  /**
   * Encodes a sheet as PNG. Places without an image stay transparent.
   *
   * @param images images of red, green and blue, in rows from the top
   * @param side side of each image in pixels
   */
  public static byte[] png(List<Pixels> images, int side) {
    int scale = Math.max(1, LARGEST / side);
    int shown = Math.min(side, LARGEST);
    int pitch = shown * scale + GAP;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * pitch - GAP, ROWS * pitch - GAP, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < images.size(); i++) {
      Pixels image = BilinearResize.toSquare(images.get(i), shown);
      draw(image, scale, sheet, i % COLUMNS * pitch, i / COLUMNS * pitch);
    }
    return Png.of(sheet);
  }

  private static void draw(Pixels image, int scale, BufferedImage sheet, int left, int top) {
    for (int row = 0; row < image.height() * scale; row++) {
      for (int column = 0; column < image.width() * scale; column++) {
        int color = 0xFF;
        for (int channel = 0; channel < 3; channel++) {
          color = color << 8 | image.at(row / scale, column / scale, channel);
        }
        sheet.setRGB(left + column, top + row, color);
      }
    }
  }
}
