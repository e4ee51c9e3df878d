package org.bagnetlab.queue.sweep;

/**
 * A change of a sweep with many jobs, made in several transactions so that other writes need not
 * wait for the whole change. None of the sweep's own jobs starts in the meantime. The names of
 * these constants are stored.
 */
public enum Pending {
  /**
   * Its jobs are being queued. Until all are queued, the sweep is not shown, and a failure removes
   * it.
   */
  SUBMISSION,
  /** Its jobs are being cancelled. */
  CANCELLATION,
  /** Its jobs are being held, or released. */
  HOLD,
  /** Its outperformed trials are being ended. */
  RUNG
}
