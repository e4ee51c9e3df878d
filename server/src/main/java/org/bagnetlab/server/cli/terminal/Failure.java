package org.bagnetlab.server.cli.terminal;

import java.io.Serial;

/** A command failed; its message is sufficient for users. */
public class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }
}
