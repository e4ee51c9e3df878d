package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.results.number.ResultJson.RunConfiguration;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Csv;
import org.bagnetlab.server.table.Table;

/** Writes results as comma-separated values, with one column for each axis that occurs. */
public final class ResultCsv {

  private ResultCsv() {}

  /** The rows, after a header line. */
  public static String of(List<ResultJson> results) {
    List<Column<ResultJson>> columns = new ArrayList<>();
    columns.add(column("experiment", result -> Optional.of(result.experiment())));
    columns.add(column("output", result -> Optional.of(result.output())));
    columns.add(column("metric", result -> Optional.of(result.metric())));
    columns.add(column("set", result -> Optional.of(result.set())));
    columns.add(column("value", result -> Optional.of(result.value()).filter(Double::isFinite)));
    columns.add(column("images", ResultJson::images));
    columns.add(column("job", result -> Optional.of(result.job())));
    columns.add(column("run", ResultJson::run));
    columns.add(ofRun("architecture", run -> Optional.of(run.architecture())));
    columns.add(ofRun("regime", run -> run.settings().regime()));
    columns.add(ofRun("seed", RunConfiguration::seed));
    columns.add(ofRun("imported", RunConfiguration::imported));
    TrainExperiment.DISTINGUISHING.forEach(
        parameter ->
            columns.add(
                ofRun(
                    parameter.name(),
                    run -> RowSettings.value(parameter, run.settings().settings()))));
    TreeSet<String> axes = new TreeSet<>();
    results.forEach(result -> result.axes().fieldNames().forEachRemaining(axes::add));
    axes.forEach(
        axis ->
            columns.add(
                column(
                    axis,
                    result -> Optional.ofNullable(result.axes().get(axis)).map(JsonNode::asText))));
    return Csv.of(new Table<>("results", "Results", columns, results, List.of()));
  }

  private static Column<ResultJson> column(String name, Function<ResultJson, Optional<?>> value) {
    return Column.of(name, name, Role.VALUE, value);
  }

  private static Column<ResultJson> ofRun(
      String name, Function<RunConfiguration, Optional<?>> value) {
    return column(name, result -> result.configuration().flatMap(value));
  }
}
