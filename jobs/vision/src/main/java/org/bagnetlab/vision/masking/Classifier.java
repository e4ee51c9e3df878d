package org.bagnetlab.vision.masking;

import org.bagnetlab.vision.network.Batch;

/** A classifier of masked images, such as {@code network::logits}. */
@FunctionalInterface
public interface Classifier {

  /**
   * The logits of a batch.
   *
   * @return [image, class]
   */
  float[][] logits(Batch images);
}
