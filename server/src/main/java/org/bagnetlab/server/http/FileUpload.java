package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.server.disk.DiskSpace;
import org.bagnetlab.storage.directory.FileTree;
import org.jspecify.annotations.Nullable;

/** Receives a file that is too large for memory: it is written to disk while it arrives. */
final class FileUpload {

  static final String MEDIA_TYPE = "application/octet-stream";

  private FileUpload() {}

  /** Whether a request's body is such a file. */
  static boolean is(RoutingContext request) {
    return WeightsUpload.is(request) || DatasetUpload.is(request);
  }

  /** The size of the body in bytes, which is at most {@code largest}. */
  static long length(HttpServerRequest request, long largest) {
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

  /** Fails if the disk has no room for a file of this length, or for all that is needed. */
  static Future<Void> room(DiskSpace disk, long length, long needed) {
    return disk.refusal(length, needed)
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
  static Future<Path> received(
      Vertx vertx, HttpServerRequest request, ReadStream<Buffer> body, Path file) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
        .compose(
            opened -> {
              if (request.headers().contains("Expect")) {
                request.response().writeContinue();
              }
              return body.pipeTo(opened);
            })
        .map(file);
  }

  /**
   * A client that waits for 100-continue may never send its body, so the following data cannot be
   * interpreted as one.
   */
  static void fail(RoutingContext request, Throwable failure) {
    if (request.request().headers().contains("Expect") && request.request().bytesRead() == 0) {
      request
          .response()
          .putHeader("Connection", "close")
          .endHandler(sent -> request.request().connection().close());
    }
    request.fail(failure);
  }

  /** Removes what was received. */
  static Path deleted(Path folder) throws IOException {
    FileTree.delete(folder);
    return folder;
  }

  /** A parameter of the query, unless it is blank. */
  static Optional<String> parameter(RoutingContext request, String name) {
    return Optional.of(request.request().getParam(name, "").strip())
        .filter(text -> !text.isEmpty());
  }
}
