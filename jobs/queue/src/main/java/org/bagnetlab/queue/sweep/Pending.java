package org.bagnetlab.queue.sweep;

/**
 * A change of a sweep with many jobs, made in several transactions so that other writes need not
 * wait for all of it. None of the sweep's own jobs starts meanwhile. The names are stored.
 */
public enum Pending {
  /** Its jobs are being queued. Until all are, it is not shown, and a failure removes it. */
  SUBMISSION,
  /** Its jobs are being cancelled. */
  CANCELLATION,
  /** Its jobs are being held, or released. */
  HOLD,
  /** The outdone trials are being ended. */
  RUNG
}
