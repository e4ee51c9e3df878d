package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.results.ReceptiveFields.Accuracy;
import org.bagnetlab.server.results.ReceptiveFields.PublishedAccuracy;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Table;

/** Accuracy over receptive field in columns. */
final class ReceptiveFieldTable {

  private ReceptiveFieldTable() {}

  /** A network with what was measured or published of it. */
  private record Row(
      String architecture,
      String label,
      Optional<Integer> receptiveField,
      Optional<Accuracy> measured,
      Optional<Double> published) {}

  static Table<?> of(ReceptiveFields view, ViewFilter filter) {
    boolean published = filter.showsPublished(view.datasets());
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(AccuracyColumns.network(Row::architecture, Row::label));
    columns.add(AccuracyColumns.receptiveField(Row::receptiveField));
    columns.addAll(
        RowSettings.columns(row -> row.measured().map(each -> each.network().settings())));
    columns.add(AccuracyColumns.seeds(row -> row.measured().map(each -> each.test().n())));
    columns.add(
        AccuracyColumns.measured("test", "Test", row -> row.measured().map(Accuracy::test)));
    columns.add(
        AccuracyColumns.linearBagLimit(row -> row.measured().flatMap(Accuracy::linearBagLimit)));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(view.datasets()));
    notes.add(AccuracyColumns.INTERVALS);
    if (view.accuracies().stream().anyMatch(row -> row.readouts().isPresent())) {
      columns.addAll(AccuracyColumns.readouts(row -> row.measured().flatMap(Accuracy::readouts)));
      notes.add(AccuracyColumns.READOUTS);
    }
    if (published) {
      columns.add(AccuracyColumns.share("publishedTest", "Published test", Row::published));
      notes.add(AccuracyColumns.PUBLISHED);
    }
    return new Table<>(
        "receptive-field",
        "Test accuracy by receptive field",
        columns,
        rows(view, published),
        notes);
  }

  /** By field; networks that were only published among them, if those values are shown. */
  private static List<Row> rows(ReceptiveFields view, boolean published) {
    Stream<Row> measured =
        view.accuracies().stream()
            .map(
                each ->
                    new Row(
                        each.network().architecture(),
                        each.network().label(),
                        each.network().receptiveField(),
                        Optional.of(each),
                        view.published().stream()
                            .filter(
                                other -> other.architecture().equals(each.network().architecture()))
                            .map(PublishedAccuracy::test)
                            .findFirst()));
    Stream<Row> others =
        view.published().stream()
            .filter(
                each ->
                    published
                        && view.accuracies().stream()
                            .noneMatch(
                                other ->
                                    other.network().architecture().equals(each.architecture())))
            .map(
                each ->
                    new Row(
                        each.architecture(),
                        each.label(),
                        each.receptiveField(),
                        Optional.empty(),
                        Optional.of(each.test())));
    return Stream.concat(measured, others)
        .sorted(Comparator.comparing(row -> row.receptiveField().orElse(Integer.MAX_VALUE)))
        .toList();
  }
}
