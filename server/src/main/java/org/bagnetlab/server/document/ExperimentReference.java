package org.bagnetlab.server.document;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Description;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;

/**
 * Generates the Markdown reference of an experiment's settings and results from its description.
 * The reference is appended to the page of the experiment, whose first part is written by hand in
 * {@code docs/experiments}.
 */
public final class ExperimentReference {

  private static final String FOLDER = "docs/experiments/";
  private static final String END = ".md";

  private ExperimentReference() {}

  /** The path of an experiment's document in the source tree. */
  public static String file(String experiment) {
    return FOLDER + experiment + END;
  }

  /** The experiment that a document describes. Empty for other documents. */
  public static Optional<Experiment<?>> of(String file) {
    return file.startsWith(FOLDER) && file.endsWith(END)
        ? Experiments.find(file.substring(FOLDER.length(), file.length() - END.length()))
        : Optional.empty();
  }

  /**
   * The reference of an experiment.
   *
   * @param catalogue provides the choices of its parameters
   */
  public static String text(Experiment<?> experiment, Catalogue catalogue) {
    Markdown page = new Markdown();
    page.heading(2, "Source");
    page.paragraph(Markdown.plain(experiment.source().text()) + ".");
    page.heading(2, "Parameters");
    page.paragraph(
        "In requests and sweep files by their names, on the command line as options: "
            + Markdown.code("./bagnetlab submit " + experiment.name() + " --help")
            + ".");
    if (experiment.interactive()) {
      page.paragraph("It may run in parallel to the queue: `--interactive`.");
    }
    parameters(page, experiment, catalogue);
    if (!experiment.outputs().isEmpty()) {
      page.heading(2, "Outputs");
      page.table("output", "", "form", "metric", "unit", "better", "axes");
      experiment.outputs().forEach(output -> row(page, output));
    }
    return page.toString();
  }

  private static void parameters(Markdown page, Description experiment, Catalogue catalogue) {
    page.table("parameter", "option", "", "values", "unit", "default");
    Values values = new Values(catalogue);
    for (Parameter<?> parameter : experiment.parameters()) {
      page.row(
          Markdown.code(parameter.name()),
          Markdown.code(parameter.option()),
          Markdown.plain(parameter.help()),
          Markdown.plain(parameter.type().words(values)),
          Markdown.plain(parameter.unit().orElse("")),
          Markdown.plain(parameter.defaultValue().words().orElse("required")));
    }
  }

  private static void row(Markdown page, Output output) {
    page.row(
        Markdown.code(output.name()),
        Markdown.plain(output.label()),
        output.kind().name().toLowerCase(Locale.ROOT),
        Markdown.plain(output.metric().label()),
        output.metric().unit().name().toLowerCase(Locale.ROOT),
        output.metric().better().name().toLowerCase(Locale.ROOT),
        output.axes().stream().map(ExperimentReference::axis).collect(Collectors.joining(", ")));
  }

  private static String axis(Axis axis) {
    return "%s (%s%s)"
        .formatted(
            Markdown.code(axis.name()),
            Markdown.plain(axis.label()),
            axis.unit().map(unit -> " in " + unit).orElse(""));
  }
}
