package org.bagnetlab.server.cli.terminal;

import java.io.Serial;

/** Reports that a command failed. Users see only the message. */
public class Failure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }
}
