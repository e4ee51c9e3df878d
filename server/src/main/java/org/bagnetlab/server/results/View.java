package org.bagnetlab.server.results;

import io.vertx.core.Future;
import java.util.List;
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
 * @param name in the interface's address and on the command line
 * @param reading computes it from the stored runs
 * @param table its numbers in columns
 */
public record View<T>(
    String name,
    BiFunction<Results, ViewFilter, Future<T>> reading,
    BiFunction<T, ViewFilter, Table<?>> table) {

  private static final List<View<?>> ALL =
      List.of(
          new View<>(
              "comparison",
              (results, filter) -> results.comparison(filter.dataset()),
              ComparisonTable::of),
          new View<>(
              "receptive-fields",
              (results, filter) -> results.receptiveFields(filter.dataset()),
              ReceptiveFieldTable::of),
          new View<>(
              "scrambling",
              (results, filter) -> results.scrambling(filter.dataset()),
              ScramblingTable::of));

  /** All views, in the order in which they are listed. */
  public static List<View<?>> all() {
    return ALL;
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
