package org.bagnetlab.vision.network;

import java.io.Serial;

/** A device computes wrong results; the message is one line with the numbers. */
public final class WrongResults extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  WrongResults(String device, String difference) {
    super("The self-test of %s failed: %s.".formatted(device, difference));
  }
}
