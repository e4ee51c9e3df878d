package org.bagnetlab.server.retention;

import java.time.Duration;

/**
 * How long files of ended jobs stay. Results, numbers, pictures and logs stay as long as their job.
 *
 * @param trainingStates what FAILED and CANCELLED trainings would go on from stays this long
 * @param checkpointsOf whose checkpoints stay for ever
 * @param keepFor the others' checkpoints stay this long after the end of their training
 * @param quarantine files that the database does not know stay this long after they were found
 */
public record RetentionRules(
    Duration trainingStates, CheckpointsOf checkpointsOf, Duration keepFor, Duration quarantine) {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration QUARTER = Duration.ofDays(90);

  /** Takes only what nobody went on from for a month. */
  public static RetentionRules standard() {
    return new RetentionRules(MONTH, CheckpointsOf.ALL, QUARTER, MONTH);
  }
}
