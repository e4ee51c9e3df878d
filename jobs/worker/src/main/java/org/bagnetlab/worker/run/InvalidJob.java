package org.bagnetlab.worker.run;

import java.io.Serial;

/** Reports that the job requests something impossible; a retry would fail in the same way. */
public final class InvalidJob extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final String code;
  private final String field;

  /** Names the invalid field of the specification. */
  public InvalidJob(String code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  /** The stable name of the problem. */
  public String code() {
    return code;
  }

  /** The invalid field of the specification. */
  public String field() {
    return field;
  }
}
