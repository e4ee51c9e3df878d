package org.bagnetlab.vision.training;

import java.io.Serial;

/** The loss became infinite or NaN. */
public final class DivergedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  DivergedException(int epoch, int batch, double rate) {
    super(
        "The training diverged. The loss became NaN or infinite in epoch %d, batch %d, at learning rate %s. Try a lower learning rate."
            .formatted(epoch, batch, rate));
  }
}
