package org.bagnetlab.queue.job;

/** Reports that an operation conflicts with the state of a job, or of one that it depends on. */
public final class JobConflict extends RequestRefused {

  private static final long serialVersionUID = 1;

  public JobConflict(String message) {
    super(Reason.CONFLICT, "job-needed", "Job conflict", message);
  }
}
