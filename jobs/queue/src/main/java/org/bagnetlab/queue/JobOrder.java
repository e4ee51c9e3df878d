package org.bagnetlab.queue;

/** The order of a list of jobs. */
public enum JobOrder {
  /** The newest first; queued jobs alone, in the order in which they should run. */
  NEWEST,
  /**
   * Running jobs, queued ones in the order in which they will start, those that nothing starts for
   * now, and ended ones, the last ended first.
   */
  EXECUTION
}
