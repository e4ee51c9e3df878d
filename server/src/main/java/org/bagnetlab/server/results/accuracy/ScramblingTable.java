package org.bagnetlab.server.results.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.results.accuracy.Scrambling.PublishedAccuracy;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.BesidePublished;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Clean and scrambled accuracy in columns. */
public final class ScramblingTable {

  private ScramblingTable() {}

  /**
   * The accuracies of the view, with what scrambling costs.
   *
   * @param publishedToo whether the report's accuracies are asked for, see {@link
   *     MeasuredOn#showPublished}
   */
  public static Table<?> of(Scrambling view, boolean publishedToo) {
    boolean published = MeasuredOn.showPublished(publishedToo, view.datasets());
    List<Column<BesidePublished<Scrambling.Row, PublishedAccuracy>>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(
            row ->
                row.either(each -> each.network().architecture(), PublishedAccuracy::architecture),
            row -> row.either(each -> each.network().label(), PublishedAccuracy::label)));
    columns.addAll(
        RowSettings.columns(
            row -> row.measured().map(each -> each.network().settings()).orElse(RowSettings.NONE)));
    columns.add(AccuracyColumns.seeds(row -> row.measured().map(each -> each.test().n())));
    columns.add(
        AccuracyColumns.measured("test", "Clean", row -> row.measured().map(Scrambling.Row::test)));
    columns.add(
        AccuracyColumns.measured(
            "scrambled", "Scrambled", row -> row.measured().map(Scrambling.Row::scrambled)));
    columns.add(
        AccuracyColumns.share(
            "change",
            "Change",
            row -> row.measured().map(each -> each.scrambled().mean() - each.test().mean())));
    columns.addAll(scramblings());
    columns.add(
        AccuracyColumns.linearBagLimit(
            row -> row.measured().flatMap(Scrambling.Row::linearBagLimit)));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(view.datasets()));
    notes.addAll(
        AccuracyColumns.intervals(
            view.rows().stream().flatMap(row -> Stream.of(row.test(), row.scrambled()))));
    if (published) {
      columns.add(
          AccuracyColumns.share(
              "publishedTest",
              "Published clean",
              row -> row.published().map(PublishedAccuracy::test)));
      columns.add(
          AccuracyColumns.share(
              "publishedScrambled",
              "Published scrambled",
              row -> row.published().flatMap(PublishedAccuracy::scrambled),
              AccuracyColumns.DIGITS_OF_SCRAMBLED));
      notes.add(AccuracyColumns.PUBLISHED);
    }
    return new Table<>(
        "scrambling",
        "Accuracy on clean and scrambled test images",
        columns,
        BesidePublished.of(
            view.rows(),
            row -> row.network().architecture(),
            view.published(),
            PublishedAccuracy::architecture,
            published),
        notes);
  }

  /** Of networks that were tested under more than one scrambling. */
  private static List<Column<BesidePublished<Scrambling.Row, PublishedAccuracy>>> scramblings() {
    return List.of(
        Column.of(
            "scramblings", "Scramblings", Role.VALUE, row -> several(row).map(Scramblings::n)),
        AccuracyColumns.share(
            "scramblingsMean", "Mean over them", row -> several(row).map(Scramblings::mean)),
        AccuracyColumns.share(
            "scramblingsLowest", "Lowest", row -> several(row).map(Scramblings::lowest)),
        AccuracyColumns.share(
            "scramblingsHighest", "Highest", row -> several(row).map(Scramblings::highest)));
  }

  private static Optional<Scramblings> several(
      BesidePublished<Scrambling.Row, PublishedAccuracy> row) {
    return row.measured().flatMap(Scrambling.Row::scramblings);
  }
}
