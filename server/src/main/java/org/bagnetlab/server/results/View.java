package org.bagnetlab.server.results;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.table.Csv;
import org.bagnetlab.server.table.Latex;
import org.bagnetlab.server.table.PlainText;
import org.bagnetlab.server.table.Table;

/**
 * A view over all runs. Its other forms follow from its table.
 *
 * @param <T> what is read, which as JSON is the interface's response
 * @param name on the command line and of its files
 * @param path in the interface's address; views that are parts of one response share it
 * @param reading computes it from the stored runs
 * @param table its numbers in columns
 */
public record View<T>(
    String name,
    String path,
    BiFunction<Results, ViewFilter, Future<T>> reading,
    BiFunction<T, ViewFilter, Table<?>> table) {

  private static final List<View<?>> ALL =
      List.of(
          new View<>(
              "comparison",
              "comparison",
              (results, filter) -> results.comparison(filter.dataset()),
              ComparisonTable::of),
          new View<>(
              "receptive-field",
              "receptive-fields",
              (results, filter) -> results.receptiveFields(filter.dataset()),
              ReceptiveFieldTable::of),
          new View<>(
              "scrambling",
              "scrambling",
              (results, filter) -> results.scrambling(filter.dataset()),
              ScramblingTable::of),
          new View<>(
              "scrambling-curves",
              "scrambling",
              (results, filter) -> results.scrambling(filter.dataset()),
              ScramblingCurveTable::of),
          new View<>(
              "differences",
              "differences",
              (results, filter) -> results.studies().differences(filter),
              DifferencesTable::of),
          differences(Measure.SCRAMBLED),
          differences(Measure.SCRAMBLING_LOSS),
          new View<>(
              "changes",
              "changes",
              (results, filter) -> results.studies().changes(filter),
              ChangesTable::of),
          new View<>(
              "claims",
              "claims",
              (results, filter) -> results.studies().claims(filter),
              ClaimsTable::of));

  /** Differences by another measure than test accuracy, as a view of its own. */
  private static View<Differences> differences(Measure measure) {
    return new View<>(
        "differences-" + measure.text(),
        "differences",
        (results, filter) -> results.studies().differences(filter.by(measure)),
        DifferencesTable::of);
  }

  /** All views, in the order in which they are listed. */
  public static List<View<?>> all() {
    return ALL;
  }

  /** The view of this name. */
  public static Optional<View<?>> find(String name) {
    return ALL.stream().filter(view -> view.name().equals(name)).findFirst();
  }

  /** Reads the view. */
  public Future<T> read(Results results, ViewFilter filter) {
    return reading.apply(results, filter);
  }

  /** Reads the view and writes it. */
  public Future<String> written(Results results, ViewFilter filter, ViewForm form) {
    return reading.apply(results, filter).map(view -> written(view, filter, form));
  }

  private String written(T view, ViewFilter filter, ViewForm form) {
    return switch (form) {
      case JSON -> ServerJson.text(view);
      case CSV -> Csv.of(table.apply(view, filter));
      case LATEX -> Latex.of(table.apply(view, filter));
      case TABLE -> PlainText.of(table.apply(view, filter));
    };
  }
}
