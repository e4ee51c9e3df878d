package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;

/**
 * A training that a view leaves out, since it does not count as a result.
 *
 * @param run the training
 * @param label display name of its network
 * @param seed seed of the training
 * @param trouble what is wrong with it
 */
public record LeftOut(long run, String label, long seed, Trouble trouble) {

  /** Describes trainings that have a trouble. */
  public static List<LeftOut> of(List<MeasuredRun> runs, Networks networks) {
    return runs.stream()
        .flatMap(run -> run.trouble().map(trouble -> of(run, trouble, networks)).stream())
        .toList();
  }

  private static LeftOut of(MeasuredRun run, Trouble trouble, Networks networks) {
    return new LeftOut(
        run.job(), networks.label(run.spec().architecture()), run.spec().seed(), trouble);
  }

  /** An error message: this training cannot be chosen as the run of a setting. */
  public String refusal() {
    return "Run %d is left out, since %s. With troubled=true it counts."
        .formatted(run, trouble.text());
  }

  /** A note for tables. Empty if no training is left out. */
  public static Optional<String> note(List<LeftOut> runs) {
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Trainings that learnt nothing are left out: %s."
                .formatted(
                    String.join(
                        "; ",
                        runs.stream()
                            .map(
                                each ->
                                    "%s, seed %d, run %d (%s)"
                                        .formatted(
                                            each.label(),
                                            each.seed(),
                                            each.run(),
                                            each.trouble().text()))
                            .toList())));
  }
}
