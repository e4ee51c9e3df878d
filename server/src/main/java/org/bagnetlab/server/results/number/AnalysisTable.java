package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows an output of an experiment as a table. */
public final class AnalysisTable {

  private AnalysisTable() {}

  /**
   * The numbers of an output, with one row for each network and position.
   *
   * @param name name of the table
   */
  public static Table<?> of(
      String name, Experiment<?> experiment, Output output, Analysis analysis) {
    List<Column<Analysis.Row>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(row -> row.network().architecture(), row -> row.network().label()));
    columns.add(AccuracyColumns.receptiveField(row -> row.network().receptiveField()));
    columns.add(Column.of("set", "Set", Role.SETTING, row -> Optional.of(row.set())));
    for (Axis axis : output.axes()) {
      columns.add(position(axis));
    }
    analysis.outputs().stream()
        .flatMap(found -> found.parameters().stream())
        .forEach(parameter -> columns.add(position(parameter)));
    columns.addAll(RowSettings.columns(row -> row.network().settings()));
    columns.add(AccuracyColumns.seeds(row -> Optional.of(row.value().n())));
    columns.add(
        output.metric().countsImages()
            ? AccuracyColumns.accuracy("value", output.label(), row -> Optional.of(row.value()))
            : AccuracyColumns.measured("value", output.label(), row -> Optional.of(row.value())));
    return new Table<>(
        name,
        "%s: %s".formatted(experiment.label(), output.label()),
        columns,
        analysis.outputs().stream().flatMap(found -> found.rows().stream()).toList(),
        Stream.concat(
                said(output, analysis),
                intervals(output, analysis, "Method: %s.".formatted(experiment.source().text()))
                    .stream())
            .toList());
  }

  /** How to read the numbers, and what they show. */
  private static Stream<String> said(Output output, Analysis analysis) {
    return Stream.concat(
        output.reading().map(OutputReading::how).stream(),
        analysis.outputs().stream().flatMap(found -> found.conclusions().stream()));
  }

  private static List<String> intervals(Output output, Analysis analysis, String method) {
    Stream<Measured> values =
        analysis.outputs().stream()
            .flatMap(found -> found.rows().stream())
            .map(Analysis.Row::value);
    return output.metric().countsImages()
        ? AccuracyColumns.intervals(values, method)
        : AccuracyColumns.intervalsOverSeeds(values, method);
  }

  private static Column<Analysis.Row> position(Axis axis) {
    return Column.of(
        axis.name(),
        axis.label() + axis.unit().map(unit -> " (%s)".formatted(unit)).orElse(""),
        Role.NAME,
        row -> Optional.ofNullable(row.at().get(axis.name())).map(JsonNode::asText));
  }
}
