package org.bagnetlab.server.configuration;

import java.util.Optional;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.RetentionRules;

/**
 * How long files of ended jobs stay; what is not said is as {@link RetentionRules#standard}.
 *
 * @param trainingStates what FAILED and CANCELLED trainings would go on from stays this long
 * @param checkpointsOf whose checkpoints stay for ever: {@code all} or {@code bestOfConfiguration}
 * @param keepFor the others' checkpoints stay this long
 * @param quarantine files that the database does not know stay this long
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
          "keepFor says how long checkpoints stay that are not the best:"
              + " it needs checkpointsOf: bestOfConfiguration");
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
