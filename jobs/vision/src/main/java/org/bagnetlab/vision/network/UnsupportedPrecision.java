package org.bagnetlab.vision.network;

import java.io.Serial;

/** An engine cannot compute in the requested precision. */
public final class UnsupportedPrecision extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param reason what the engine or its device lacks, as a sentence
   */
  public UnsupportedPrecision(String reason) {
    super(reason);
  }
}
