package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.results.number.ResultJson.RunConfiguration;
import org.bagnetlab.server.results.run.RowSettings;
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
                "regime",
                "seed",
                "imported"));
    TrainExperiment.DISTINGUISHING.forEach(parameter -> header.add(parameter.name()));
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
    row.add(run.map(RunConfiguration::architecture).orElse(""));
    row.add(optional(run, configuration -> configuration.settings().regime()));
    row.add(optional(run, RunConfiguration::seed));
    row.add(optional(run, RunConfiguration::imported));
    for (Parameter<?> parameter : TrainExperiment.DISTINGUISHING) {
      row.add(
          optional(
              run,
              configuration -> RowSettings.value(parameter, configuration.settings().settings())));
    }
    for (String axis : axes) {
      JsonNode position = result.axes().path(axis);
      row.add(position.isMissingNode() ? "" : position.asText());
    }
    return row;
  }

  private static String optional(
      Optional<RunConfiguration> run, Function<RunConfiguration, Optional<?>> field) {
    return run.flatMap(field).map(String::valueOf).orElse("");
  }
}
