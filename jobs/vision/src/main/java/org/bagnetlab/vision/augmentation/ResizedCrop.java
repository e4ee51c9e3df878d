package org.bagnetlab.vision.augmentation;

import java.util.Optional;
import java.util.Random;
import org.bagnetlab.vision.dataset.image.BilinearResize;
import org.bagnetlab.vision.dataset.image.Pixels;

/** Cuts out a rectangle and resizes it to the image's size. */
record ResizedCrop(Rectangle rectangle) implements PixelChange {

  private static final Range WIDTH_TO_HEIGHT = new Range(3.0 / 4, 4.0 / 3);

  /** Draws a rectangle like torchvision's {@code RandomResizedCrop}; empty for the whole image. */
  static Optional<ResizedCrop> draw(int side, double strength, Random random) {
    return Rectangle.draw(side, side, new Range(1 - strength, 1), WIDTH_TO_HEIGHT, random)
        .map(ResizedCrop::new);
  }

  @Override
  public Pixels apply(Pixels image) {
    int length = rectangle.width() * image.channels();
    byte[] cut = new byte[rectangle.height() * length];
    for (int row = 0; row < rectangle.height(); row++) {
      int from = ((rectangle.top() + row) * image.width() + rectangle.left()) * image.channels();
      System.arraycopy(image.values(), from, cut, row * length, length);
    }
    Pixels part = new Pixels(rectangle.width(), rectangle.height(), image.channels(), cut);
    return BilinearResize.toSquare(part, image.width());
  }
}
