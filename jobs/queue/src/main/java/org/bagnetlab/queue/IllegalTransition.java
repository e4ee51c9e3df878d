package org.bagnetlab.queue;

/** Something was asked of a job that its state does not allow. */
public final class IllegalTransition extends RuntimeException {

  private static final long serialVersionUID = 1;

  IllegalTransition(JobState state, JobEvent event) {
    super("A job that is %s cannot be %s.".formatted(state.name(), participle(event)));
  }

  private static String participle(JobEvent event) {
    if (event instanceof JobEvent.CancelRequested) {
      return "cancelled";
    }
    if (event instanceof JobEvent.Resumed) {
      return "resumed: only an INTERRUPTED one can";
    }
    return "told that " + event.cause();
  }
}
