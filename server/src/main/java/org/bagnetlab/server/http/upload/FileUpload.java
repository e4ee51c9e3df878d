package org.bagnetlab.server.http.upload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.disk.DiskSpace;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.jspecify.annotations.Nullable;

/**
 * Receives files that are too large for memory: each is written to disk while it arrives, into a
 * folder of its own, and imported from there.
 */
public final class FileUpload {

  /** Media type of the request's body. */
  public static final String MEDIA_TYPE = "application/octet-stream";

  /** Maximum number of uploads of a kind at once, since each keeps a connection open. */
  public static final int MOST_OF_A_KIND = 4;

  private static final String TOO_MANY =
      "Too many uploads are in progress. Try again when one of them is done.";

  private static final String FOLDER = "upload-";

  private final Vertx vertx;
  private final DataDirectory directory;
  private final DiskSpace disk;
  private final UploadsInFlight inFlight = new UploadsInFlight();

  /**
   * The properties shared by all files of a kind.
   *
   * @param kind the kind
   * @param path of the route below {@link OpenApi#ROOT}
   * @param named what the name refers to, as a phrase for messages
   * @param largest maximum bytes of a file
   * @param status of the response to a success
   * @param takenCode code of the problem that the name is already taken
   * @param uploadedNow message that a file with this name is being uploaded
   */
  record Terms(
      UploadsInFlight.Kind kind,
      String path,
      String named,
      long largest,
      int status,
      String takenCode,
      String uploadedNow) {

    /**
     * Whether a request is an upload of this kind, for every spelling of its path that the router
     * accepts.
     */
    private boolean areOf(RoutingContext request) {
      return request.request().method().equals(HttpMethod.POST)
          && request.normalizedPath().matches(OpenApi.ROOT + path + "/?");
    }

    /** The problem of a name that is already taken. */
    ProblemException taken(String why) {
      return refused(409, takenCode, Optional.of("name"), why);
    }

    private ProblemException missingName() {
      return Problem.invalid(
          "Invalid parameter", "name", "name is missing: give the %s a name.".formatted(named));
    }
  }

  /**
   * A received file.
   *
   * @param name the name it is imported under
   * @param folder folder that contains only this file
   * @param length length in bytes
   */
  record Received(String name, Path folder, Path file, long length) {}

  /**
   * The import of a file.
   *
   * @param <T> the response to a success
   */
  interface Import<T> {

    /** Checks that something can be imported under this name, and fails otherwise. Blocks. */
    void check(String name) throws IOException;

    /** The path for the file that will be imported under this name. */
    Path file(Path folder, String name);

    /** Imports the file, or begins to. Its folder is deleted only if this fails. */
    Future<T> run(Received received);

    /** The problem that the response to a failed import describes. */
    default Throwable problem(Throwable failure) {
      return failure;
    }
  }

  /**
   * Creates a receiver of files into a directory, which checks that the directory's disk has room.
   */
  public FileUpload(Vertx vertx, DataDirectory directory, DiskSpace disk) {
    this.vertx = vertx;
    this.directory = directory;
    this.disk = disk;
  }

  /** Whether a request's body is an uploaded file. */
  public static boolean is(RoutingContext request) {
    return Stream.of(WeightsUpload.TERMS, DatasetUpload.TERMS, RunUpload.TERMS)
        .anyMatch(terms -> terms.areOf(request));
  }

  /** Receives a file, unless the request is invalid or must wait, and responds. */
  <T> void receive(RoutingContext request, Terms terms, Import<T> importing) {
    String name = parameter(request, "name").orElseThrow(terms::missingName);
    long length = length(request.request(), terms.largest());
    switch (inFlight.begin(terms.kind(), name, length)) {
      case BEGUN -> begin(request, terms, importing, name, length);
      case NAME_TAKEN -> fail(request, terms.taken(terms.uploadedNow()));
      case TOO_MANY -> {
        // Responds directly, since a failure with this status would be logged.
        request.response().putHeader("Retry-After", "60");
        fail(request, refused(503, "too-many-imports", Optional.empty(), TOO_MANY));
      }
    }
  }

  private <T> void begin(
      RoutingContext request, Terms terms, Import<T> importing, String name, long length) {
    HttpServerRequest body = request.request().pause();
    // Unordered: other requests on this event loop must not wait for a disk or an import.
    vertx
        .executeBlocking(
            () -> {
              importing.check(name);
              return name;
            },
            false)
        .compose(checked -> room(length))
        .compose(
            room ->
                vertx.executeBlocking(
                    () -> Files.createTempDirectory(directory.uploads(), FOLDER), false))
        .compose(
            folder ->
                written(request, importing.file(folder, name))
                    .compose(file -> importing.run(new Received(name, folder, file, length)))
                    .recover(
                        failure ->
                            vertx
                                .executeBlocking(() -> deleted(folder), false)
                                .transform(deleted -> Future.failedFuture(failure))))
        .onComplete(
            done -> {
              inFlight.end(terms.kind(), name);
              disk.forget();
            })
        .onSuccess(answer -> Reply.json(request, terms.status(), answer))
        .onFailure(
            failure -> {
              if (!body.isEnded()) {
                // Discards the rest of the body, so that the client reads the response.
                body.resume();
              }
              fail(request, importing.problem(failure));
            });
  }

  /**
   * Reserves space for an import, which outlasts its upload.
   *
   * @return must be run at the end of the import; may be run more than once
   */
  Runnable importing(long length) {
    Runnable ended = inFlight.importing(length);
    return () -> {
      ended.run();
      disk.forget();
    };
  }

  /** The size of the body in bytes, which is at most {@code largest}. */
  private static long length(HttpServerRequest request, long largest) {
    @Nullable String length = request.getHeader("Content-Length");
    if (length == null) {
      throw Problem.of(
              411,
              "length-required",
              "Length required",
              "The request must give the file's size in Content-Length.")
          .exception();
    }
    long bytes = Long.parseLong(length);
    if (bytes > largest) {
      throw Problem.of(
              413,
              "too-large",
              "Too large",
              "The file is larger than %d GiB.".formatted(largest >> 30))
          .exception();
    }
    return bytes;
  }

  /** Fails if the disk has no room for a file of this length in addition to all reserved space. */
  Future<Void> room(long length) {
    return disk.refusal(length, inFlight.needed())
        .compose(
            refusal ->
                refusal
                    .<Future<Void>>map(
                        why ->
                            Future.failedFuture(
                                Problem.of(507, "no-room", "No room", why).exception()))
                    .orElseGet(Future::succeededFuture));
  }

  /** Writes the body to a new file. */
  private Future<Path> written(RoutingContext request, Path file) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
        .compose(
            opened -> {
              if (request.request().headers().contains("Expect")) {
                request.response().writeContinue();
              }
              return request.request().pipeTo(opened);
            })
        .map(file);
  }

  /**
   * Fails a request and closes its connection: a client that waits for 100-continue may never send
   * its body, so the data that follows cannot be read as a request.
   */
  public static void fail(RoutingContext request, Throwable failure) {
    if (request.request().headers().contains("Expect") && request.request().bytesRead() == 0) {
      request.response().putHeader("Connection", "close");
      // Not set on the response, whose own end handler calls all end handlers of the request.
      request.addEndHandler(
          sent -> {
            var _ = request.request().connection().close();
          });
    }
    request.fail(failure);
  }

  /** Deletes the received files. Blocks. */
  static Path deleted(Path folder) throws IOException {
    FileTree.delete(folder);
    return folder;
  }

  /** A query parameter; a blank value counts as missing. */
  static Optional<String> parameter(RoutingContext request, String name) {
    return Optional.of(request.request().getParam(name, "").strip())
        .filter(text -> !text.isEmpty());
  }

  /** The problem of a file that cannot be imported. */
  static ProblemException refused(int status, String code, Optional<String> field, String why) {
    return new Problem("about:blank", "Not imported", status, code, field, why).exception();
  }
}
