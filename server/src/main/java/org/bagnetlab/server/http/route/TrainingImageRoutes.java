package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.dataset.ContactSheet;
import org.bagnetlab.server.dataset.OpenedDatasets;
import org.bagnetlab.server.dataset.TrainingImages;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.split.SplitImpossible;
import org.bagnetlab.vision.staging.DamagedException;

/** Shows the first images of a training as its network sees them, before and after it is queued. */
final class TrainingImageRoutes {

  private final Vertx vertx;
  private final WorkerExecutor pictures;
  private final JobSpecReader reader;
  private final JobQueue queue;
  private final Database database;
  private final OpenedDatasets opened;

  TrainingImageRoutes(Lab lab, JobSpecReader reader) {
    this.vertx = lab.vertx();
    this.pictures = DatasetRoutes.pictures(vertx);
    this.reader = reader;
    this.queue = lab.work().queue();
    this.database = lab.storage().database();
    this.opened = new OpenedDatasets(lab.inputs().datasets());
  }

  void mount(Router api) {
    api.get("/experiments/:name/images").handler(this::ofRequest);
    api.get("/jobs/:id/images").handler(this::ofJob);
  }

  private void ofRequest(RoutingContext request) {
    Experiment<?> experiment = ExperimentRoutes.named(request);
    if (!experiment.name().equals(TrainExperiment.NAME)) {
      throw noTraining("The experiment '%s' trains no network.".formatted(experiment.name()));
    }
    JsonNode object = JsonBody.ofParameter(request, "request");
    send(
        request,
        pictures.executeBlocking(
            () -> {
              TrainSpec spec = TrainingImages.requested(reader, object);
              return sheet(
                  spec, dataset(spec).orElseThrow(() -> DatasetRoutes.missing(spec.dataset())));
            },
            false));
  }

  private void ofJob(RoutingContext request) {
    send(request, queue.find(RequestParameters.id(request)).compose(this::sheet));
  }

  private Future<byte[]> sheet(Job job) {
    if (!(job.spec() instanceof TrainSpec spec)) {
      throw noTraining("Job %d is not a training.".formatted(job.id()));
    }
    return Futures.of(
            vertx,
            database.read(tables -> Facts.datasetChecksum(tables.artifacts().ofJob(job.id()))))
        .compose(
            checksum ->
                pictures.executeBlocking(
                    () ->
                        sheet(
                            spec,
                            dataset(spec)
                                .filter(
                                    found ->
                                        checksum.isEmpty()
                                            || checksum.get().equals(found.checksum()))
                                .orElseThrow(() -> ResultRoutes.changed(job, spec))),
                    false));
  }

  private static ProblemException noTraining(String detail) {
    return Problem.missing("no-training-images", "No training images", detail);
  }

  private Optional<SceneDataset> dataset(TrainSpec spec) {
    try {
      return opened.find(spec.dataset());
    } catch (DamagedException e) {
      throw DatasetRoutes.damaged(e);
    }
  }

  private static byte[] sheet(TrainSpec spec, SceneDataset dataset) throws IOException {
    try {
      TrainingImages images = TrainingImages.of(spec, dataset);
      return ContactSheet.png(images.first(ContactSheet.IMAGES), images.side());
    } catch (SplitImpossible e) {
      throw Problem.refused("no-split", "No split", String.valueOf(e.getMessage()));
    }
  }

  private static void send(RoutingContext request, Future<byte[]> sheet) {
    sheet
        .onSuccess(
            png -> {
              HttpServerResponse response =
                  request
                      .etag(Sha256.of(png))
                      .response()
                      // The data set's name may belong to another one later.
                      .putHeader("Cache-Control", "private, no-cache");
              if (request.isFresh()) {
                response.setStatusCode(304).end();
              } else {
                response.putHeader("Content-Type", "image/png").end(Buffer.buffer(png));
              }
            })
        .onFailure(request::fail);
  }
}
