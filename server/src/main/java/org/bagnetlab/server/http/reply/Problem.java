package org.bagnetlab.server.http.reply;

import java.util.Optional;
import org.bagnetlab.vision.staging.Unprintable;

/**
 * A problem document (RFC 9457).
 *
 * @param type always {@code about:blank}: the code identifies the problem
 * @param title short summary
 * @param status of the response
 * @param code stable name of the problem
 * @param field the invalid field or parameter
 * @param detail one line for users
 */
public record Problem(
    String type, String title, int status, String code, Optional<String> field, String detail) {

  /** Escapes the detail, which may quote any text that a client sent. */
  public Problem {
    detail = Unprintable.line(detail);
  }

  /** A problem that is not caused by a single field. */
  public static Problem of(int status, String code, String title, String detail) {
    return new Problem("about:blank", title, status, code, Optional.empty(), detail);
  }

  /** The problem of an invalid field of the request, for handlers to throw. */
  public static ProblemException invalid(String title, String field, String detail) {
    return new Problem("about:blank", title, 400, "invalid-field", Optional.of(field), detail)
        .exception();
  }

  /** The problem of a request for something that does not exist, for handlers to throw. */
  public static ProblemException missing(String code, String title, String detail) {
    return of(404, code, title, detail).exception();
  }

  /** The problem of a request that the current state does not allow, for handlers to throw. */
  public static ProblemException refused(String code, String title, String detail) {
    return of(409, code, title, detail).exception();
  }

  /** This problem as an exception, for handlers to throw. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
