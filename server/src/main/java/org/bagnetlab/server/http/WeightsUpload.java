package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.FileTree;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;
import org.jspecify.annotations.Nullable;

/**
 * Imports weights that are sent. They are the one body that is larger than memory should hold: it
 * goes to the disk as it comes, and is read from there.
 */
final class WeightsUpload {

  static final String MEDIA_TYPE = "application/octet-stream";

  private static final String PATH = "/weights";

  /** Far more than the largest network here takes, with its optimiser's state. */
  private static final long LARGEST = 2L << 30;

  private final Vertx vertx;
  private final WeightsStore weights;
  private final DataDirectory directory;

  WeightsUpload(Vertx vertx, WeightsStore weights, DataDirectory directory) {
    this.vertx = vertx;
    this.weights = weights;
    this.directory = directory;
  }

  /** Whether a request is one. */
  static boolean is(HttpServerRequest request) {
    return request.method().equals(HttpMethod.POST) && request.path().equals(Api.ROOT + PATH);
  }

  void mount(Router api) {
    api.post(PATH).handler(this::receive);
  }

  private void receive(RoutingContext request) {
    String name = parameter(request, "name").orElseThrow(WeightsUpload::nameless);
    WeightsImport asked =
        new WeightsImport(
            parameter(request, "architecture"),
            Optional.empty(),
            parameter(request, "source").orElse("upload"),
            parameter(request, "regime").orElse(WeightsImport.PRETRAINED));
    checkLength(request.request());
    request.request().pause();
    vertx
        .executeBlocking(() -> Files.createTempDirectory(directory.uploads(), "weights-"))
        .onFailure(failure -> request.request().resume())
        .compose(folder -> receive(request.request(), folder, name, asked))
        .onSuccess(facts -> Reply.json(request, 201, facts))
        .onFailure(request::fail);
  }

  private Future<WeightsFacts> receive(
      HttpServerRequest request, Path folder, String name, WeightsImport asked) {
    // What is wrong with a file is told with the file's name.
    Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9._-]", "-"));
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
        .compose(request::pipeTo)
        .compose(received -> vertx.executeBlocking(() -> imported(name, file, asked)))
        .eventually(
            () ->
                vertx.executeBlocking(
                    () -> {
                      FileTree.delete(folder);
                      return folder;
                    }));
  }

  private WeightsFacts imported(String name, Path file, WeightsImport asked) {
    try {
      return weights.importFrom(name, file, asked);
    } catch (IOException e) {
      throw Problem.of(400, "weights-refused", "Not imported", String.valueOf(e.getMessage()))
          .exception();
    }
  }

  private static void checkLength(HttpServerRequest request) {
    @Nullable String length = request.getHeader("Content-Length");
    if (length == null) {
      throw Problem.of(
              411,
              "length-required",
              "Length required",
              "The request must say how long the file is, in Content-Length.")
          .exception();
    }
    if (Long.parseLong(length) > LARGEST) {
      throw Problem.of(413, "too-large", "Too large", "The file is larger than 2 GiB.").exception();
    }
  }

  private static Optional<String> parameter(RoutingContext request, String name) {
    return Optional.of(request.request().getParam(name, "").strip())
        .filter(text -> !text.isEmpty());
  }

  private static ProblemException nameless() {
    return Problem.invalid(
            "Invalid parameter", "name", "name is missing: say what to call the weights.")
        .exception();
  }
}
