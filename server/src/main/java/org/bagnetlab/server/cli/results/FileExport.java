package org.bagnetlab.server.cli.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cost.CostText;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;

/**
 * Writes views and figures as files, with a README in each directory.
 *
 * @param directory the directory of the files
 * @param again options of the command that would write the same files again
 * @param cost what the jobs behind the files cost
 */
record FileExport(Path directory, String again, CostSumJson cost) {

  static final List<ViewForm> FORMS = List.of(ViewForm.CSV, ViewForm.JSON, ViewForm.LATEX);

  /** A view or a figure with its files and a description of their contents. */
  private record Written(String name, String contents, List<String> extensions) {}

  /** The files of one directory. */
  private final class Part {

    /**
     * The experiment whose outputs the files contain; empty if they contain the views of studies.
     */
    private final Optional<String> experiment;

    /** Each view as a readable table or, if it has too many rows, a reference to its file. */
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

    void write(ReadView read) throws IOException {
      View<?> view = read.view();
      Files.createDirectories(directory());
      for (ViewForm form : FORMS) {
        Files.writeString(file(view.name(), form.extension()), read.text(form));
      }
      tables.put(
          view,
          view.listsRuns()
              ? "One row for each run: [%s.csv](%s.csv).%n".formatted(view.name(), view.name())
              : "```%n%s```%n".formatted(read.text(ViewForm.TABLE)));
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

  /** Writes all files, and returns their number. */
  int write(List<ReadView> views, List<Figures.Figure> figures) throws IOException {
    Map<Optional<String>, Part> parts = new LinkedHashMap<>();
    for (ReadView read : views) {
      parts.computeIfAbsent(read.view().experiment(), Part::new).write(read);
    }
    for (Figures.Figure figure : figures) {
      // The figures of an output are named after its view.
      Part part = parts.get(View.find(figure.name()).flatMap(View::experiment));
      if (part != null) {
        part.write(figure);
      }
    }
    for (Part part : parts.values()) {
      Files.writeString(
          part.directory().resolve("README.md"),
          part.experiment.isPresent() ? analysis(part) : studies(part, parts.values()));
    }
    return parts.values().stream().mapToInt(Part::files).sum();
  }

  /**
   * The README: describes each file and contains each view as text, with data set, regimes and
   * seeds in the caption.
   */
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

  /** The README of an analysis: its method, figures, files and numbers. */
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
            ./bagnetlab results export %s
            ```

            Accuracies are in [0, 1]; a column ending in `Low` or `High` is an end of a 95 %% interval.
            %s
            | contents | files |
            |---|---|
            """
                .formatted(title, again, costWords()));
    for (Written each : part.written) {
      text.append("| %s | %s |%n".formatted(each.contents(), links(each)));
    }
    return text.toString();
  }

  private String costWords() {
    return cost.jobs() == 0
        ? ""
        : "%nThe %s on this data set used %s, those that failed included.%n"
            .formatted(Count.of(cost.jobs(), "job"), CostText.of(cost));
  }

  private static String links(Written written) {
    return written.extensions().stream()
        .map(extension -> "[%s](%s.%s)".formatted(extension, written.name(), extension))
        .collect(Collectors.joining(", "));
  }

  private static String tables(Part part) {
    StringBuilder text = new StringBuilder();
    part.tables.forEach(
        (view, table) -> text.append("%n## %s%n%n".formatted(view.name())).append(table));
    return text.toString();
  }
}
