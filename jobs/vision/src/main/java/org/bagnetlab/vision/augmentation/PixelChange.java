package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * A change of an image by an augmentation, with the parameters that were drawn. With the same
 * parameters, torchvision's functions on tensors of bytes give the same levels, or neighbouring
 * ones where results are rounded.
 */
interface PixelChange {

  /** The changed image, of the same size and number of channels. */
  Pixels apply(Pixels image);
}
