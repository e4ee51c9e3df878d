package org.bagnetlab.server.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.json.DeviceJson;
import org.bagnetlab.server.results.Networks;
import org.bagnetlab.vision.dataset.DatasetFacts;
import org.bagnetlab.vision.dataset.DatasetStore;

/** What jobs can be made of: networks, data sets, devices. */
final class CatalogueRoutes {

  private final Vertx vertx;
  private final Networks networks;
  private final DatasetStore datasets;
  private final JobQueue queue;

  CatalogueRoutes(Vertx vertx, Networks networks, DatasetStore datasets, JobQueue queue) {
    this.vertx = vertx;
    this.networks = networks;
    this.datasets = datasets;
    this.queue = queue;
  }

  private record NetworkList(List<Networks.Network> architectures) {}

  private record DatasetList(List<DatasetFacts> datasets) {}

  private record DeviceList(List<DeviceJson> devices) {}

  void mount(Router api) {
    api.get("/architectures")
        .handler(request -> Reply.json(request, 200, new NetworkList(networks.list())));
    api.get("/datasets")
        .handler(
            request ->
                Reply.json(request, vertx.executeBlocking(() -> new DatasetList(datasets.list()))));
    api.get("/devices")
        .handler(
            request ->
                Reply.json(
                    request,
                    200,
                    new DeviceList(queue.devices().stream().map(DeviceJson::of).toList())));
  }
}
