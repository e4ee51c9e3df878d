package org.bagnetlab.server.cli.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.results.View;
import org.bagnetlab.server.results.ViewForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes all views and figures as files. */
@Command(
    name = "export",
    description = {
      "Write every view of a data set as CSV, JSON and LaTeX, and every figure as SVG and PNG.",
      "Figures need Chromium: BAGNETLAB_CHROMIUM, or chromium, chromium-browser or google-chrome on"
          + " the path."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  private static final List<ViewForm> FORMS = List.of(ViewForm.CSV, ViewForm.JSON, ViewForm.LATEX);

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description =
          "Directory of the files, which is created; files of the same names are replaced.")
  private Path directory = Path.of("");

  @Mixin private ViewOptions options = new ViewOptions();
  @Mixin private ServerOption server = new ServerOption();

  /** A file that was written, and what is in it. */
  private record Written(String name, String contents) {}

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    String query = options.ofOneDataset(client).query(client);
    Files.createDirectories(directory);
    List<Written> written = new ArrayList<>();
    List<View<?>> views = new ArrayList<>();
    for (View<?> view : View.all()) {
      if (!view.isOfOutput() || hasRows(client, view, query)) {
        views.add(view);
      }
    }
    for (View<?> view : views) {
      for (ViewForm form : FORMS) {
        String file = view.name() + "." + form.extension();
        Files.writeString(directory.resolve(file), client.text("export/" + file + query));
        written.add(new Written(file, "The view `%s` as %s".formatted(view.name(), form)));
      }
    }
    Optional<Chromium> chromium = Chromium.find(System.getenv());
    if (chromium.isPresent()) {
      String document = chromium.get().document(client.page("figure" + query));
      for (Figures.Figure figure : Figures.of(document)) {
        Files.writeString(directory.resolve(figure.name() + ".svg"), figure.svg());
        Files.write(directory.resolve(figure.name() + ".png"), figure.png());
        written.add(new Written(figure.name() + ".svg", figure.title()));
        written.add(new Written(figure.name() + ".png", "The same figure, twice as large"));
      }
    } else {
      System.err.println("Figures need Chromium: install it, or set BAGNETLAB_CHROMIUM.");
    }
    Files.writeString(directory.resolve("README.md"), readme(client, query, views, written));
    System.out.printf("Wrote %d files to %s.%n", written.size() + 1, directory);
    return 0;
  }

  /** Whether anything was found: most labs run few of the experiments. */
  private static boolean hasRows(LabClient client, View<?> view, String query)
      throws IOException, InterruptedException {
    return client
        .text("export/%s.csv%s".formatted(view.name(), query))
        .lines()
        .skip(1)
        .findAny()
        .isPresent();
  }

  /** What each file is, and each view as text, whose caption has data set, regimes and seeds. */
  private String readme(LabClient client, String query, List<View<?>> views, List<Written> written)
      throws IOException, InterruptedException {
    StringBuilder text =
        new StringBuilder(
            """
            # Results

            Written from a lab's stored runs by

            ```
            ./bagnetlab results export --to %s%s
            ```

            Accuracies are in [0, 1]; a column ending in `Low` or `High` is an end of a 95 %% interval.

            | file | contents |
            |---|---|
            """
                .formatted(directory, options.again()));
    for (Written file : written) {
      text.append("| [%s](%s) | %s |%n".formatted(file.name(), file.name(), file.contents()));
    }
    for (View<?> view : views) {
      text.append("%n## %s%n%n```%n".formatted(view.name()))
          .append(
              client.text(
                  "export/%s.%s%s".formatted(view.name(), ViewForm.TABLE.extension(), query)))
          .append("```%n".formatted());
    }
    return text.toString();
  }
}
