package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.Closeable;
import java.io.IOException;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.http.upload.FileUpload;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsStore;

/** Lists, serves and deletes imported weights. */
record WeightsRoutes(Vertx vertx, WeightsStore weights, JobQueue queue) {

  void mount(Router api) {
    api.get("/weights")
        .handler(request -> Reply.json(request, vertx.executeBlocking(weights::list, false)));
    api.delete("/weights/:name").handler(this::delete);
    api.get("/weights/:name/file").handler(this::file);
  }

  private void delete(RoutingContext request) {
    String name = request.pathParam("name");
    Reply.done(request, queue.removeWeights(name, () -> remove(name)));
  }

  /** Removes weights, including damaged ones. */
  private Closeable remove(String name) throws IOException {
    if (!weights.imported(name)) {
      throw missing(name);
    }
    return weights.remove(name);
  }

  private void file(RoutingContext request) {
    found(request)
        .compose(
            facts -> {
              request
                  .response()
                  .putHeader("Content-Type", FileUpload.MEDIA_TYPE)
                  .putHeader("Cache-Control", "no-store")
                  .putHeader(
                      "Content-Disposition",
                      "attachment; filename=\"%s.safetensors\"".formatted(facts.name()));
              return Reply.file(request, weights.file(facts.name()));
            })
        .onFailure(request::fail);
  }

  private Future<WeightsFacts> found(RoutingContext request) {
    String name = request.pathParam("name");
    return vertx
        .executeBlocking(() -> weights.find(name), false)
        .map(found -> found.orElseThrow(() -> missing(name)))
        .recover(failure -> Future.failedFuture(damaged(failure)));
  }

  private static Throwable damaged(Throwable failure) {
    return failure instanceof DamagedException
        ? Problem.refused("weights-damaged", "Damaged", String.valueOf(failure.getMessage()))
        : failure;
  }

  private static ProblemException missing(String name) {
    return Problem.missing(
        "weights-not-found", "No such weights", "There are no weights '%s'.".formatted(name));
  }
}
