package org.bagnetlab.vision.augmentation;

import java.util.Optional;
import java.util.Random;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.image.Pixels;

/** Fills a rectangle with ImageNet's mean colour, or in a gray image with that colour's gray. */
record Erasing(Rectangle rectangle) implements PixelChange {

  private static final Range SHARE = new Range(0.02, 0.33);

  /** torchvision draws height / width from [0.3, 3.3], which is the same. */
  private static final Range WIDTH_TO_HEIGHT = new Range(1 / 3.3, 1 / 0.3);

  /**
   * Draws a rectangle like torchvision's {@code RandomErasing}, smaller than the image in both
   * directions; empty if ten tries gave none.
   */
  static Optional<Erasing> draw(int side, Random random) {
    return Rectangle.draw(side, side - 1, SHARE, WIDTH_TO_HEIGHT, random).map(Erasing::new);
  }

  @Override
  public Pixels apply(Pixels image) {
    byte[] colour = colour(image.channels());
    byte[] values = image.values().clone();
    for (int row = rectangle.top(); row < rectangle.top() + rectangle.height(); row++) {
      int position = (row * image.width() + rectangle.left()) * image.channels();
      for (int column = 0; column < rectangle.width(); column++) {
        System.arraycopy(colour, 0, values, position, colour.length);
        position += colour.length;
      }
    }
    return new Pixels(image.width(), image.height(), image.channels(), values);
  }

  private static byte[] colour(int channels) {
    int red = Normalisation.meanLevel(0);
    int green = Normalisation.meanLevel(1);
    int blue = Normalisation.meanLevel(2);
    return channels == 1
        ? new byte[] {(byte) Levels.gray(red, green, blue)}
        : new byte[] {(byte) red, (byte) green, (byte) blue};
  }
}
