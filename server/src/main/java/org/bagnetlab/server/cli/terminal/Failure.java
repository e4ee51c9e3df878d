package org.bagnetlab.server.cli.terminal;

import java.io.Serial;

/** A command failed, and its message says all that a person needs. */
public class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }
}
