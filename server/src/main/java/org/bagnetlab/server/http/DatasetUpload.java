package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.dataset.UploadedDataset;
import org.bagnetlab.server.disk.DiskSpace;
import org.bagnetlab.server.json.DatasetImportJson;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.vision.dataset.DatasetStore;

/**
 * Receives zip files of images, to be imported. The response is sent when the file is there: its
 * import takes longer than many a connection lasts.
 */
final class DatasetUpload {

  private static final String PATH = "/datasets";

  private static final String UPLOADED_NOW = "A data set with this name is being uploaded.";

  private static final String IMPORTED_NOW = "A data set with this name is being imported.";

  private static final String TOO_MANY =
      "Too many uploads are in progress. Try again when one of them is done.";

  /** The 15-scene database takes 90 MB, ImageNet's validation images take 6 GB. */
  static final long LARGEST = 16L << 30;

  /** Code points; a pair of surrogates is one. */
  private static final int LONGEST_SOURCE = 80;

  /** File systems take 255. */
  private static final int MOST_NAME_BYTES = 240;

  private static final String UNNAMED = "upload.zip";

  private final Vertx vertx;
  private final DatasetStore datasets;
  private final DatasetImports imports;
  private final DataDirectory directory;
  private final DiskSpace disk;
  private final ClientConnections connections;
  private final UploadsInFlight inFlight;

  DatasetUpload(
      Vertx vertx,
      DatasetStore datasets,
      DatasetImports imports,
      DataDirectory directory,
      DiskSpace disk,
      ClientConnections connections,
      UploadsInFlight inFlight) {
    this.vertx = vertx;
    this.datasets = datasets;
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
    String name = FileUpload.parameter(request, "name").orElseThrow(DatasetUpload::missingName);
    long length = FileUpload.length(request.request(), LARGEST);
    switch (inFlight.begin(UploadsInFlight.Kind.DATASET, name, length)) {
      case BEGUN -> begin(request, name, length);
      case NAME_TAKEN -> FileUpload.fail(request, taken(UPLOADED_NOW));
      case TOO_MANY -> {
        request.response().putHeader("Retry-After", "60");
        FileUpload.fail(request, refused(503, "too-many-imports", Optional.empty(), TOO_MANY));
      }
    }
  }

  private void begin(RoutingContext request, String name, long length) {
    ReadStream<Buffer> body = connections.body(request.request());
    body.pause();
    // Unordered: other requests on this event loop must not wait for a disk.
    vertx
        .executeBlocking(() -> checked(name), false)
        .compose(checked -> FileUpload.room(disk, length, inFlight.needed()))
        .compose(room -> vertx.executeBlocking(this::folder, false))
        .compose(folder -> received(request, body, name, length, folder))
        .onComplete(
            done -> {
              inFlight.end(UploadsInFlight.Kind.DATASET, name);
              disk.forget();
            })
        .onSuccess(uploaded -> Reply.json(request, 202, json(uploaded)))
        .onFailure(
            failure -> {
              if (!request.request().isEnded()) {
                // What still comes is dropped, so that the answer is read.
                body.resume();
              }
              FileUpload.fail(request, failure);
            });
  }

  /** Receives the file into a folder, which is deleted unless an import has it then. */
  private Future<UploadedDataset> received(
      RoutingContext request, ReadStream<Buffer> body, String name, long length, Path folder) {
    return Future.succeededFuture(folder)
        .compose(
            made ->
                FileUpload.received(vertx, request.request(), body, file(made, fileName(request))))
        .compose(file -> vertx.executeBlocking(() -> imported(name, folder, file, length), false))
        .recover(
            failure ->
                vertx
                    .executeBlocking(() -> FileUpload.deleted(folder), false)
                    .transform(deleted -> Future.failedFuture(failure)));
  }

  private UploadedDataset imported(String name, Path folder, Path file, long length) {
    Runnable ended = inFlight.importing(length);
    return imports.add(
        name,
        folder,
        file,
        length,
        () -> {
          ended.run();
          disk.forget();
        });
  }

  private DatasetImportJson json(UploadedDataset uploaded) {
    return DatasetImportJson.of(uploaded, imports.now());
  }

  private String checked(String name) {
    Optional<String> refusal = datasets.refusalOf(name);
    if (refusal.isPresent()) {
      throw datasets.imported(name)
          ? taken(refusal.get())
          : Problem.invalid("Not imported", "name", refusal.get()).exception();
    }
    if (imports.busy(name)) {
      throw taken(IMPORTED_NOW);
    }
    return name;
  }

  private static ProblemException taken(String why) {
    return refused(409, "dataset-taken", Optional.of("name"), why);
  }

  private static ProblemException refused(
      int status, String code, Optional<String> field, String why) {
    return new Problem("about:blank", "Not imported", status, code, field, why).exception();
  }

  private Path folder() throws IOException {
    return Files.createTempDirectory(directory.uploads(), "dataset-");
  }

  /** The name that people know the file by, in messages and as the source of the data set. */
  private static String fileName(RoutingContext request) {
    return fileName(FileUpload.parameter(request, "source").orElse(UNNAMED));
  }

  static String fileName(String given) {
    String safe =
        given
            .substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
            .replaceAll("[^\\p{L}\\p{N} ._()+-]", "_");
    StringBuilder shortened = new StringBuilder();
    safe.codePoints()
        .limit(LONGEST_SOURCE)
        .takeWhile(next -> bytes(shortened) + bytes(Character.toString(next)) <= MOST_NAME_BYTES)
        .forEachOrdered(shortened::appendCodePoint);
    String fileName = shortened.toString();
    return fileName.isBlank() || fileName.startsWith(".") ? UNNAMED : fileName;
  }

  private static int bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /** In a locale whose encoding lacks a letter of the name, no file can have it. */
  private static Path file(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      return folder.resolve(UNNAMED);
    }
  }

  private static ProblemException missingName() {
    return Problem.invalid(
            "Invalid parameter", "name", "name is missing: give the data set a name.")
        .exception();
  }
}
