package org.bagnetlab.worker;

import java.io.Serial;

/** The job asks for what cannot be: trying again gives the same. */
final class InvalidJob extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final String code;
  private final String field;

  InvalidJob(String code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  String code() {
    return code;
  }

  /** The field of the specification at fault. */
  String field() {
    return field;
  }
}
