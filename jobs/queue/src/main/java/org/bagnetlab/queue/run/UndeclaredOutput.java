package org.bagnetlab.queue.run;

import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent.Result;

/** Reports an output that the experiment does not declare, so that no table would show it. */
final class UndeclaredOutput extends RuntimeException {

  private static final long serialVersionUID = 1;

  private UndeclaredOutput(String message) {
    super(message);
  }

  /** The error in a result; empty: its output is declared. */
  static Optional<UndeclaredOutput> of(JobSpec spec, Result result) {
    boolean declared =
        Experiments.of(spec).stream()
            .flatMap(experiment -> experiment.outputs().stream())
            .anyMatch(
                output ->
                    output.name().equals(result.output())
                        && output.metric().name().equals(result.metric()));
    return declared
        ? Optional.empty()
        : Optional.of(
            new UndeclaredOutput(
                "The experiment '%s' declares no output '%s' with metric '%s'."
                    .formatted(spec.kind(), result.output(), result.metric())));
  }
}
