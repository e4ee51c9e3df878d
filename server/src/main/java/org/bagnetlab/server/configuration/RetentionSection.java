package org.bagnetlab.server.configuration;

import java.util.Optional;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.RetentionRules;

/**
 * How long files of ended jobs are kept; the defaults are in {@link RetentionRules#standard}.
 *
 * @param trainingStates how long saved states of FAILED and CANCELLED trainings are kept
 * @param checkpointsOf which checkpoints are kept forever: {@code all} or {@code
 *     bestOfConfiguration}
 * @param keepFor how long all other checkpoints are kept
 * @param quarantine how long files unknown to the database are kept
 */
record RetentionSection(
    Optional<Span> trainingStates,
    Optional<CheckpointsOf> checkpointsOf,
    Optional<Span> keepFor,
    Optional<Span> quarantine) {

  RetentionSection {
    if (keepFor.isPresent()
        && !checkpointsOf.filter(CheckpointsOf.BEST_OF_CONFIGURATION::equals).isPresent()) {
      throw new IllegalArgumentException(
          "keepFor is how long checkpoints that are not the best are kept:"
              + " it requires checkpointsOf: bestOfConfiguration");
    }
  }

  RetentionRules rules() {
    RetentionRules standard = RetentionRules.standard();
    return new RetentionRules(
        trainingStates.map(Span::duration).orElse(standard.trainingStates()),
        checkpointsOf.orElse(standard.checkpointsOf()),
        keepFor.map(Span::duration).orElse(standard.keepFor()),
        quarantine.map(Span::duration).orElse(standard.quarantine()));
  }
}
