package org.bagnetlab.server.engine;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.EngineAnswer;
import org.bagnetlab.protocol.ErrorFamily;

/** Thrown if a request to an engine failed. The message is one line for users. */
public final class EngineFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ErrorFamily family;
  private final String code;
  private final transient Optional<String> field;
  private final transient List<String> said;

  EngineFailure(EngineAnswer.Failed answer, List<String> said) {
    super(answer.message());
    this.family = answer.family();
    this.code = answer.code();
    this.field = answer.field();
    this.said = List.copyOf(said);
  }

  /** The failure of a process that ended without a response. */
  static EngineFailure unanswered(String code, String message, List<String> said) {
    return of(ErrorFamily.INTERNAL_ERROR, code, message, said);
  }

  /** The failure of a process that was killed at its time limit. */
  static EngineFailure late(List<String> said) {
    return of(
        ErrorFamily.INSUFFICIENT_RESOURCES,
        "too-slow",
        "The engine took too long and was stopped.",
        said);
  }

  private static EngineFailure of(
      ErrorFamily family, String code, String message, List<String> said) {
    return new EngineFailure(
        new EngineAnswer.Failed(family, code, message, Optional.empty()), said);
  }

  /** The family of the error. */
  public ErrorFamily family() {
    return family;
  }

  /** The stable name of the failure. */
  public String code() {
    return code;
  }

  /** The invalid field of the request, if any. */
  public Optional<String> field() {
    return field;
  }

  /** The process's other output, for debugging. */
  public List<String> said() {
    return said;
  }
}
