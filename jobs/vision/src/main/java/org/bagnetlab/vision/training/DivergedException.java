package org.bagnetlab.vision.training;

import java.io.Serial;

/** The loss became infinite or no number. */
public final class DivergedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  DivergedException(int epoch, int batch, double rate) {
    super(
        "The loss is no longer a finite number in epoch %d, batch %d, at learning rate %s. Try a lower learningRate."
            .formatted(epoch, batch, rate));
  }
}
