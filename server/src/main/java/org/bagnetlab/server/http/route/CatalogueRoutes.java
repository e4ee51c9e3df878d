package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/** Lists the networks and data sets available for jobs, and removes imported ones. */
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

  void mount(Router api) {
    api.get("/architectures")
        .handler(request -> Reply.json(request, 200, new NetworkList(networks.list())));
    api.get("/datasets")
        .handler(request -> Reply.json(request, vertx.executeBlocking(datasets::list, false)));
    api.delete("/datasets/:name").handler(this::delete);
  }

  private void delete(RoutingContext request) {
    String name = request.pathParam("name");
    // Checked before the jobs that use it: ending them would not help.
    if (BuiltInDatasets.has(name)) {
      throw Problem.of(
              409,
              "dataset-built-in",
              "Built in",
              "The data set %s is built in and cannot be removed.".formatted(name))
          .exception();
    }
    queue
        .removeDataset(name, () -> remove(name))
        .onSuccess(removed -> request.response().setStatusCode(204).end())
        .onFailure(request::fail);
  }

  private Closeable remove(String name) throws IOException {
    if (!datasets.imported(name)) {
      throw Problem.of(
              404,
              "dataset-not-found",
              "No such data set",
              "There is no data set '%s'.".formatted(name))
          .exception();
    }
    return datasets.remove(name);
  }
}
