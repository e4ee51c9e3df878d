package org.bagnetlab.vision.network;

import java.io.Serial;

/** An engine cannot compute in the requested precision. */
public final class UnsupportedPrecision extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** Creates the exception for an engine that computes only in float32. */
  public UnsupportedPrecision(String engine) {
    super("%s computes in fp32 only; libtorch has other precisions.".formatted(engine));
  }
}
