package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.metrics.LabMetrics;

/** Serves measurements for Prometheus. */
final class MetricsRoute {

  private final LabMetrics metrics;

  MetricsRoute(LabMetrics metrics) {
    this.metrics = metrics;
  }

  void mount(Router api) {
    api.get("/metrics").handler(this::metrics);
  }

  private void metrics(RoutingContext request) {
    metrics
        .text()
        .onSuccess(text -> Reply.text(request, "text/plain", text))
        .onFailure(request::fail);
  }
}
