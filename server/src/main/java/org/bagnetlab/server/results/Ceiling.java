package org.bagnetlab.server.results;

import java.util.Optional;
import org.bagnetlab.vision.dataset.Controlled15;

/** The upper bound of the accuracy from local evidence on images with a known ground truth. */
final class Ceiling {

  private Ceiling() {}

  /**
   * The ceiling on a data set, where it is known.
   *
   * @param patch side of the patches whose evidence is added up; empty: the whole image is seen
   */
  static Optional<Double> of(String dataset, Optional<Integer> patch) {
    return dataset.equals(Controlled15.NAME)
        ? Optional.of(Controlled15.ceiling(patch.orElse(Controlled15.SMALLEST_IMAGE)))
        : Optional.empty();
  }
}
