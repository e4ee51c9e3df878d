package org.bagnetlab.vision.masking;

import java.util.Arrays;
import org.bagnetlab.vision.network.Batch;

/**
 * A square part of an image.
 *
 * @param top first row in pixels
 * @param left first column in pixels
 * @param side side in pixels
 */
public record Square(int top, int left, int side) {

  /**
   * Masks this square in an image of a batch, with ImageNet's mean colour, which is 0 after
   * normalisation.
   */
  public void mask(Batch images, int image) {
    for (int channel = 0; channel < images.channels(); channel++) {
      int plane = (image * images.channels() + channel) * images.height();
      for (int row = top; row < top + side; row++) {
        int start = (plane + row) * images.width() + left;
        Arrays.fill(images.values(), start, start + side, 0);
      }
    }
  }
}
