package org.bagnetlab.server.cli.lab;

import java.io.Serial;
import org.bagnetlab.server.cli.terminal.Failure;

/** The server refused a request because of one of its fields. */
public final class Refused extends Failure {

  @Serial private static final long serialVersionUID = 1;

  private final String field;

  /** Creates a refusal of a field, with the reason. */
  public Refused(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The invalid field, qualified by its sections, such as {@code grid.seed}. */
  public String field() {
    return field;
  }
}
