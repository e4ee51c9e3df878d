package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.bagnetlab.server.json.ServerJson;

/** Writes JSON responses, and reads parameters from request URLs. */
final class Reply {

  private Reply() {}

  /** Responds with the future's result, or with the problem of its failure. */
  static void json(RoutingContext request, Future<?> promised) {
    json(request, 200, promised);
  }

  static void json(RoutingContext request, int status, Future<?> promised) {
    promised.onSuccess(value -> json(request, status, value)).onFailure(request::fail);
  }

  static void json(RoutingContext request, int status, Object value) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(ServerJson.text(value));
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
      throw Problem.invalid(
              "Invalid parameter",
              name,
              "%s must be a whole number from %d to %d, but is %s."
                  .formatted(name, least, most, text))
          .exception();
    }
    return number;
  }
}
