package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.dataset.OpenedDatasets;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.DatasetDetailsJson;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.dataset.store.DatasetDetails;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.dataset.store.ImagePage;
import org.bagnetlab.vision.staging.DamagedException;

/** Serves the contents and the images of a data set. */
final class DatasetRoutes {

  /** Default side of pictures, in pixels. */
  private static final int USUAL_SIZE = 128;

  private static final int SMALLEST_SIZE = 16;
  private static final int LARGEST_SIZE = 512;

  private static final int USUAL_LIMIT = 60;
  private static final int MOST_IMAGES = 1000;

  /** Maximum pictures decoded at once, for memory: a photograph may have 25 million pixels. */
  private static final int PICTURES_AT_ONCE = 2;

  private final Vertx vertx;
  private final WorkerExecutor pictures;
  private final OpenedDatasets datasets;
  private final Database database;

  DatasetRoutes(Vertx vertx, DatasetStore datasets, Database database) {
    this.vertx = vertx;
    this.pictures = vertx.createSharedWorkerExecutor("pictures", PICTURES_AT_ONCE);
    this.datasets = new OpenedDatasets(datasets);
    this.database = database;
  }

  void mount(Router api) {
    api.get("/datasets/:name").handler(this::details);
    api.get("/datasets/:name/images").handler(this::images);
    api.get("/datasets/:name/image").handler(this::image);
  }

  private void details(RoutingContext request) {
    String name = request.pathParam("name");
    Reply.json(
        request,
        vertx
            .executeBlocking(() -> DatasetDetails.of(opened(name)), false)
            .compose(
                details ->
                    Futures.of(
                            vertx,
                            database.read(
                                tables -> DatasetDetailsJson.Uses.of(tables.readers(), name)))
                        .map(uses -> DatasetDetailsJson.of(details, uses))));
  }

  private void images(RoutingContext request) {
    String name = request.pathParam("name");
    Optional<String> className = RequestParameters.text(request, "class");
    Optional<SceneImage.Folder> folder =
        RequestParameters.text(request, "part").map(DatasetRoutes::folder);
    int limit = RequestParameters.whole(request, "limit", USUAL_LIMIT, 1, MOST_IMAGES);
    int offset = RequestParameters.whole(request, "offset", 0, 0, Integer.MAX_VALUE);
    Future<ImagePage> page =
        vertx.executeBlocking(
            () -> {
              SceneDataset dataset = opened(name);
              return ImagePage.of(
                  dataset, className.map(wanted -> label(dataset, wanted)), folder, offset, limit);
            },
            false);
    Reply.json(request, page);
  }

  private static SceneImage.Folder folder(String said) {
    for (SceneImage.Folder folder : SceneImage.Folder.values()) {
      if (folder.text().equals(said)) {
        return folder;
      }
    }
    throw RequestParameters.invalid(
        "part", "part must be train or test, but is '%s'.".formatted(Excerpt.of(said)));
  }

  private static int label(SceneDataset dataset, String wanted) {
    int label = dataset.classes().indexOf(wanted);
    if (label < 0) {
      throw RequestParameters.invalid(
          "class",
          "The data set '%s' has no class '%s'.".formatted(dataset.name(), Excerpt.of(wanted)));
    }
    return label;
  }

  private void image(RoutingContext request) {
    String name = request.pathParam("name");
    String path = request.request().getParam("path", "");
    int size = RequestParameters.whole(request, "size", USUAL_SIZE, SMALLEST_SIZE, LARGEST_SIZE);
    pictures
        .executeBlocking(() -> Picture.find(opened(name), path), false)
        .onSuccess(picture -> send(request, picture, size))
        .onFailure(request::fail);
  }

  private void send(RoutingContext request, Picture picture, int size) {
    HttpServerResponse response =
        request
            .etag(picture.dataset().checksum())
            .response()
            // The name may belong to another data set later.
            .putHeader("Cache-Control", "private, no-cache");
    if (request.isFresh()) {
      response.setStatusCode(304).end();
      return;
    }
    pictures
        .executeBlocking(() -> Png.of(picture.dataset().read(picture.image(), size)), false)
        .onSuccess(png -> response.putHeader("Content-Type", "image/png").end(Buffer.buffer(png)))
        .onFailure(
            failure -> {
              response.headers().remove("ETag");
              request.fail(failure);
            });
  }

  /** An image of a data set. */
  private record Picture(SceneDataset dataset, SceneImage image) {

    static Picture find(SceneDataset dataset, String path) throws IOException {
      return new Picture(
          dataset,
          dataset
              .find(path)
              .orElseThrow(
                  () ->
                      Problem.of(
                              404,
                              "image-not-found",
                              "No such image",
                              "The data set '%s' has no such image.".formatted(dataset.name()))
                          .exception()));
    }
  }

  private SceneDataset opened(String name) {
    try {
      return datasets.find(name).orElseThrow(() -> missing(name));
    } catch (DamagedException e) {
      throw damaged(e);
    }
  }

  static ProblemException missing(String name) {
    return Problem.of(
            404,
            "dataset-not-found",
            "No such data set",
            "There is no data set '%s'.".formatted(name))
        .exception();
  }

  static ProblemException damaged(DamagedException e) {
    return Problem.of(409, "dataset-damaged", "Damaged data set", e.damaged().problem())
        .exception();
  }
}
