package org.bagnetlab.queue.job;

/** A request that cannot be met, for a reason that its sender can read and remedy. */
public abstract class RequestRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Why it cannot be met. */
  public enum Reason {
    /** It names a thing that does not exist. */
    NOT_FOUND,
    /** It does not fit what is there now. */
    CONFLICT
  }

  private final Reason reason;
  private final String code;
  private final String title;

  /**
   * Refuses a request.
   *
   * @param code stable name of the problem, for programs
   * @param title short summary of it
   * @param message one line for users
   */
  protected RequestRefused(Reason reason, String code, String title, String message) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.title = title;
  }

  /** Why it cannot be met. */
  public Reason reason() {
    return reason;
  }

  /** Stable name of the problem. */
  public String code() {
    return code;
  }

  /** Short summary of the problem. */
  public String title() {
    return title;
  }
}
