package org.bagnetlab.server.http;

import java.util.Optional;

/**
 * What is wrong with a request, as RFC 9457 lays it down.
 *
 * @param type always {@code about:blank}: the code says which problem it is
 * @param title in a few words
 * @param status of the response
 * @param code stable name of the problem
 * @param field the field or parameter at fault
 * @param detail one line for a person
 */
public record Problem(
    String type, String title, int status, String code, Optional<String> field, String detail) {

  /** A problem without a field at fault. */
  static Problem of(int status, String code, String title, String detail) {
    return new Problem("about:blank", title, status, code, Optional.empty(), detail);
  }

  /** A field of the request is wrong. */
  static Problem invalid(String title, String field, String detail) {
    return new Problem("about:blank", title, 400, "invalid-field", Optional.of(field), detail);
  }

  /** This problem as an exception, for handlers to throw. */
  ProblemException exception() {
    return new ProblemException(this);
  }
}
