package org.bagnetlab.queue.lane;

/** So many interactive jobs wait that another one would not be answered soon. */
public final class LaneFull extends RuntimeException {

  private static final long serialVersionUID = 1;

  LaneFull(int waiting) {
    super(
        "%d interactive jobs are waiting, which is the limit: wait for one of them, cancel one, or queue this job normally."
            .formatted(waiting));
  }
}
