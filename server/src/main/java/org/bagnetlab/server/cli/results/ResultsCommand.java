package org.bagnetlab.server.cli.results;

import java.util.Iterator;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.results.view.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a view of the results. */
@Command(
    name = "results",
    description = "Print a view of the results, or export all of them.",
    subcommands = ExportCommand.class)
public final class ResultsCommand implements Callable<Integer> {

  /** The names of the views, for the help text. */
  static final class ViewNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return View.all().stream().map(View::name).iterator();
    }
  }

  @Option(
      names = "--view",
      defaultValue = "comparison",
      completionCandidates = ViewNames.class,
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String view = "";

  @Mixin private ViewOptions options = new ViewOptions();

  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    if (View.all().stream().map(View::name).noneMatch(view::equals)) {
      throw new Failure("There is no view '%s'. Known: %s.".formatted(view, View.known(view)));
    }
    (json ? FormatOption.json() : format).print(client, view, options.query(client));
    return 0;
  }
}
