package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.server.results.RepeatedImages;
import org.bagnetlab.server.results.Results;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.dataset.DuplicatePairs;
import org.bagnetlab.vision.dataset.Png;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.staging.DamagedException;

/** Images that show the same: of a data set, and in the split of a run. */
final class DuplicateRoutes {

  /** Side of a picture in pixels. */
  private static final int SIZE = 128;

  private final Vertx vertx;
  private final DatasetStore datasets;
  private final JobQueue queue;
  private final Results results;

  DuplicateRoutes(Vertx vertx, DatasetStore datasets, JobQueue queue, Results results) {
    this.results = results;
    this.vertx = vertx;
    this.datasets = datasets;
    this.queue = queue;
  }

  void mount(Router api) {
    api.get("/datasets/:name/duplicates")
        .handler(
            request ->
                Reply.json(
                    request,
                    vertx.executeBlocking(() -> duplicates(request.pathParam("name")), false)));
    api.get("/datasets/:name/image").handler(this::image);
    api.get("/runs/:id/duplicates")
        .handler(
            request -> Reply.json(request, queue.find(Reply.id(request)).compose(this::repeated)));
  }

  private DuplicatePairs duplicates(String name) throws IOException {
    try {
      return datasets.duplicates(name, (done, total) -> {}).orElseThrow(() -> missing(name));
    } catch (DamagedException e) {
      throw damaged(e);
    }
  }

  private Future<RepeatedImages> repeated(Job job) {
    if (!(job.spec() instanceof TrainSpec training)) {
      throw Problem.of(
              404,
              "run-not-found",
              "No such run",
              "Job %d is not a training, so it has no split.".formatted(job.id()))
          .exception();
    }
    return results
        .repeatedImages(job, training)
        .map(found -> found.orElseThrow(() -> changed(job, training)))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof DamagedException damage ? damaged(damage) : failure));
  }

  private static ProblemException changed(Job job, TrainSpec training) {
    return Problem.of(
            404,
            "dataset-not-found",
            "No such data set",
            "The data set '%s' of run %d was deleted or replaced."
                .formatted(training.dataset(), job.id()))
        .exception();
  }

  private void image(RoutingContext request) {
    String name = request.pathParam("name");
    String path = request.request().getParam("path", "");
    vertx
        .executeBlocking(() -> picture(name, path))
        .onSuccess(
            picture ->
                request
                    .response()
                    .putHeader("Content-Type", "image/png")
                    .putHeader("Cache-Control", "private, max-age=3600")
                    .end(Buffer.buffer(picture)))
        .onFailure(request::fail);
  }

  private byte[] picture(String name, String path) throws IOException {
    try {
      SceneDataset dataset = datasets.find(name).orElseThrow(() -> missing(name));
      SceneImage image =
          dataset
              .find(path)
              .orElseThrow(
                  () ->
                      Problem.of(
                              404,
                              "image-not-found",
                              "No such image",
                              "The data set '%s' has no such image.".formatted(name))
                          .exception());
      return Png.of(dataset.read(image, SIZE));
    } catch (DamagedException e) {
      throw damaged(e);
    }
  }

  private static ProblemException missing(String name) {
    return Problem.of(
            404,
            "dataset-not-found",
            "No such data set",
            "There is no data set '%s'.".formatted(name))
        .exception();
  }

  private static ProblemException damaged(DamagedException e) {
    return Problem.of(409, "dataset-damaged", "Damaged data set", e.damaged().problem())
        .exception();
  }
}
