package org.bagnetlab.queue.sweep;

import org.bagnetlab.queue.job.RequestRefused;

/** Reports that another sweep has the name. */
public final class SweepTaken extends RequestRefused {

  private static final long serialVersionUID = 1;

  public SweepTaken(String name) {
    super(
        Reason.CONFLICT,
        "sweep-taken",
        "Name taken",
        "A sweep '%s' with different settings already exists. Choose another name."
            .formatted(name));
  }
}
