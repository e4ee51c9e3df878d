package org.bagnetlab.queue.job;

/**
 * Where an imported job was run.
 *
 * @param lab identity of the lab's data directory
 * @param run the job's id there
 */
public record Origin(String lab, long run) {

  /** How many digits of a lab's identity tell it from others. */
  private static final int SHORT = 8;

  /** The beginning of a lab's identity, by which texts name it. */
  public static String shortened(String lab) {
    return lab.substring(0, Math.min(SHORT, lab.length()));
  }
}
