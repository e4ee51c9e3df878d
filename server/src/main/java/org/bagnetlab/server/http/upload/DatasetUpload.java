package org.bagnetlab.server.http.upload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.json.DatasetImportJson;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/**
 * Receives zip files of images to import. The response is sent once the file has arrived, since an
 * import takes longer than many connections last.
 */
public final class DatasetUpload {

  /**
   * Maximum bytes of a file: the 15-scene database takes 90 MB, ImageNet's validation images take 6
   * GB.
   */
  public static final long LARGEST = 16L << 30;

  static final FileUpload.Terms TERMS =
      new FileUpload.Terms(
          UploadsInFlight.Kind.DATASET,
          "/datasets",
          "data set",
          LARGEST,
          202,
          "dataset-taken",
          "A data set with this name is being uploaded.");

  private static final String IMPORTED_NOW = "A data set with this name is being imported.";

  /** Longest source in code points; a surrogate pair counts as one. */
  private static final int LONGEST_SOURCE = 80;

  /** Longest file name in bytes; file systems allow 255. */
  private static final int MOST_NAME_BYTES = 240;

  private static final String UNNAMED = "upload.zip";

  private final Vertx vertx;
  private final DatasetStore datasets;
  private final DatasetImports imports;
  private final FileUpload uploads;

  /** Creates the receiver of uploads to a store. */
  public DatasetUpload(
      Vertx vertx, DatasetStore datasets, DatasetImports imports, FileUpload uploads) {
    this.vertx = vertx;
    this.datasets = datasets;
    this.imports = imports;
    this.uploads = uploads;
  }

  /** Adds the route, and starts the imports of files that an earlier server process received. */
  public void mount(Router api) {
    imports.resume(uploads::importing);
    api.post(TERMS.path()).handler(request -> uploads.receive(request, TERMS, new Upload(request)));
  }

  private final class Upload implements FileUpload.Import<DatasetImportJson> {

    private final RoutingContext request;

    Upload(RoutingContext request) {
      this.request = request;
    }

    @Override
    public void check(String name) {
      Optional<String> refusal = datasets.refusalOf(name);
      if (refusal.isPresent()) {
        throw datasets.imported(name)
            ? TERMS.taken(refusal.get())
            : Problem.invalid("Not imported", "name", refusal.get());
      }
      if (imports.busy(name)) {
        throw TERMS.taken(IMPORTED_NOW);
      }
    }

    /**
     * The file keeps the name that the user gave it, which appears in messages and as the source of
     * the data set.
     */
    @Override
    public Path file(Path folder, String name) {
      try {
        return folder.resolve(fileName(FileUpload.parameter(request, "source").orElse(UNNAMED)));
      } catch (InvalidPathException e) {
        // The locale's encoding may lack a character of the name.
        return folder.resolve(UNNAMED);
      }
    }

    @Override
    public Future<DatasetImportJson> run(FileUpload.Received received) {
      return vertx
          .executeBlocking(
              () ->
                  imports.add(
                      received.name(),
                      received.folder(),
                      received.file(),
                      received.length(),
                      uploads.importing(received.length())),
              false)
          .map(uploaded -> DatasetImportJson.of(uploaded, imports.now()));
    }
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
}
