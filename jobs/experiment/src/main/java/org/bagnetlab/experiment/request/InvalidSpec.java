package org.bagnetlab.experiment.request;

/** A field of a request is invalid; the message gives the expected and the actual value. */
public final class InvalidSpec extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String field;

  /** Names the field at fault. */
  public InvalidSpec(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field at fault. */
  public String field() {
    return field;
  }
}
