package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.bagnetlab.server.device.GpuHistory;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.DeviceJson;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.QuarantineRetention;
import org.bagnetlab.server.retention.Retention;
import org.bagnetlab.server.retention.RetentionPlan;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.retention.RemovalRow;

/**
 * Serves the state of the lab: devices, measurements, events, disk usage, and what retention
 * removes.
 */
final class MonitoringRoutes {

  /** Maximum hours of readings of a device, which is how long they are kept. */
  private static final int MOST_HOURS = Math.toIntExact(GpuHistory.KEPT.toHours());

  private final Monitoring monitoring;
  private final Housekeeping housekeeping;
  private int listening;

  MonitoringRoutes(Monitoring monitoring) {
    this.monitoring = monitoring;
    this.housekeeping = monitoring.housekeeping();
  }

  private record DeviceList(List<DeviceJson> devices) {}

  void mount(Router api) {
    api.get("/devices").handler(this::devices);
    api.get("/metrics").handler(this::metrics);
    api.get("/events").handler(this::listen);
    api.get("/storage").handler(request -> Reply.json(request, housekeeping.disk().report()));
    api.get("/storage/retention").handler(request -> Reply.json(request, preview()));
    api.post("/storage/retention").handler(request -> Reply.json(request, housekeeping.remove()));
  }

  private void devices(RoutingContext request) {
    int hours = RequestParameters.whole(request, "hours", 1, 1, MOST_HOURS);
    Reply.json(request, monitoring.devices().list(Duration.ofHours(hours)).map(DeviceList::new));
  }

  private void metrics(RoutingContext request) {
    monitoring
        .metrics()
        .text()
        .onSuccess(text -> Reply.text(request, "text/plain", text))
        .onFailure(request::fail);
  }

  private void listen(RoutingContext request) {
    if (listening < monitoring.listeners()) {
      listening++;
      request.addEndHandler(ended -> listening--);
      monitoring.events().join(request.response(), request.request().getHeader("Last-Event-ID"));
      return;
    }
    // Responds directly, since a failure with this status would be logged.
    Problems.answer(
        request.response().putHeader("Retry-After", "30"),
        Problem.of(
            503,
            "too-many-listeners",
            "Too many event streams",
            "Too many pages are receiving events. Close some, or try again later."));
  }

  private record Rules(
      long trainingStatesSeconds,
      CheckpointsOf checkpointsOf,
      long keepForSeconds,
      long quarantineSeconds) {

    static Rules of(RetentionRules rules) {
      return new Rules(
          rules.trainingStates().toSeconds(),
          rules.checkpointsOf(),
          rules.keepFor().toSeconds(),
          rules.quarantine().toSeconds());
    }
  }

  private record Preview(
      Rules rules,
      long bytes,
      List<RetentionPlan.File> files,
      List<RemovalRow> removed,
      List<QuarantineRetention.Kept> quarantine) {}

  private Future<Preview> preview() {
    Retention retention = housekeeping.retention();
    Future<RetentionPlan> plan = retention.preview();
    Future<List<RemovalRow>> removed = retention.removed();
    Future<List<QuarantineRetention.Kept>> quarantine = housekeeping.quarantine().kept();
    return Future.all(plan, removed, quarantine)
        .map(
            all ->
                new Preview(
                    Rules.of(retention.rules()),
                    plan.result().bytes(),
                    plan.result().files(),
                    removed.result(),
                    quarantine.result()));
  }
}
