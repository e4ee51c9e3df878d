package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.server.engine.EngineFailure;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.FileTree;
import org.bagnetlab.vision.weights.WeightsNameException;
import org.bagnetlab.vision.weights.WeightsStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports weights that are sent. They are the one body that is larger than memory should hold: it
 * goes to the disk as it comes, and is read from there.
 */
final class WeightsUpload {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsUpload.class);

  static final String MEDIA_TYPE = "application/octet-stream";

  private static final String PATH = "/weights";

  /** A ResNet-50 of full width takes a hundred MB, and three times that with Adam's state. */
  private static final long LARGEST = 2L << 30;

  private final Vertx vertx;
  private final WeightsStore weights;
  private final WeightsImports imports;
  private final DataDirectory directory;

  WeightsUpload(
      Vertx vertx, WeightsStore weights, WeightsImports imports, DataDirectory directory) {
    this.vertx = vertx;
    this.weights = weights;
    this.imports = imports;
    this.directory = directory;
  }

  /** Whether a request is one, under every spelling of its path that {@link #mount} takes. */
  static boolean is(RoutingContext request) {
    return request.request().method().equals(HttpMethod.POST)
        && request.normalizedPath().matches(Api.ROOT + PATH + "/?");
  }

  void mount(Router api) {
    api.post(PATH).handler(this::receive);
  }

  private void receive(RoutingContext request) {
    String name = parameter(request, "name").orElseThrow(WeightsUpload::nameless);
    checkLength(request.request());
    Promise<Void> gone = Promise.promise();
    request.response().closeHandler(closed -> gone.tryComplete());
    request.request().pause();
    // Not in order: others of this connection's loop must not wait for a disk or an import.
    vertx
        .executeBlocking(() -> folder(name), false)
        .compose(
            folder ->
                received(request.request(), folder.resolve(name))
                    .compose(file -> imports.run(asked(request, name, file), gone.future()))
                    .eventually(() -> vertx.executeBlocking(() -> deleted(folder), false)))
        .onSuccess(facts -> Reply.json(request, 201, facts))
        .onFailure(
            failure -> {
              if (!request.request().isEnded()) {
                // What still comes is dropped, so that the answer is read.
                request.request().resume();
              }
              request.fail(problem(failure));
            });
  }

  /** A place for a file, if the import can have its name. */
  private Path folder(String name) throws IOException {
    weights.checkName(name);
    return Files.createTempDirectory(directory.uploads(), "weights-");
  }

  private Future<Path> received(HttpServerRequest request, Path file) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
        .compose(request::pipeTo)
        .map(file);
  }

  private EngineRequest.ImportWeights asked(RoutingContext request, String name, Path file) {
    return new EngineRequest.ImportWeights(
        name,
        file.toString(),
        parameter(request, "architecture"),
        Optional.empty(),
        parameter(request, "source").orElse("upload"),
        parameter(request, "regime"),
        directory.weights().toString());
  }

  private static Path deleted(Path folder) throws IOException {
    FileTree.delete(folder);
    return folder;
  }

  /** What a failed import is to whoever sent the file. */
  private static Throwable problem(Throwable failure) {
    if (failure instanceof WeightsNameException name) {
      return switch (name.reason()) {
        case IMPOSSIBLE -> refused(400, "invalid-field", Optional.of("name"), name);
        case TAKEN -> refused(409, "weights-taken", Optional.of("name"), name);
      };
    }
    if (failure instanceof EngineFailure known) {
      return switch (known.family()) {
        case USER_ERROR ->
            refused(
                known.code().equals("weights-taken") ? 409 : 400,
                known.code(),
                known.field(),
                known);
        case INSUFFICIENT_RESOURCES, EXTERNAL -> refused(507, known.code(), known.field(), known);
        case INTERNAL_ERROR -> logged(known);
      };
    }
    return full(failure)
        ? refused(507, "disk-full", Optional.empty(), new IOException("The server's disk is full."))
        : failure;
  }

  /** Whether the file that came did not fit on the disk; the system says it in words only. */
  private static boolean full(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException refused(
      int status, String code, Optional<String> field, Throwable failure) {
    return new Problem(
            "about:blank",
            "Not imported",
            status,
            code,
            field,
            String.valueOf(failure.getMessage()))
        .exception();
  }

  private static EngineFailure logged(EngineFailure failure) {
    failure.said().forEach(line -> LOG.error("import: {}", line));
    return failure;
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
