package org.bagnetlab.queue.job;

/** Reports a request that cannot be met, for a reason that the user can correct. */
public class RequestRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The kind of reason. */
  public enum Reason {
    /** The request names something that does not exist. */
    NOT_FOUND,
    /** The request conflicts with the current state. */
    CONFLICT
  }

  private final Reason reason;
  private final String code;
  private final String title;

  /**
   * Refuses a request.
   *
   * @param code stable machine-readable name of the problem
   * @param title short summary of it
   * @param message one line for users
   */
  public RequestRefused(Reason reason, String code, String title, String message) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.title = title;
  }

  /** No job has this id. */
  public static RequestRefused noJob(long id) {
    return new RequestRefused(
        Reason.NOT_FOUND, "job-not-found", "No such job", "There is no job %d.".formatted(id));
  }

  /** The kind of reason. */
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
