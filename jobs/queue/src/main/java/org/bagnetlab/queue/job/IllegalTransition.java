package org.bagnetlab.queue.job;

/** Reports that an operation is not allowed in a job's state. */
public final class IllegalTransition extends RequestRefused {

  private static final long serialVersionUID = 1;

  IllegalTransition(JobState state, JobEvent event) {
    super(
        Reason.CONFLICT,
        "illegal-transition",
        "Not allowed in this state",
        "A job that is %s cannot be %s.".formatted(name(state), participle(event)));
  }

  private static String name(JobState state) {
    return state instanceof JobState.Running running && running.cancelRequested()
        ? "being cancelled"
        : state.name().name();
  }

  private static String participle(JobEvent event) {
    if (event instanceof JobEvent.CancelRequested) {
      return "cancelled";
    }
    if (event instanceof JobEvent.PauseRequested) {
      return "paused";
    }
    if (event instanceof JobEvent.Resumed) {
      return "resumed: only PAUSED, INTERRUPTED, FAILED or CANCELLED jobs can";
    }
    return "updated: " + event.cause().text();
  }
}
