package org.bagnetlab.vision.weights;

import java.io.IOException;

/**
 * A file is damaged, not a checkpoint, or does not fit the requested network, or its given metadata
 * is invalid: an error of the request, not of the disk or this program. The message is one line
 * with the reason.
 */
public final class WeightsRefused extends IOException {

  private static final long serialVersionUID = 1L;

  WeightsRefused(String message) {
    super(message);
  }

  WeightsRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
