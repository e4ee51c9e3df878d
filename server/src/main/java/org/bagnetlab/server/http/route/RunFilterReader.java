package org.bagnetlab.server.http.route;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.results.list.ParameterValue;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.list.RunPage;
import org.bagnetlab.server.results.list.RunQuery;

/** Reads the filter of a list of runs from a request's URL. */
final class RunFilterReader {

  /** Default number of runs on a page. */
  static final int PAGE = 50;

  /** Maximum number of runs on a page, used by the dashboard's plot. */
  static final int LARGEST_PAGE = 2000;

  /** Maximum number of runs in a file. */
  static final int MOST = 100_000;

  private RunFilterReader() {}

  /**
   * Reads the filter.
   *
   * @param dataset the data set of the view
   * @param limit default number of runs
   * @param most maximum number of runs that may be requested
   */
  static RunFilter read(RoutingContext request, Optional<String> dataset, int limit, int most) {
    return new RunFilter(
        dataset,
        RequestParameters.text(request, "network"),
        RequestParameters.text(request, "sweep"),
        RequestParameters.text(request, "tag"),
        RequestParameters.flag(request, "converged"),
        parameters(request),
        query(request),
        RequestParameters.runs(request, "runs", LARGEST_PAGE),
        sort(request),
        columns(request),
        RequestParameters.flag(request, "grouped").orElse(false),
        RequestParameters.whole(request, "limit", limit, 1, most),
        RequestParameters.whole(request, "offset", 0, 0, Integer.MAX_VALUE));
  }

  private static RunQuery query(RoutingContext request) {
    try {
      return RunQuery.of(RequestParameters.text(request, "query").orElse(""));
    } catch (IllegalArgumentException e) {
      throw RequestParameters.invalid("query", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> sort(RoutingContext request) {
    Optional<String> sort = RequestParameters.text(request, "sort");
    sort.filter(said -> !RunPage.sorts(said))
        .ifPresent(
            said -> {
              throw unknown("sort", said);
            });
    return sort;
  }

  private static List<String> columns(RoutingContext request) {
    List<String> columns =
        RequestParameters.text(request, "columns")
            .map(said -> List.of(said.split(",")))
            .orElse(List.of());
    columns.stream()
        .filter(name -> !RunPage.hasColumn(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw unknown("columns", name);
            });
    return columns;
  }

  /** Parses names with values, as in {@code seed:3,batchSize:64}. */
  private static List<ParameterValue> parameters(RoutingContext request) {
    return RequestParameters.text(request, "parameter").stream()
        .flatMap(said -> Stream.of(said.split(",")))
        .map(RunFilterReader::parameter)
        .toList();
  }

  private static ParameterValue parameter(String said) {
    int colon = said.indexOf(':');
    String name = said.substring(0, Math.max(0, colon));
    if (!ParameterValue.names().contains(name)) {
      throw RequestParameters.invalid(
          "parameter",
          "parameter must be names and values such as seed:3,batchSize:64, but is %s. Known: %s."
              .formatted(Excerpt.of(said), String.join(", ", ParameterValue.names())));
    }
    String value = said.substring(colon + 1).strip();
    return ParameterValue.of(name, value)
        .orElseThrow(
            () ->
                RequestParameters.invalid(
                    "parameter",
                    "%s must be a number, but is %s.".formatted(name, Excerpt.of(value))));
  }

  private static ProblemException unknown(String parameter, String name) {
    return RequestParameters.invalid(
        parameter,
        "There is no column '%s'. Known: %s."
            .formatted(Excerpt.of(name), String.join(", ", RunPage.columnNames())));
  }
}
