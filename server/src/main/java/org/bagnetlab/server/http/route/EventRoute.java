package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Problems;

/** Serves the stream of events. */
final class EventRoute {

  private final EventChannel events;
  private final int most;
  private int listening;

  /**
   * Creates the route.
   *
   * @param most maximum number of pages that listen at once
   */
  EventRoute(EventChannel events, int most) {
    this.events = events;
    this.most = most;
  }

  void mount(Router api) {
    api.get("/events").handler(this::listen);
  }

  private void listen(RoutingContext request) {
    if (listening < most) {
      listening++;
      request.addEndHandler(ended -> listening--);
      events.join(request.response(), request.request().getHeader("Last-Event-ID"));
      return;
    }
    // Answered directly: a failure with this status would be logged.
    Problems.answer(
        request.response().putHeader("Retry-After", "30"),
        Problem.of(
            503,
            "too-many-listeners",
            "Too many event streams",
            "Too many pages are receiving events. Close some, or try again later."));
  }
}
