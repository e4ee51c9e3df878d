package org.bagnetlab.experiment.request;

/** Reports an invalid field of a request, with the expected and the actual value. */
public final class InvalidSpec extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String field;

  /** Names the invalid field. */
  public InvalidSpec(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The invalid field. */
  public String field() {
    return field;
  }
}
