package org.bagnetlab.server.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.server.cost.CostText;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;

/**
 * Writes views and figures as files, with a README in each directory.
 *
 * @param again the command that would write the same files again
 * @param cost what the jobs behind the files cost
 * @param to receives the files
 */
record FileExport(String again, CostSumJson cost, Exported to) {

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

    private String path(String name, String extension) {
      return experiment.map(directory -> directory + "/").orElse("") + name + "." + extension;
    }

    void write(WrittenView read) throws IOException {
      View<?> view = read.view();
      for (ViewForm form : FORMS) {
        to.file(ExportForm.FILES, path(view.name(), form.extension()), read.text(form));
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

    void write(Figure figure) throws IOException {
      to.file(ExportForm.FILES, path(figure.name(), "svg"), figure.svg());
      to.file(ExportForm.FILES, path(figure.name(), "png"), figure.png());
      to.file(ExportForm.FILES, path(figure.name(), "pdf"), figure.pdf());
      written.add(new Written(figure.name(), figure.title(), List.of("svg", "png", "pdf")));
    }
  }

  /** Writes all files. */
  void write(List<WrittenView> views, List<Figure> figures) throws IOException {
    Map<Optional<String>, Part> parts = new LinkedHashMap<>();
    for (WrittenView read : views) {
      parts.computeIfAbsent(read.view().experiment(), Part::new).write(read);
    }
    for (Figure figure : figures) {
      // The figures of an output are named after its view.
      Part part = parts.get(View.find(figure.name()).flatMap(View::experiment));
      if (part != null) {
        part.write(figure);
      }
    }
    for (Part part : parts.values()) {
      to.file(
          ExportForm.FILES,
          part.path("README", "md"),
          part.experiment.isPresent() ? analysis(part) : studies(part, parts.values()));
    }
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
            %s
            ```

            In CSV and JSON, accuracies are in [0, 1], and a column ending in `Low` or `High` is an end of a 95 %% interval.
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
        : "%nThe %d job%s on this data set used %s, those that failed included.%n"
            .formatted(cost.jobs(), cost.jobs() == 1 ? "" : "s", CostText.of(cost));
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
