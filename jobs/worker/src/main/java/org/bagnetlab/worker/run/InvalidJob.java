package org.bagnetlab.worker.run;

import java.io.Serial;

/** The job asks for what cannot be: trying again gives the same. */
public final class InvalidJob extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final String code;
  private final String field;

  /** Names the field of the specification at fault. */
  public InvalidJob(String code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  /** The stable name of the problem. */
  public String code() {
    return code;
  }

  /** The field of the specification at fault. */
  public String field() {
    return field;
  }
}
