package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.train.TrainExperiment;

/**
 * How a job went on by itself after its last interruption.
 *
 * @param at when
 * @param how the saved state from which it was resumed, or that it began anew
 * @param why the interruption
 */
public record Resumed(Instant at, Cause how, Cause why) {

  /** The codes of causes that say how a job goes on. */
  public static Set<String> codes() {
    return Set.of(
        CauseJson.code(Cause.Continued.class),
        Cause.Simple.CONTINUED_AFTER_TRAINING.code(),
        Cause.Simple.BEGUN_ANEW.code());
  }

  /**
   * Finds it in a job's history, oldest change first. Empty if the job was never interrupted or has
   * not gone on since.
   */
  public static Optional<Resumed> last(List<Transition> history) {
    Optional<Cause> why = Optional.empty();
    Optional<Resumed> last = Optional.empty();
    for (Transition change : history) {
      if (change.to() == JobState.Name.INTERRUPTED) {
        why = Optional.of(change.cause());
        last = Optional.empty();
      } else if (last.isEmpty() && codes().contains(change.cause().code())) {
        last = why.map(interruption -> new Resumed(change.at(), change.cause(), interruption));
      }
    }
    return last;
  }

  /** For example: resumed from epoch 7 of 30 (the server was stopped). */
  public String text(JobSpec spec) {
    Optional<Integer> epochs = spec.find(TrainExperiment.EPOCHS);
    String point =
        how instanceof Cause.Continued(int epoch, _)
            ? "resumed from epoch %d%s".formatted(epoch, epochs.map(" of %d"::formatted).orElse(""))
            : how == Cause.Simple.BEGUN_ANEW && epochs.isPresent()
                ? "began again, as no intact checkpoint had been saved"
                : how.text();
    Cause interruption = why instanceof Cause.During(Cause cause, _) ? cause : why;
    return "%s (%s)".formatted(point, interruption.text());
  }
}
