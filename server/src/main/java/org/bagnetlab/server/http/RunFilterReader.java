package org.bagnetlab.server.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.server.results.RunFilter;
import org.bagnetlab.server.results.RunPage;

/** Reads which runs a list has from a request's address. */
final class RunFilterReader {

  /** Runs of a page, unless a request says how many. */
  static final int PAGE = 50;

  /** Runs of a list, at most. */
  static final int MOST = 100_000;

  private static final String NUMBERS = "\\d{1,9}(,\\d{1,9})*";

  private RunFilterReader() {}

  static RunFilter read(RoutingContext request, int limit) {
    return new RunFilter(
        Reply.text(request, "dataset"),
        Reply.text(request, "network"),
        Reply.text(request, "sweep"),
        Reply.text(request, "tag"),
        converged(request),
        Reply.text(request, "search").filter(words -> !words.isBlank()),
        runs(request),
        sort(request),
        columns(request),
        Reply.parameter(request, "limit", limit, 1, MOST),
        Reply.parameter(request, "offset", 0, 0, Integer.MAX_VALUE));
  }

  private static Optional<Boolean> converged(RoutingContext request) {
    return Reply.text(request, "converged")
        .map(
            said -> {
              if (!said.equals("true") && !said.equals("false")) {
                throw invalid(
                    "converged",
                    "converged must be true or false, but is %s.".formatted(Excerpt.of(said)));
              }
              return said.equals("true");
            });
  }

  private static List<Long> runs(RoutingContext request) {
    return Reply.text(request, "runs")
        .map(
            said -> {
              if (!said.matches(NUMBERS)) {
                throw invalid(
                    "runs",
                    "runs must be numbers of runs with commas between them, but is %s."
                        .formatted(Excerpt.of(said)));
              }
              return Arrays.stream(said.split(",")).map(Long::valueOf).toList();
            })
        .orElse(List.of());
  }

  private static Optional<String> sort(RoutingContext request) {
    Optional<String> sort = Reply.text(request, "sort");
    sort.filter(said -> !RunPage.sorts(said))
        .ifPresent(
            said -> {
              throw unknown("sort", said);
            });
    return sort;
  }

  private static List<String> columns(RoutingContext request) {
    List<String> columns =
        Reply.text(request, "columns").map(said -> List.of(said.split(","))).orElse(List.of());
    columns.stream()
        .filter(name -> !RunPage.hasColumn(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw unknown("columns", name);
            });
    return columns;
  }

  private static ProblemException unknown(String parameter, String name) {
    return invalid(
        parameter,
        "There is no column '%s'. Known: %s."
            .formatted(Excerpt.of(name), String.join(", ", RunPage.columnNames())));
  }

  private static ProblemException invalid(String parameter, String detail) {
    return Problem.invalid("Invalid parameter", parameter, detail).exception();
  }
}
