package org.bagnetlab.vision.dataset.image;

/** How an image file becomes a network's input, before normalisation. */
public enum ImagePreparation {
  /** Decoded, and resized in double precision: within a gray level of Pillow. */
  FLOATING_POINT,
  /** Decoded, and resized in Pillow's fixed-point arithmetic: equal to Pillow's BILINEAR. */
  PILLOW;

  /** That of new trainings, and of images of no training. */
  public static final ImagePreparation LATEST = PILLOW;

  /** Its name in files and on the command line. */
  @Override
  public String toString() {
    return switch (this) {
      case FLOATING_POINT -> "floating-point";
      case PILLOW -> "pillow";
    };
  }

  /** A square image of this side, the aspect ratio of the original lost. */
  public Pixels prepare(Pixels decoded, int size) {
    return BilinearResize.to(
        decoded,
        size,
        size,
        switch (this) {
          case FLOATING_POINT -> FloatingPointWindow::of;
          case PILLOW -> FixedPointWindow::of;
        });
  }
}
