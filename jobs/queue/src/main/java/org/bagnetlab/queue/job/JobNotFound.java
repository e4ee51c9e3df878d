package org.bagnetlab.queue.job;

/** Reports that no job has this number. */
public final class JobNotFound extends RequestRefused {

  private static final long serialVersionUID = 1;

  public JobNotFound(long id) {
    super(Reason.NOT_FOUND, "job-not-found", "No such job", "There is no job %d.".formatted(id));
  }
}
