package org.bagnetlab.queue.store;

import org.bagnetlab.queue.job.RequestRefused;

/** Reports that weights cannot be removed yet, because a job starts from them. */
public final class WeightsNeeded extends RequestRefused {

  private static final long serialVersionUID = 1;

  WeightsNeeded(String message) {
    super(Reason.CONFLICT, "weights-needed", "Job conflict", message);
  }
}
