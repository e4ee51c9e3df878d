package org.bagnetlab.queue.lane;

import org.bagnetlab.queue.job.RequestRefused;

/** Reports that too many interactive jobs wait for another one to be answered soon. */
public final class LaneFull extends RequestRefused {

  private static final long serialVersionUID = 1;

  LaneFull(int waiting) {
    super(
        Reason.CONFLICT,
        "lane-full",
        "Too many interactive jobs",
        "%d interactive jobs are waiting, which is the limit: wait for one of them, cancel one, or queue this job normally."
            .formatted(waiting));
  }
}
