package org.bagnetlab.server.results;

import java.util.Optional;
import org.bagnetlab.vision.dataset.Controlled15;

/** The upper bound of the accuracy for a receptive field on images with a known ground truth. */
final class Ceiling {

  private Ceiling() {}

  /**
   * The ceiling on a data set, where it is known.
   *
   * @param receptiveField in pixels; empty: the whole image
   */
  static Optional<Double> of(String dataset, Optional<Integer> receptiveField) {
    return dataset.equals(Controlled15.NAME)
        ? Optional.of(Controlled15.ceiling(receptiveField.orElse(Controlled15.SMALLEST_IMAGE)))
        : Optional.empty();
  }
}
