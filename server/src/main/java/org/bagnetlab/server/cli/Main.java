package org.bagnetlab.server.cli;

import java.util.Locale;
import org.bagnetlab.experiment.ModuleFailure;
import org.bagnetlab.experiment.request.Alike;
import org.bagnetlab.server.cli.access.AuditCommand;
import org.bagnetlab.server.cli.access.TokenCommand;
import org.bagnetlab.server.cli.backup.BackupCommand;
import org.bagnetlab.server.cli.backup.RestoreCommand;
import org.bagnetlab.server.cli.dataset.DatasetCommand;
import org.bagnetlab.server.cli.device.DevicesCommand;
import org.bagnetlab.server.cli.doctor.DoctorCommand;
import org.bagnetlab.server.cli.engine.BenchCommand;
import org.bagnetlab.server.cli.engine.DescribeCommand;
import org.bagnetlab.server.cli.engine.HeatmapCommand;
import org.bagnetlab.server.cli.engine.PredictCommand;
import org.bagnetlab.server.cli.housekeeping.NotifyTestCommand;
import org.bagnetlab.server.cli.housekeeping.StorageCommand;
import org.bagnetlab.server.cli.job.CancelCommand;
import org.bagnetlab.server.cli.job.DeleteCommand;
import org.bagnetlab.server.cli.job.DownloadCommand;
import org.bagnetlab.server.cli.job.JobsCommand;
import org.bagnetlab.server.cli.job.LogsCommand;
import org.bagnetlab.server.cli.job.MoveCommand;
import org.bagnetlab.server.cli.job.PauseCommand;
import org.bagnetlab.server.cli.job.ReproduceCommand;
import org.bagnetlab.server.cli.job.ResumeCommand;
import org.bagnetlab.server.cli.job.ShowCommand;
import org.bagnetlab.server.cli.job.SubmitCommand;
import org.bagnetlab.server.cli.job.WatchCommand;
import org.bagnetlab.server.cli.lab.Refused;
import org.bagnetlab.server.cli.results.CompareCommand;
import org.bagnetlab.server.cli.results.DigestCommand;
import org.bagnetlab.server.cli.results.PredictionsCommand;
import org.bagnetlab.server.cli.results.ResultsCommand;
import org.bagnetlab.server.cli.run.DiffCommand;
import org.bagnetlab.server.cli.run.ExportRunCommand;
import org.bagnetlab.server.cli.run.ImportRunsCommand;
import org.bagnetlab.server.cli.run.NoteCommand;
import org.bagnetlab.server.cli.run.RunsCommand;
import org.bagnetlab.server.cli.run.TagCommand;
import org.bagnetlab.server.cli.serve.DemoCommand;
import org.bagnetlab.server.cli.serve.ServeCommand;
import org.bagnetlab.server.cli.sweep.SweepCommand;
import org.bagnetlab.server.cli.sweep.SweepsCommand;
import org.bagnetlab.server.cli.terminal.CompletionCommand;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.cli.terminal.Verbosity;
import org.bagnetlab.server.cli.weights.WeightsCommand;
import org.bagnetlab.server.engine.EngineFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code bagnetlab}. Exit codes: 0 for success, 1 for failure, 2 for wrong usage,
 * including values that the server refuses.
 */
@Command(
    name = "bagnetlab",
    description = "Train and compare BagNets: job queue, dashboard and command line.",
    footer = {
      "",
      "The launcher script adds two commands:",
      "  build       build workers for other devices, too: cuda, torch, torch-cuda",
      "  test        run all checks of CI",
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      DoctorCommand.class,
      DescribeCommand.class,
      DatasetCommand.class,
      WeightsCommand.class,
      PredictCommand.class,
      HeatmapCommand.class,
      BenchCommand.class,
      SubmitCommand.class,
      SweepCommand.class,
      SweepsCommand.class,
      JobsCommand.class,
      ShowCommand.class,
      WatchCommand.class,
      LogsCommand.class,
      PauseCommand.class,
      CancelCommand.class,
      MoveCommand.class,
      ResumeCommand.class,
      DeleteCommand.class,
      DownloadCommand.class,
      RunsCommand.class,
      TagCommand.class,
      NoteCommand.class,
      ResultsCommand.class,
      CompareCommand.class,
      DiffCommand.class,
      ExportRunCommand.class,
      ReproduceCommand.class,
      ImportRunsCommand.class,
      PredictionsCommand.class,
      DigestCommand.class,
      DevicesCommand.class,
      StorageCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      NotifyTestCommand.class,
      TokenCommand.class,
      AuditCommand.class,
      CompletionCommand.class,
    },
    version = "bagnetlab 0.1.0")
public final class Main implements Verbosity {

  @Option(
      names = "--verbose",
      description = "Show stack traces of errors.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  private Main() {}

  /** Runs the command line and exits. */
  public static void main(String[] arguments) {
    // Other programs parse printed numbers, so their format must not depend on the locale.
    Locale.setDefault(Locale.ROOT);
    // Charts of messages are drawn without a screen, even where one is forwarded.
    System.setProperty("java.awt.headless", "true");
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return Terminal.escaping(() -> execute(arguments));
  }

  /** The command line, with a subcommand of submit for each experiment. */
  static CommandLine commandLine() {
    return commandLine(new Main());
  }

  private static CommandLine commandLine(Main main) {
    CommandLine line = new CommandLine(main);
    SubmitCommand.addExperiments(line);
    BenchCommand.addInput(line);
    addHelp(line);
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getSubcommands().values().forEach(Main::addHelp);
  }

  private static int execute(String... arguments) {
    Main main = new Main();
    CommandLine line;
    try {
      line = commandLine(main);
    } catch (LinkageError e) {
      System.err.println("bagnetlab: " + ModuleFailure.in(e).orElseThrow(() -> e).getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (main.verbose) {
            if (failure instanceof EngineFailure engine) {
              engine.said().forEach(System.err::println);
            }
            failure.printStackTrace();
          }
          System.err.println("bagnetlab: " + message(failure));
          return failure instanceof Refused
              ? CommandLine.ExitCode.USAGE
              : CommandLine.ExitCode.SOFTWARE;
        });
    line.setParameterExceptionHandler(
        (failure, wrong) -> {
          System.err.println("bagnetlab: " + wrongUsage(failure));
          System.err.printf(
              "Try: ./%s --help%n", failure.getCommandLine().getCommandSpec().qualifiedName());
          return CommandLine.ExitCode.USAGE;
        });
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      // Not an Exception, so the handler above does not receive it.
      System.err.println("bagnetlab: Out of memory: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Override
  public boolean verbose() {
    return verbose;
  }

  /** Explains what is wrong with the arguments, and suggests a correction of a mistyped word. */
  private static String wrongUsage(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(failure.getMessage());
    }
    String word = Terminal.line(unmatched.getUnmatched().get(0));
    CommandLine command = unmatched.getCommandLine();
    String name = command.getCommandSpec().name();
    String what =
        unmatched.isUnknownOption()
            ? "%s has no option '%s'.".formatted(name, word)
            : command.getSubcommands().isEmpty()
                ? "%s takes no argument '%s'.".formatted(name, word)
                : "There is no command '%s'.".formatted(word);
    return Alike.of(
            word,
            unmatched.isUnknownOption()
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet())
        .map(alike -> "%s Did you mean %s?".formatted(what, alike))
        .orElse(what);
  }

  /** The message for users; usually one line. */
  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
