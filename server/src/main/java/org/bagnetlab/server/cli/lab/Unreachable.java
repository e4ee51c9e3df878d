package org.bagnetlab.server.cli.lab;

import java.io.IOException;
import java.io.Serial;
import org.bagnetlab.server.cli.terminal.Failure;

/** Reports that the server does not respond; it may be restarting. */
final class Unreachable extends Failure {

  @Serial private static final long serialVersionUID = 1;

  Unreachable(String message, IOException cause) {
    super(message);
    initCause(cause);
  }
}
