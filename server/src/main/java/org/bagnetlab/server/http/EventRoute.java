package org.bagnetlab.server.http;

import io.vertx.ext.web.Router;
import org.bagnetlab.server.events.EventChannel;

/** The stream of events. */
final class EventRoute {

  private final EventChannel events;

  EventRoute(EventChannel events) {
    this.events = events;
  }

  void mount(Router api) {
    api.get("/events")
        .handler(
            request ->
                events.join(request.response(), request.request().getHeader("Last-Event-ID")));
  }
}
