package org.bagnetlab.server.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.cli.TerminalOfTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The options of an experiment, their choices and defaults are those of its description. */
class SubmitCommandTests {

  private static CommandLine submit() {
    CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
    line.addSubcommand("submit", new SubmitCommand());
    SubmitCommand.addExperiments(line);
    return Objects.requireNonNull(line.getSubcommands().get("submit"));
  }

  private static String help(String experiment) {
    StringWriter help = new StringWriter();
    Objects.requireNonNull(submit().getSubcommands().get(experiment)).usage(new PrintWriter(help));
    return help.toString().replaceAll("\\s+", " ");
  }

  @Test
  void everyParameterIsAnOption() {
    for (Experiment<?> experiment : Experiments.all()) {
      assertThat(help(experiment.name()))
          .contains(experiment.parameters().stream().map(Parameter::option).toList())
          .contains("--server", "--json");
    }
  }

  @Test
  void helpSaysChoicesAndDefaults() {
    assertThat(help("train"))
        .contains("resnet50, ", "bagnet33")
        .contains(
            "1 to 1000. Default: that of the recipe: quick 6, report 40, sgd 6, augmented 60, finetune 30.")
        .contains("40 to 512, a multiple of 4 px.")
        .contains("Default: random weights, from scratch.");
    assertThat(help("heatmap"))
        .contains("1, 2, 4 or 8 px. Default: 1.")
        .contains("faithful, report. Default: faithful.");
  }

  @Test
  void aRefusedValueIsNamedAsItsOption(@TempDir Path data) throws Exception {
    try (TestServer server = new TestServer(data);
        TerminalOfTests terminal = new TerminalOfTests()) {
      int code =
          terminal.run(
              "submit",
              "train",
              "--arch",
              "bagnet9",
              "--dataset",
              "controlled-15",
              "--learning-rate",
              "3",
              "--server",
              server.at("/").toString());
      assertThat(code).isEqualTo(2);
      assertThat(terminal.said()).startsWith("bagnetlab: --learning-rate must be from ");
    }
  }

  @Test
  void whatIsMissingOrUnknownIsWrongUsage() {
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(terminal.run("submit")).isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(terminal.said()).contains("Choose an experiment: train, evaluate, heatmap");
      assertThat(terminal.run("submit", "train", "--arch", "bagnet9"))
          .isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(terminal.said()).contains("Missing required option: '--dataset=DATASET'");
      assertThat(terminal.run("submit", "bake", "--run", "7"))
          .isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(terminal.said())
          .contains("There is no experiment 'bake'. Known: train, evaluate, heatmap");
      assertThat(terminal.run("submit", "train", "--arch", "bagnet9", "--epochs", "many"))
          .isEqualTo(CommandLine.ExitCode.USAGE);
    }
  }
}
