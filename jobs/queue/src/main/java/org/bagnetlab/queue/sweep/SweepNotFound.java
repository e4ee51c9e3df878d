package org.bagnetlab.queue.sweep;

import org.bagnetlab.queue.job.RequestRefused;

/** Reports that no sweep has this name. */
public final class SweepNotFound extends RequestRefused {

  private static final long serialVersionUID = 1;

  public SweepNotFound(String name) {
    super(
        Reason.NOT_FOUND,
        "sweep-not-found",
        "No such sweep",
        "There is no sweep '%s'.".formatted(name));
  }
}
