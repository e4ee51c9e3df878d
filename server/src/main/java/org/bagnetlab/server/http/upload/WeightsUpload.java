package org.bagnetlab.server.http.upload;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.server.engine.EngineFailure;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.vision.weights.WeightsNameException;
import org.bagnetlab.vision.weights.WeightsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports uploaded weights. The response is sent once the weights are imported. */
public final class WeightsUpload {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsUpload.class);

  /**
   * Maximum bytes of a file: a ResNet-50 of full width takes a hundred MB, and three times that
   * with Adam's state.
   */
  public static final long LARGEST = 2L << 30;

  static final FileUpload.Terms TERMS =
      new FileUpload.Terms(
          UploadsInFlight.Kind.WEIGHTS,
          "/weights",
          "weights",
          LARGEST,
          201,
          "weights-taken",
          "Weights with this name are already being uploaded.");

  private final Vertx vertx;
  private final WeightsStore weights;
  private final WeightsImports imports;
  private final Path folder;
  private final FileUpload uploads;

  /**
   * Creates the receiver of uploads to a store.
   *
   * @param folder of the store
   */
  public WeightsUpload(
      Vertx vertx, WeightsStore weights, WeightsImports imports, Path folder, FileUpload uploads) {
    this.vertx = vertx;
    this.weights = weights;
    this.imports = imports;
    this.folder = folder;
    this.uploads = uploads;
  }

  /** Adds the route. */
  public void mount(Router api) {
    api.post(TERMS.path()).handler(request -> uploads.receive(request, TERMS, new Upload(request)));
  }

  /** An upload that ends if its client disconnects. */
  private final class Upload implements FileUpload.Import<JsonNode> {

    private final RoutingContext request;
    private final Promise<Void> gone = Promise.promise();

    Upload(RoutingContext request) {
      this.request = request;
      request.addEndHandler(
          ended -> {
            if (ended.failed()) {
              gone.tryComplete();
            }
          });
    }

    @Override
    public void check(String name) throws WeightsNameException {
      weights.checkName(name);
    }

    @Override
    public Path file(Path uploaded, String name) {
      return uploaded.resolve(name);
    }

    @Override
    public Future<JsonNode> run(FileUpload.Received received) {
      return imports
          .run(asked(received), gone.future())
          .compose(
              facts ->
                  vertx
                      .executeBlocking(() -> FileUpload.deleted(received.folder()), false)
                      .map(facts));
    }

    private EngineRequest.ImportWeights asked(FileUpload.Received received) {
      return new EngineRequest.ImportWeights(
          received.name(),
          received.file().toString(),
          FileUpload.parameter(request, "architecture"),
          Optional.empty(),
          FileUpload.parameter(request, "source").orElse("upload"),
          FileUpload.parameter(request, "regime"),
          folder.toString());
    }

    @Override
    public Throwable problem(Throwable failure) {
      if (failure instanceof WeightsNameException name) {
        String why = String.valueOf(name.getMessage());
        return switch (name.reason()) {
          case IMPOSSIBLE -> FileUpload.refused(400, "invalid-field", Optional.of("name"), why);
          case TAKEN -> TERMS.taken(why);
        };
      }
      if (failure instanceof EngineFailure known) {
        return switch (known.family()) {
          case USER_ERROR -> refused(known.code().equals(TERMS.takenCode()) ? 409 : 400, known);
          case INSUFFICIENT_RESOURCES, EXTERNAL -> refused(507, known);
          case INTERNAL_ERROR -> logged(known);
        };
      }
      return failure;
    }
  }

  private static ProblemException refused(int status, EngineFailure failure) {
    return FileUpload.refused(
        status, failure.code(), failure.field(), String.valueOf(failure.getMessage()));
  }

  private static EngineFailure logged(EngineFailure failure) {
    failure.said().forEach(line -> LOG.error("import: {}", line));
    return failure;
  }
}
