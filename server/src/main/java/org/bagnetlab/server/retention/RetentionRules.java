package org.bagnetlab.server.retention;

import java.time.Duration;

/**
 * How long files of ended jobs are kept. Results, numbers, images and logs are kept as long as
 * their job exists.
 *
 * @param trainingStates how long saved states of FAILED and CANCELLED trainings are kept
 * @param checkpointsOf which checkpoints are kept forever
 * @param keepFor how long other checkpoints are kept after the end of their training
 * @param quarantine how long files unknown to the database are kept after they were found
 */
public record RetentionRules(
    Duration trainingStates, CheckpointsOf checkpointsOf, Duration keepFor, Duration quarantine) {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration QUARTER = Duration.ofDays(90);

  /**
   * The default rules, which remove only saved states of trainings that were not resumed for a
   * month.
   */
  public static RetentionRules standard() {
    return new RetentionRules(MONTH, CheckpointsOf.ALL, QUARTER, MONTH);
  }
}
