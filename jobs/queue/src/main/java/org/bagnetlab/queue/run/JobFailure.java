package org.bagnetlab.queue.run;

import org.bagnetlab.queue.job.JobError;

/** Ends a run with an error of its job. */
final class JobFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient JobError error;

  JobFailure(JobError error) {
    super(error.message());
    this.error = error;
  }

  JobError error() {
    return error;
  }
}
