package org.bagnetlab.server.cli;

import java.io.Serial;

/** The server refused a request because of one of its fields. */
final class Refused extends Failure {

  @Serial private static final long serialVersionUID = 1;

  private final String field;

  Refused(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field at fault, with the sections that it is in, such as {@code grid.seed}. */
  String field() {
    return field;
  }
}
