package org.bagnetlab.queue.sweep;

/**
 * What is done to a sweep of many jobs in several transactions, so that other writes need not wait
 * for all of it. None of its own jobs starts meanwhile. The names are stored.
 */
public enum Pending {
  /** Its jobs are being queued. Without the last of them it is not shown, and does not stay. */
  SUBMISSION,
  /** Its jobs are being cancelled. */
  CANCELLATION,
  /** Its jobs are being held, or released. */
  HOLD,
  /** The trials that were outdone are being ended. */
  RUNG
}
