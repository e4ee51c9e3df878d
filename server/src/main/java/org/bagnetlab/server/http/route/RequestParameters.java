package org.bagnetlab.server.http.route;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.server.configuration.Span;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.results.study.Measure;

/** Reads the URL of a request: the ID in its path and its query parameters. */
final class RequestParameters {

  private static final String RUN = "[1-9]\\d{0,17}";

  private RequestParameters() {}

  /** A query parameter; an empty value counts as missing. */
  static Optional<String> text(RoutingContext request, String parameter) {
    return Optional.of(request.request().getParam(parameter, "")).filter(value -> !value.isEmpty());
  }

  /** The ID in the path. Fails with status 404 if it is invalid. */
  static long id(RoutingContext request) {
    String id = request.pathParam("id");
    if (!id.matches("\\d{1,18}")) {
      throw Problem.missing(
          "not-found", "Not found", "There is nothing with the number '" + id + "'.");
    }
    return Long.parseLong(id);
  }

  /** A query parameter that is an integer within bounds. */
  static int whole(RoutingContext request, String name, int defaultsTo, int least, int most) {
    String text = request.request().getParam(name, "");
    if (text.isEmpty()) {
      return defaultsTo;
    }
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw invalid(
          name,
          "%s must be a whole number from %d to %d, but is %s.".formatted(name, least, most, text));
    }
    return number;
  }

  /** A query parameter that is a duration, such as 12h. */
  static Duration span(RoutingContext request, String name, Duration defaultsTo, Duration most) {
    Optional<String> text = text(request, name);
    if (text.isEmpty()) {
      return defaultsTo;
    }
    Duration duration;
    try {
      duration = Span.of(text.get()).duration();
    } catch (IllegalArgumentException e) {
      throw invalid(name, "%s: %s.".formatted(name, e.getMessage()));
    }
    if (duration.isZero() || duration.compareTo(most) > 0) {
      throw invalid(
          name,
          "%s must be longer than 0 and at most %d days, but is %s."
              .formatted(name, most.toDays(), text.get()));
    }
    return duration;
  }

  /** A query parameter that is a positive integer, if the query has it. */
  static Optional<Long> number(RoutingContext request, String name) {
    return text(request, name).map(said -> (long) whole(request, name, 0, 1, Integer.MAX_VALUE));
  }

  /** A query parameter with one of the known values, if the query has it. */
  static Optional<String> choice(RoutingContext request, String name, List<String> known) {
    Optional<String> said = text(request, name);
    said.filter(value -> !known.contains(value))
        .ifPresent(
            value -> {
              throw invalid(
                  name,
                  "There is no %s '%s'. Known: %s."
                      .formatted(name, Excerpt.of(value), String.join(", ", known)));
            });
    return said;
  }

  /** A query parameter with run IDs, separated by commas. */
  static List<Long> runs(RoutingContext request, String name, int most) {
    String said = text(request, name).orElse("");
    if (said.isEmpty()) {
      return List.of();
    }
    String[] numbers = said.split(",", -1);
    if (numbers.length > most || !Arrays.stream(numbers).allMatch(each -> each.matches(RUN))) {
      throw invalid(
          name,
          "%s must be the numbers of at most %d runs, separated by commas, but is %s."
              .formatted(name, most, Excerpt.of(said)));
    }
    return Arrays.stream(numbers).map(Long::valueOf).toList();
  }

  /** A query parameter that is true or false, if the query has it. */
  static Optional<Boolean> flag(RoutingContext request, String name) {
    return text(request, name)
        .map(
            said -> {
              if (!said.equals("true") && !said.equals("false")) {
                throw invalid(
                    name, "%s must be true or false, but is %s.".formatted(name, Excerpt.of(said)));
              }
              return said.equals("true");
            });
  }

  /** The measure by which networks are compared; test accuracy by default. */
  static Measure measure(RoutingContext request, String name) {
    String said = text(request, name).orElse("test");
    return Measure.find(said)
        .orElseThrow(
            () ->
                invalid(
                    name,
                    "There is no %s '%s'. Known: %s."
                        .formatted(name, Excerpt.of(said), Measure.names())));
  }

  /** The problem of an invalid query parameter. */
  static ProblemException invalid(String parameter, String detail) {
    return Problem.invalid("Invalid parameter", parameter, detail);
  }
}
