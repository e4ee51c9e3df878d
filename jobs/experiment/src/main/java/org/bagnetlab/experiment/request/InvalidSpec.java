package org.bagnetlab.experiment.request;

import java.util.List;
import java.util.Objects;

/** Reports an invalid field of a request, with the expected and the actual value. */
public final class InvalidSpec extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String field;

  /** Names the invalid field, and says what is wrong. */
  public InvalidSpec(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Names a missing field and its known values. */
  public static InvalidSpec missing(String field, List<String> known) {
    return new InvalidSpec(
        field, "%s is missing. Known: %s.".formatted(field, Fields.listed(known)));
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The invalid field. */
  public String field() {
    return field;
  }
}
