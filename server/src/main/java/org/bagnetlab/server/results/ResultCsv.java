package org.bagnetlab.server.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.DuplicateImages;
import org.bagnetlab.experiment.train.Preparation;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.server.results.ResultJson.RunConfiguration;
import org.bagnetlab.server.table.Csv;

/** Results as comma-separated values, with a column for each axis that occurs. */
public final class ResultCsv {

  private ResultCsv() {}

  /** The rows, below the names of their columns. */
  public static String of(List<ResultJson> results) {
    TreeSet<String> axes = new TreeSet<>();
    results.forEach(result -> result.axes().fieldNames().forEachRemaining(axes::add));
    List<String> header =
        new ArrayList<>(
            List.of(
                "experiment",
                "output",
                "metric",
                "set",
                "value",
                "images",
                "job",
                "run",
                "architecture",
                "dataset",
                "imageSize",
                "width",
                "recipe",
                "regime",
                "seed",
                "imported",
                "precision",
                "preparation",
                "duplicates",
                "trainImages",
                "sparsity"));
    header.addAll(axes);
    StringBuilder csv = new StringBuilder();
    csv.append(Csv.line(header));
    for (ResultJson result : results) {
      csv.append(Csv.line(row(result, axes)));
    }
    return csv.toString();
  }

  private static List<String> row(ResultJson result, SortedSet<String> axes) {
    List<String> row = new ArrayList<>();
    row.add(result.experiment());
    row.add(result.output());
    row.add(result.metric());
    row.add(result.set());
    row.add(Double.isFinite(result.value()) ? Double.toString(result.value()) : "");
    row.add(result.images().map(String::valueOf).orElse(""));
    row.add(Long.toString(result.job()));
    row.add(result.run().map(String::valueOf).orElse(""));
    Optional<RunConfiguration> run = result.configuration();
    row.add(text(run, RunConfiguration::architecture));
    row.add(optional(run, RunConfiguration::dataset));
    row.add(text(run, RunConfiguration::imageSize));
    row.add(text(run, RunConfiguration::width));
    row.add(optional(run, configuration -> configuration.recipe().map(Recipe::text)));
    row.add(text(run, RunConfiguration::regime));
    row.add(optional(run, RunConfiguration::seed));
    row.add(optional(run, RunConfiguration::imported));
    row.add(text(run, configuration -> configuration.precision().orElse(Precision.FP32).text()));
    row.add(
        text(run, configuration -> configuration.preparation().orElse(Preparation.PILLOW).text()));
    row.add(
        text(run, configuration -> configuration.duplicates().orElse(DuplicateImages.KEEP).text()));
    // How imported weights were trained is not known.
    Optional<RunConfiguration> here =
        run.filter(configuration -> configuration.imported().isEmpty());
    row.add(
        text(
            here,
            configuration ->
                configuration.trainImages().map(String::valueOf).orElse(RowSettings.ALL_IMAGES)));
    row.add(text(here, configuration -> Decimal.plain(configuration.sparsity().orElse(0.0))));
    for (String axis : axes) {
      JsonNode position = result.axes().path(axis);
      row.add(position.isMissingNode() ? "" : position.asText());
    }
    return row;
  }

  private static String text(
      Optional<RunConfiguration> run, Function<RunConfiguration, Object> field) {
    return run.map(field).map(String::valueOf).orElse("");
  }

  private static String optional(
      Optional<RunConfiguration> run, Function<RunConfiguration, Optional<?>> field) {
    return run.flatMap(field).map(String::valueOf).orElse("");
  }
}
