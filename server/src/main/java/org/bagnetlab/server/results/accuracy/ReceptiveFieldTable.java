package org.bagnetlab.server.results.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.accuracy.ReceptiveFields.Accuracy;
import org.bagnetlab.server.results.accuracy.ReceptiveFields.PublishedAccuracy;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.BesidePublished;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Table;

/** Accuracy over receptive field in columns. */
public final class ReceptiveFieldTable {

  private ReceptiveFieldTable() {}

  /**
   * The accuracies of the view, the largest receptive fields last.
   *
   * @param publishedToo whether the report's accuracies are asked for, see {@link
   *     MeasuredOn#showPublished}
   */
  public static Table<?> of(ReceptiveFields view, boolean publishedToo) {
    boolean published = MeasuredOn.showPublished(publishedToo, view.datasets());
    List<Column<BesidePublished<Accuracy, PublishedAccuracy>>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(
            row ->
                row.either(each -> each.network().architecture(), PublishedAccuracy::architecture),
            row -> row.either(each -> each.network().label(), PublishedAccuracy::label)));
    columns.add(AccuracyColumns.receptiveField(ReceptiveFieldTable::field));
    columns.addAll(
        RowSettings.columns(
            row -> row.measured().map(each -> each.network().settings()).orElse(RowSettings.NONE)));
    columns.add(AccuracyColumns.seeds(row -> row.measured().map(each -> each.test().n())));
    columns.add(
        AccuracyColumns.measured("test", "Test", row -> row.measured().map(Accuracy::test)));
    columns.add(
        AccuracyColumns.linearBagLimit(row -> row.measured().flatMap(Accuracy::linearBagLimit)));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(view.datasets()));
    notes.addAll(
        AccuracyColumns.intervals(view.accuracies().stream().map(ReceptiveFields.Accuracy::test)));
    if (view.accuracies().stream().anyMatch(row -> row.readouts().isPresent())) {
      columns.addAll(AccuracyColumns.readouts(row -> row.measured().flatMap(Accuracy::readouts)));
      notes.add(AccuracyColumns.READOUTS);
    }
    if (published) {
      columns.add(
          AccuracyColumns.share(
              "publishedTest",
              "Published test",
              row -> row.published().map(PublishedAccuracy::test)));
      notes.add(AccuracyColumns.PUBLISHED);
    }
    return new Table<>(
        "receptive-field",
        "Test accuracy by receptive field",
        columns,
        BesidePublished.of(
                view.accuracies(),
                row -> row.network().architecture(),
                view.published(),
                PublishedAccuracy::architecture,
                published)
            .stream()
            .sorted(Comparator.comparing(row -> field(row).orElse(Integer.MAX_VALUE)))
            .toList(),
        notes);
  }

  private static Optional<Integer> field(BesidePublished<Accuracy, PublishedAccuracy> row) {
    return row.either(each -> each.network().receptiveField(), PublishedAccuracy::receptiveField);
  }
}
