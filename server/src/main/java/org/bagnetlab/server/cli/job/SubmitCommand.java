package org.bagnetlab.server.cli.job;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Queues a job on a running server: a subcommand for each experiment. */
@Command(name = "submit", description = "Queue a job on a running server.")
public final class SubmitCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  /** Arguments that are not a known subcommand. */
  @Parameters(hidden = true)
  private List<String> unknown = List.of();

  /** Adds a subcommand for each experiment to the submit command of a command line. */
  public static void addExperiments(CommandLine line) {
    CommandLine submit = Objects.requireNonNull(line.getSubcommands().get("submit"));
    // Set before subcommands are added, so that the error for an unknown subcommand reports its
    // name and not its options.
    submit.setUnmatchedOptionsArePositionalParams(true);
    for (Experiment<?> experiment : Experiments.all()) {
      submit.addSubcommand(experiment.name(), ExperimentCommand.of(experiment));
    }
  }

  @Override
  public Integer call() {
    CommandSpec asked = Objects.requireNonNull(spec);
    String known = String.join(", ", Experiments.names());
    throw new ParameterException(
        asked.commandLine(),
        unknown.isEmpty()
            ? "Choose an experiment: %s.".formatted(known)
            : "There is no experiment '%s'. Known: %s.".formatted(unknown.get(0), known));
  }
}
