package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.server.results.Measure;
import org.jspecify.annotations.Nullable;

/** Writes responses, and reads parameters from request URLs. */
final class Reply {

  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";

  private static final String RUN = "[1-9]\\d{0,17}";

  private Reply() {}

  /** Responds with the future's result, or with the problem of its failure. */
  static void json(RoutingContext request, Future<?> promised) {
    json(request, 200, promised);
  }

  static void json(RoutingContext request, int status, Future<?> promised) {
    promised.onSuccess(value -> json(request, status, value)).onFailure(request::fail);
  }

  static void json(RoutingContext request, int status, Object value) {
    request.response().setStatusCode(status);
    text(request, JSON, ServerJson.text(value));
  }

  /** Responds with JSON that is written already, or with the problem of its failure. */
  static void written(RoutingContext request, Future<WrittenText> json) {
    json.onSuccess(text -> text(request, JSON, text)).onFailure(request::fail);
  }

  /** Responds with a text of a media type. */
  static void text(RoutingContext request, String mediaType, String text) {
    text(request, mediaType, WrittenText.of(text));
  }

  /** Responds with a text of a media type, which other clients are sent, too. */
  static void text(RoutingContext request, String mediaType, WrittenText text) {
    request
        .response()
        .putHeader("Content-Type", mediaType.equals(JSON) ? JSON : mediaType + "; charset=utf-8")
        .putHeader("Cache-Control", "no-store");
    Gzip.end(request, text);
  }

  /** The problem of a run that a request names and that is none. */
  static <T> Future<T> noRun(Throwable failure) {
    return Future.failedFuture(
        failure instanceof NoSuchElementException unknown
            ? Problem.of(404, "run-not-found", "No such run", String.valueOf(unknown.getMessage()))
                .exception()
            : failure);
  }

  /** Whether a browser asks for a page, which people read: an answer for programs does not help. */
  static boolean wantsPage(RoutingContext request) {
    @Nullable String accepted = request.request().getHeader("Accept");
    return request.request().method().equals(HttpMethod.GET)
        && !request.normalizedPath().startsWith("/api")
        && accepted != null
        && accepted.contains("text/html");
  }

  /** The media type that the client prefers, if it names any. */
  static Optional<String> accepted(RoutingContext request) {
    return request.parsedHeaders().accept().stream()
        .findFirst()
        .map(type -> type.component() + "/" + type.subComponent());
  }

  /** Whether the client prefers a list as comma-separated values. */
  static boolean wantsCsv(RoutingContext request) {
    return accepted(request).equals(Optional.of(CSV));
  }

  /** Responds with lines of a list that has so many in all. */
  static void csv(RoutingContext request, long total, String lines) {
    request.response().putHeader("X-Total-Count", Long.toString(total));
    text(request, CSV, lines);
  }

  /** A parameter of the query, unless it is empty. */
  static Optional<String> text(RoutingContext request, String parameter) {
    return Optional.of(request.request().getParam(parameter, "")).filter(value -> !value.isEmpty());
  }

  /** The number in the address. What is none names nothing. */
  static long id(RoutingContext request) {
    String id = request.pathParam("id");
    if (!id.matches("\\d{1,18}")) {
      throw Problem.of(
              404, "not-found", "Not found", "There is nothing with the number '" + id + "'.")
          .exception();
    }
    return Long.parseLong(id);
  }

  /** A whole number among the query's parameters. */
  static int parameter(RoutingContext request, String name, int otherwise, int least, int most) {
    String text = request.request().getParam(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw invalid(
          name,
          "%s must be a whole number from %d to %d, but is %s.".formatted(name, least, most, text));
    }
    return number;
  }

  /** The number of a run among the query's parameters, if there is one. */
  static Optional<Long> number(RoutingContext request, String name) {
    return text(request, name)
        .map(said -> (long) parameter(request, name, 0, 1, Integer.MAX_VALUE));
  }

  /** One of the known values, if the query has any. */
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

  /** The numbers of runs among the query's parameters, with commas between them. */
  static List<Long> runs(RoutingContext request, String name, int most) {
    String said = text(request, name).orElse("");
    if (said.isEmpty()) {
      return List.of();
    }
    String[] numbers = said.split(",", -1);
    if (numbers.length > most || !Arrays.stream(numbers).allMatch(each -> each.matches(RUN))) {
      throw invalid(
          name,
          "%s must be the numbers of at most %d runs, with commas between, but is %s."
              .formatted(name, most, Excerpt.of(said)));
    }
    return Arrays.stream(numbers).map(Long::valueOf).toList();
  }

  /** A choice between true and false among the query's parameters, if there is one. */
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

  /** By what networks are compared; by default their test accuracy. */
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

  /** The problem of a parameter of the query. */
  static ProblemException invalid(String parameter, String detail) {
    return Problem.invalid("Invalid parameter", parameter, detail).exception();
  }
}
