package org.bagnetlab.server.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import org.bagnetlab.server.results.Networks;
import org.bagnetlab.vision.dataset.DatasetFacts;
import org.bagnetlab.vision.dataset.DatasetStore;

/** What jobs can be made of: networks and data sets. */
final class CatalogueRoutes {

  private final Vertx vertx;
  private final Networks networks;
  private final DatasetStore datasets;

  CatalogueRoutes(Vertx vertx, Networks networks, DatasetStore datasets) {
    this.vertx = vertx;
    this.networks = networks;
    this.datasets = datasets;
  }

  private record NetworkList(List<Networks.Network> architectures) {}

  private record DatasetList(List<DatasetFacts> datasets) {}

  void mount(Router api) {
    api.get("/architectures")
        .handler(request -> Reply.json(request, 200, new NetworkList(networks.list())));
    api.get("/datasets")
        .handler(
            request ->
                Reply.json(request, vertx.executeBlocking(() -> new DatasetList(datasets.list()))));
  }
}
