package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.dataset.OpenedDatasets;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.DatasetDetailsJson;
import org.bagnetlab.server.json.DatasetImportJson;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.bagnetlab.vision.dataset.image.Png;
import org.bagnetlab.vision.dataset.store.DatasetDetails;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.dataset.store.ImagePage;
import org.bagnetlab.vision.staging.DamagedException;

/** Lists, shows and deletes data sets and their imports, and serves their images. */
final class DatasetRoutes {

  /** Default side of pictures, in pixels. */
  private static final int USUAL_SIZE = 128;

  private static final int SMALLEST_SIZE = 16;
  private static final int LARGEST_SIZE = 512;

  private static final int USUAL_LIMIT = 60;
  private static final int MOST_IMAGES = 1000;

  /** Maximum pictures decoded at once, to limit memory: a photograph may have 25 million pixels. */
  private static final int PICTURES_AT_ONCE = 2;

  private final Vertx vertx;
  private final WorkerExecutor pictures;
  private final DatasetStore datasets;
  private final OpenedDatasets opened;
  private final DatasetImports imports;
  private final JobQueue queue;
  private final Database database;

  DatasetRoutes(Lab lab) {
    this.vertx = lab.vertx();
    this.pictures = pictures(vertx);
    this.datasets = lab.inputs().datasets();
    this.opened = new OpenedDatasets(datasets);
    this.imports = lab.work().datasetImports();
    this.queue = lab.work().queue();
    this.database = lab.storage().database();
  }

  /** The threads that decode pictures, shared by all routes. */
  static WorkerExecutor pictures(Vertx vertx) {
    return vertx.createSharedWorkerExecutor("pictures", PICTURES_AT_ONCE);
  }

  void mount(Router api) {
    api.get("/datasets")
        .handler(request -> Reply.json(request, vertx.executeBlocking(datasets::list, false)));
    api.delete("/datasets/:name").handler(this::delete);
    api.get("/datasets/:name").handler(this::details);
    api.get("/datasets/:name/images").handler(this::images);
    api.get("/datasets/:name/image").handler(this::image);
    api.get("/datasets/:name/duplicates")
        .handler(
            request ->
                Reply.json(
                    request,
                    vertx.executeBlocking(() -> duplicates(request.pathParam("name")), false)));
    api.get("/dataset-imports").handler(request -> Reply.json(request, 200, importList()));
    api.get("/dataset-imports/:name").handler(this::showImport);
    api.delete("/dataset-imports/:name").handler(this::cancelImport);
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
                        .map(uses -> new DatasetDetailsJson(details, uses))));
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
                      Problem.missing(
                          "image-not-found",
                          "No such image",
                          "The data set '%s' has no such image.".formatted(dataset.name()))));
    }
  }

  private DuplicatePairs duplicates(String name) throws IOException {
    try {
      return datasets.duplicates(name, (done, total) -> {}).orElseThrow(() -> missing(name));
    } catch (DamagedException e) {
      throw damaged(e);
    }
  }

  private SceneDataset opened(String name) {
    try {
      return opened.find(name).orElseThrow(() -> missing(name));
    } catch (DamagedException e) {
      throw damaged(e);
    }
  }

  static ProblemException missing(String name) {
    return Problem.missing(
        "dataset-not-found",
        "No such data set",
        BuiltInDatasets.problem(name).orElse("There is no data set '%s'.".formatted(name)));
  }

  static ProblemException damaged(DamagedException e) {
    return Problem.refused("dataset-damaged", "Damaged data set", e.damaged().problem());
  }

  private void delete(RoutingContext request) {
    String name = request.pathParam("name");
    // Checked before looking for jobs that use the data set, since ending those would not help.
    if (BuiltInDatasets.has(name)) {
      throw Problem.refused(
          "dataset-built-in",
          "Built in",
          "The data set %s is built in and cannot be removed.".formatted(name));
    }
    Reply.done(request, queue.removeDataset(name, () -> remove(name)));
  }

  private Closeable remove(String name) throws IOException {
    if (!datasets.imported(name)) {
      throw missing(name);
    }
    return datasets.remove(name);
  }

  private DatasetImportJson.ListOf importList() {
    Instant now = imports.now();
    return new DatasetImportJson.ListOf(
        imports.list().stream().map(each -> DatasetImportJson.of(each, now)).toList());
  }

  private void showImport(RoutingContext request) {
    String name = request.pathParam("name");
    DatasetImportJson found =
        imports
            .find(name)
            .map(each -> DatasetImportJson.of(each, imports.now()))
            .orElseThrow(() -> noImport(name));
    Reply.json(request, 200, found);
  }

  private void cancelImport(RoutingContext request) {
    String name = request.pathParam("name");
    imports
        .cancel(name)
        .onSuccess(
            came -> {
              switch (came) {
                case DONE -> request.response().setStatusCode(204).end();
                case UNKNOWN -> request.fail(noImport(name));
                case TOO_LATE -> request.fail(tooLate(name));
              }
            })
        .onFailure(request::fail);
  }

  private static ProblemException noImport(String name) {
    return Problem.missing(
        "dataset-import-not-found",
        "No such import",
        "No import of a data set '%s' is known: it was cancelled, or ended long ago."
            .formatted(name));
  }

  private static ProblemException tooLate(String name) {
    return Problem.refused(
        "import-ended",
        "Not cancelled",
        "The data set '%s' was imported before it could be cancelled.".formatted(name));
  }
}
