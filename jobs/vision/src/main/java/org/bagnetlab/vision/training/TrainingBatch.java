package org.bagnetlab.vision.training;

import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Targets;

/**
 * The images of a training step.
 *
 * @param images augmented and normalised images
 * @param targets what they should be recognised as
 */
record TrainingBatch(Batch images, Targets targets) {

  /** The number of images. */
  int count() {
    return images.images();
  }
}
