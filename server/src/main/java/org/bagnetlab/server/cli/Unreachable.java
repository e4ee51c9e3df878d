package org.bagnetlab.server.cli;

import java.io.IOException;
import java.io.Serial;

/** No server answers: it may be starting again. */
final class Unreachable extends Failure {

  @Serial private static final long serialVersionUID = 1;

  Unreachable(String message, IOException cause) {
    super(message);
    initCause(cause);
  }
}
