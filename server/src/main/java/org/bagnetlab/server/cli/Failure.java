package org.bagnetlab.server.cli;

import java.io.Serial;

/** A command failed, and its message says all that a person needs. */
class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message);
  }
}
