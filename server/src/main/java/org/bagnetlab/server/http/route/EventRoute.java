package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.http.connection.ClientConnections;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Problems;

/** The stream of events. */
final class EventRoute {

  private final EventChannel events;
  private final ClientConnections connections;

  EventRoute(EventChannel events, ClientConnections connections) {
    this.events = events;
    this.connections = connections;
  }

  void mount(Router api) {
    api.get("/events").handler(this::listen);
  }

  private void listen(RoutingContext request) {
    if (connections.listen(request.request())) {
      events.join(request.response(), request.request().getHeader("Last-Event-ID"));
      return;
    }
    // Not a failure of the server, which would be logged.
    Problems.answer(
        request.response().putHeader("Retry-After", "30"),
        Problem.of(
            503,
            "too-many-listeners",
            "Too many event streams",
            "Too many pages are receiving events. Close some, or try again later."));
  }
}
