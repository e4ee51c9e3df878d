package org.bagnetlab.server.results.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Table;

/** Table 1 in columns. */
public final class ComparisonTable {

  private ComparisonTable() {}

  /**
   * The rows of the comparison, with their notes.
   *
   * @param publishedToo whether the report's accuracies are asked for, see {@link
   *     MeasuredOn#showPublished}
   */
  public static Table<Comparison.Row> of(Comparison comparison, boolean publishedToo) {
    MeasuredOn shown =
        new MeasuredOn(comparison.dataset(), comparison.chance(), comparison.publishedApplies());
    boolean measured = comparison.rows().stream().anyMatch(row -> !row.runs().isEmpty());
    boolean published =
        MeasuredOn.showPublished(publishedToo, measured ? List.of(shown) : List.of());
    List<Column<Comparison.Row>> columns = new ArrayList<>();
    columns.add(AccuracyColumns.network(Comparison.Row::architecture, Comparison.Row::label));
    columns.add(AccuracyColumns.receptiveField(Comparison.Row::receptiveField));
    columns.addAll(RowSettings.columns(Comparison.Row::settings));
    columns.add(
        AccuracyColumns.seeds(row -> Optional.of(row.runs().size()).filter(seeds -> seeds > 0)));
    columns.add(AccuracyColumns.measured("validation", "Validation", Comparison.Row::validation));
    columns.add(AccuracyColumns.measured("test", "Test", Comparison.Row::test));
    columns.add(AccuracyColumns.measured("scrambled", "Scrambled", Comparison.Row::scrambled));
    columns.add(AccuracyColumns.linearBagLimit(Comparison.Row::linearBagLimit));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(List.of(shown)));
    notes.addAll(
        AccuracyColumns.intervals(
            comparison.rows().stream()
                .flatMap(row -> Stream.of(row.validation(), row.test(), row.scrambled()))
                .flatMap(Optional::stream)));
    if (comparison.rows().stream().anyMatch(row -> row.readouts().isPresent())) {
      columns.addAll(AccuracyColumns.readouts(Comparison.Row::readouts));
      notes.add(AccuracyColumns.READOUTS);
    }
    if (published) {
      columns.add(
          AccuracyColumns.share(
              "publishedValidation", "Published validation", row -> row.published().validation()));
      columns.add(
          AccuracyColumns.share("publishedTest", "Published test", row -> row.published().test()));
      columns.add(
          AccuracyColumns.share(
              "publishedScrambled",
              "Published scrambled",
              row -> row.published().scrambled(),
              AccuracyColumns.DIGITS_OF_SCRAMBLED));
      notes.add(AccuracyColumns.PUBLISHED);
    }
    return new Table<>(
        "comparison",
        "Accuracy of the networks of Table 1 on %s".formatted(shown.dataset()),
        columns,
        comparison.rows(),
        notes);
  }
}
