package org.bagnetlab.server.cli;

import java.io.Serial;

/** A command failed; its message is sufficient for users. */
class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message);
  }
}
