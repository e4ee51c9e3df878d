package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.results.image.RepeatedImages;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.split.SplitImpossible;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** Serves which images show the same, in a data set or in the split of a run. */
final class DuplicateRoutes {

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
    api.get("/runs/:id/duplicates")
        .handler(
            request ->
                Reply.json(
                    request, queue.find(RequestParameters.id(request)).compose(this::repeated)));
  }

  private DuplicatePairs duplicates(String name) throws IOException {
    try {
      return datasets
          .duplicates(name, (done, total) -> {})
          .orElseThrow(() -> DatasetRoutes.missing(name));
    } catch (DamagedException e) {
      throw DatasetRoutes.damaged(e);
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
        .recover(failure -> Future.failedFuture(problem(failure)));
  }

  private static Throwable problem(Throwable failure) {
    if (failure instanceof DamagedException damage) {
      return DatasetRoutes.damaged(damage);
    }
    // The training failed for the same reason.
    return failure instanceof SplitImpossible
        ? Problem.of(409, "no-split", "No split", String.valueOf(failure.getMessage())).exception()
        : failure;
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
}
