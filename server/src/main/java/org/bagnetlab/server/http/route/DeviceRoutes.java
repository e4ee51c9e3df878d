package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.DeviceJson;

/** Serves the devices that run jobs. */
final class DeviceRoutes {

  /** Maximum hours of readings, which is how long they are kept. */
  private static final int MOST_HOURS = 24;

  private final DeviceOverview devices;

  DeviceRoutes(DeviceOverview devices) {
    this.devices = devices;
  }

  private record DeviceList(List<DeviceJson> devices) {}

  void mount(Router api) {
    api.get("/devices").handler(this::list);
  }

  private void list(RoutingContext request) {
    int hours = RequestParameters.whole(request, "hours", 1, 1, MOST_HOURS);
    Reply.json(request, 200, new DeviceList(devices.list(Duration.ofHours(hours))));
  }
}
