package org.bagnetlab.queue.store;

import org.bagnetlab.queue.job.RequestRefused;

/** Reports that a data set cannot be removed yet, because a job reads it. */
public final class DatasetNeeded extends RequestRefused {

  private static final long serialVersionUID = 1;

  DatasetNeeded(String message) {
    super(Reason.CONFLICT, "dataset-needed", "Job conflict", message);
  }
}
