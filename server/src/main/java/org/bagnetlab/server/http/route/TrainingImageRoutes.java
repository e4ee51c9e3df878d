package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.dataset.OpenedDatasets;
import org.bagnetlab.server.dataset.TrainingImages;
import org.bagnetlab.server.dataset.TrainingSheet;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.split.SplitImpossible;
import org.bagnetlab.vision.staging.DamagedException;

/** Shows the first images of a training as its network sees them, before and after it is queued. */
final class TrainingImageRoutes {

  /** Number of pictures that are kept, each of about a megabyte. */
  private static final int MOST_DRAWN = 16;

  /** Maximum pictures that are drawn or wait for it: each takes up to seconds. */
  private static final int MOST_WAITING = 8;

  private final Vertx vertx;
  private final WorkerExecutor pictures;
  private final JobSpecReader reader;
  private final JobQueue queue;
  private final Database database;
  private final OpenedDatasets opened;

  /** The last pictures, by tag. */
  private final Cache<String, byte[]> drawn = Caffeine.newBuilder().maximumSize(MOST_DRAWN).build();

  private int waiting;

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
    vertx
        .executeBlocking(
            () -> {
              TrainSpec spec = TrainingImages.requested(reader, object);
              return new TrainingSheet(
                  spec, dataset(spec).orElseThrow(() -> DatasetRoutes.missing(spec.dataset())));
            },
            false)
        .onSuccess(sheet -> send(request, sheet))
        .onFailure(request::fail);
  }

  private void ofJob(RoutingContext request) {
    queue
        .find(RequestParameters.id(request))
        .compose(this::sheet)
        .onSuccess(sheet -> send(request, sheet))
        .onFailure(request::fail);
  }

  private Future<TrainingSheet> sheet(Job job) {
    if (!(job.spec() instanceof TrainSpec spec)) {
      throw noTraining("Job %d is not a training.".formatted(job.id()));
    }
    return Futures.of(
            vertx,
            database.read(tables -> Facts.datasetChecksum(tables.artifacts().ofJob(job.id()))))
        .compose(
            checksum ->
                vertx.executeBlocking(
                    () ->
                        dataset(spec)
                            .filter(
                                found ->
                                    checksum.isEmpty() || checksum.get().equals(found.checksum()))
                            .map(found -> new TrainingSheet(spec, found))
                            .orElseThrow(() -> ResultRoutes.changed(job, spec)),
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

  private void send(RoutingContext request, TrainingSheet sheet) {
    String tag = sheet.tag();
    HttpServerResponse response =
        request
            .etag(tag)
            .response()
            // The data set's name may belong to another one later.
            .putHeader("Cache-Control", "private, no-cache");
    byte[] known = drawn.getIfPresent(tag);
    if (request.isFresh()) {
      response.setStatusCode(304).end();
    } else if (known != null) {
      send(response, known);
    } else if (waiting < MOST_WAITING) {
      draw(request, sheet, tag);
    } else {
      refuse(response);
    }
  }

  private void draw(RoutingContext request, TrainingSheet sheet, String tag) {
    HttpServerResponse response = request.response();
    waiting++;
    pictures
        .executeBlocking(() -> drawn.get(tag, missing -> png(sheet)), false)
        .onComplete(ended -> waiting--)
        .onSuccess(png -> send(response, png))
        .onFailure(
            failure -> {
              response.headers().remove("ETag");
              request.fail(failure);
            });
  }

  private static byte[] png(TrainingSheet sheet) {
    try {
      return sheet.png();
    } catch (SplitImpossible e) {
      throw Problem.refused("no-split", "No split", String.valueOf(e.getMessage()));
    }
  }

  private static void send(HttpServerResponse response, byte[] png) {
    response.putHeader("Content-Type", "image/png").end(Buffer.buffer(png));
  }

  private static void refuse(HttpServerResponse response) {
    response.headers().remove("ETag");
    // Responds directly, since a failure with this status would be logged.
    Problems.answer(
        response.putHeader("Retry-After", "5"),
        Problem.of(
            503,
            "too-many-pictures",
            "Too many pictures",
            "Too many pictures are being drawn. Try again later."));
  }
}
