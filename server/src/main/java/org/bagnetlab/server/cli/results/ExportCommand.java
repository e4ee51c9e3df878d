package org.bagnetlab.server.cli.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.Countdown;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.results.View;
import org.bagnetlab.server.results.ViewForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes all views and figures as files. */
@Command(
    name = "export",
    description = {
      "Write every view of a data set as CSV, JSON and LaTeX, and every figure as SVG and PNG;",
      "analyses have directories of their own.",
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

  /** A view or a figure with its files, and what is in them. */
  private record Written(String name, String contents, List<String> extensions) {}

  /** Files of one directory. */
  private final class Part {

    /** Whose outputs they are; empty: of all views of studies. */
    private final Optional<String> experiment;

    /** Each view as a table for people. */
    private final Map<View<?>, String> tables = new LinkedHashMap<>();

    private final List<Written> written = new ArrayList<>();

    Part(Optional<String> experiment) {
      this.experiment = experiment;
    }

    Path directory() {
      return experiment.map(directory::resolve).orElse(directory);
    }

    private Path file(String name, String extension) {
      return directory().resolve(name + "." + extension);
    }

    void write(View<?> view, Map<ViewForm, String> texts) throws IOException {
      Files.createDirectories(directory());
      for (ViewForm form : FORMS) {
        Files.writeString(
            file(view.name(), form.extension()), Objects.requireNonNull(texts.get(form)));
      }
      tables.put(view, Objects.requireNonNull(texts.get(ViewForm.TABLE)));
      written.add(
          new Written(
              view.name(),
              "The view `%s`".formatted(view.name()),
              FORMS.stream().map(ViewForm::extension).toList()));
    }

    void write(Figures.Figure figure) throws IOException {
      Files.writeString(file(figure.name(), "svg"), figure.svg());
      Files.write(file(figure.name(), "png"), figure.png());
      written.add(new Written(figure.name(), figure.title(), List.of("svg", "png")));
    }

    int files() {
      return written.stream().mapToInt(each -> each.extensions().size()).sum() + 1;
    }
  }

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    String query = options.ofOneDataset(client).query(client);
    Map<Optional<String>, Part> parts = new LinkedHashMap<>();
    Countdown countdown = new Countdown("views");
    for (int i = 0; i < View.all().size(); i++) {
      countdown.report(i, View.all().size());
      View<?> view = View.all().get(i);
      String csv = text(client, view, ViewForm.CSV, query);
      // Most labs run few of the experiments.
      if (view.experiment().isEmpty() || csv.lines().count() > 1) {
        Map<ViewForm, String> texts = new EnumMap<>(ViewForm.class);
        for (ViewForm form : ViewForm.values()) {
          texts.put(form, form == ViewForm.CSV ? csv : text(client, view, form, query));
        }
        parts.computeIfAbsent(view.experiment(), Part::new).write(view, texts);
      }
    }
    Optional<Chromium> chromium = Chromium.find(System.getenv());
    if (chromium.isPresent()) {
      countdown.begin("drawing the figures");
      String document = chromium.get().document(client.page("figure" + query));
      for (Figures.Figure figure : Figures.of(document)) {
        // Figures of an output have its view's name.
        Part part = parts.get(View.find(figure.name()).flatMap(View::experiment));
        if (part != null) {
          part.write(figure);
        }
      }
    } else {
      System.err.println("Figures need Chromium: install it, or set BAGNETLAB_CHROMIUM.");
    }
    for (Part part : parts.values()) {
      Files.writeString(
          part.directory().resolve("README.md"),
          part.experiment.isPresent() ? analysis(part) : studies(part, parts.values()));
    }
    countdown.clear();
    System.out.printf(
        "Wrote %d files to %s.%n", parts.values().stream().mapToInt(Part::files).sum(), directory);
    return 0;
  }

  private static String text(LabClient client, View<?> view, ViewForm form, String query)
      throws IOException, InterruptedException {
    try {
      return client.text("export/%s.%s%s".formatted(view.name(), form.extension(), query));
    } catch (Failure e) {
      throw new Failure(
          "The view %s could not be read, so the export is not complete: %s"
              .formatted(view.name(), e.getMessage()));
    }
  }

  /** What each file is, and each view as text, whose caption has data set, regimes and seeds. */
  private String studies(Part studies, Collection<Part> parts) {
    StringBuilder text = new StringBuilder(head("Results", studies));
    parts.stream()
        .flatMap(part -> part.experiment.stream())
        .forEach(
            name ->
                text.append(
                    "| [%s](%s/README.md) | The analysis `%s` |%n".formatted(name, name, name)));
    return text + tables(studies);
  }

  /** The method of an analysis, its figures, files and numbers. */
  private String analysis(Part part) {
    Experiment<?> experiment = Experiments.find(part.experiment.orElseThrow()).orElseThrow();
    StringBuilder text =
        new StringBuilder(head(experiment.label(), part))
            .append(
                "%n%s Method: %s.%n".formatted(experiment.summary(), experiment.source().text()));
    for (Written figure : part.written) {
      if (figure.extensions().contains("svg")) {
        text.append("%n![%s](%s.svg)%n".formatted(figure.contents(), figure.name()));
      }
    }
    return text + tables(part);
  }

  private String head(String title, Part part) {
    StringBuilder text =
        new StringBuilder(
            """
            # %s

            Written from a lab's stored runs by

            ```
            ./bagnetlab results export --to %s%s
            ```

            Accuracies are in [0, 1]; a column ending in `Low` or `High` is an end of a 95 %% interval.

            | contents | files |
            |---|---|
            """
                .formatted(title, directory, options.again()));
    for (Written each : part.written) {
      text.append("| %s | %s |%n".formatted(each.contents(), links(each)));
    }
    return text.toString();
  }

  private static String links(Written written) {
    return written.extensions().stream()
        .map(extension -> "[%s](%s.%s)".formatted(extension, written.name(), extension))
        .collect(Collectors.joining(", "));
  }

  private static String tables(Part part) {
    StringBuilder text = new StringBuilder();
    part.tables.forEach(
        (view, table) ->
            text.append("%n## %s%n%n```%n".formatted(view.name()))
                .append(table)
                .append("```%n".formatted()));
    return text.toString();
  }
}
