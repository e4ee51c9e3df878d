package org.bagnetlab.server.http;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.server.disk.DiskSpace;
import org.bagnetlab.server.engine.EngineFailure;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.vision.weights.WeightsNameException;
import org.bagnetlab.vision.weights.WeightsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports uploaded weights. They are the only body that is too large for memory: it is written to
 * disk while it arrives, and read from there.
 */
final class WeightsUpload {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsUpload.class);

  static final String MEDIA_TYPE = FileUpload.MEDIA_TYPE;

  private static final String PATH = "/weights";

  private static final String UPLOADED_NOW = "Weights with this name are already being uploaded.";

  private static final String TOO_MANY =
      "Too many imports are running. Try again when one of them is done.";

  /** A ResNet-50 of full width takes a hundred MB, and three times that with Adam's state. */
  private static final long LARGEST = 2L << 30;

  private final Vertx vertx;
  private final WeightsStore weights;
  private final WeightsImports imports;
  private final DataDirectory directory;
  private final DiskSpace disk;
  private final ClientConnections connections;
  private final UploadsInFlight inFlight;

  WeightsUpload(
      Vertx vertx,
      WeightsStore weights,
      WeightsImports imports,
      DataDirectory directory,
      DiskSpace disk,
      ClientConnections connections,
      UploadsInFlight inFlight) {
    this.vertx = vertx;
    this.weights = weights;
    this.imports = imports;
    this.directory = directory;
    this.disk = disk;
    this.connections = connections;
    this.inFlight = inFlight;
  }

  /** Whether a request is an upload, for every spelling of its path that {@link #mount} accepts. */
  static boolean is(RoutingContext request) {
    return request.request().method().equals(HttpMethod.POST)
        && request.normalizedPath().matches(Api.ROOT + PATH + "/?");
  }

  void mount(Router api) {
    api.post(PATH).handler(this::receive);
  }

  private void receive(RoutingContext request) {
    String name = FileUpload.parameter(request, "name").orElseThrow(WeightsUpload::missingName);
    long length = FileUpload.length(request.request(), LARGEST);
    switch (inFlight.begin(UploadsInFlight.Kind.WEIGHTS, name, length)) {
      case BEGUN -> begin(request, name);
      case NAME_TAKEN ->
          FileUpload.fail(
              request,
              refused(409, "weights-taken", Optional.of("name"), new IOException(UPLOADED_NOW)));
      case TOO_MANY -> {
        // Not a failure of the server, which would be logged.
        request.response().putHeader("Retry-After", "60");
        FileUpload.fail(
            request, refused(503, "too-many-imports", Optional.empty(), new IOException(TOO_MANY)));
      }
    }
  }

  private void begin(RoutingContext request, String name) {
    Promise<Void> gone = Promise.promise();
    request.response().closeHandler(closed -> gone.tryComplete());
    ReadStream<Buffer> body = connections.body(request.request());
    body.pause();
    // Unordered: other requests on this event loop must not wait for a disk or an import.
    vertx
        .executeBlocking(() -> checked(name), false)
        .compose(
            checked ->
                FileUpload.room(
                    disk, FileUpload.length(request.request(), LARGEST), inFlight.needed()))
        .compose(room -> vertx.executeBlocking(this::folder, false))
        .compose(
            folder ->
                FileUpload.received(vertx, request.request(), body, folder.resolve(name))
                    .compose(file -> imports.run(asked(request, name, file), gone.future()))
                    .eventually(
                        () -> vertx.executeBlocking(() -> FileUpload.deleted(folder), false)))
        .onComplete(
            done -> {
              inFlight.end(UploadsInFlight.Kind.WEIGHTS, name);
              disk.forget();
            })
        .onSuccess(facts -> Reply.json(request, 201, facts))
        .onFailure(
            failure -> {
              if (!request.request().isEnded()) {
                // What still comes is dropped, so that the answer is read.
                body.resume();
              }
              FileUpload.fail(request, problem(failure));
            });
  }

  private String checked(String name) throws WeightsNameException {
    weights.checkName(name);
    return name;
  }

  private Path folder() throws IOException {
    return Files.createTempDirectory(directory.uploads(), "weights-");
  }

  private EngineRequest.ImportWeights asked(RoutingContext request, String name, Path file) {
    return new EngineRequest.ImportWeights(
        name,
        file.toString(),
        FileUpload.parameter(request, "architecture"),
        Optional.empty(),
        FileUpload.parameter(request, "source").orElse("upload"),
        FileUpload.parameter(request, "regime"),
        directory.weights().toString());
  }

  /** The response to a client whose import failed. */
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
    return failure;
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

  private static ProblemException missingName() {
    return Problem.invalid("Invalid parameter", "name", "name is missing: give the weights a name.")
        .exception();
  }
}
