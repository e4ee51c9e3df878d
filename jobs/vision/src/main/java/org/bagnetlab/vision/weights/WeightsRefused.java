package org.bagnetlab.vision.weights;

import java.io.IOException;

/**
 * A file is damaged, not a checkpoint, or does not fit the network that was asked for, or what is
 * said of it cannot be kept: the request is at fault, not the disk or this program. The message is
 * one line that says what is wrong.
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
