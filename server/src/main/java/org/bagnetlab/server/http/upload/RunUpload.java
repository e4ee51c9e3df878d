package org.bagnetlab.server.http.upload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.bundle.InvalidBundle;
import org.bagnetlab.server.bundle.RunImport;

/** Imports the runs of uploaded bundles. The response is sent once they are imported. */
public final class RunUpload {

  /** Maximum bytes of a file: a bundle with the checkpoints of a hundred ResNet-50 takes 10 GB. */
  public static final long LARGEST = 16L << 30;

  static final FileUpload.Terms TERMS =
      new FileUpload.Terms(
          UploadsInFlight.Kind.RUNS,
          "/run-records",
          "bundle",
          LARGEST,
          201,
          "bundle-taken",
          "A bundle of this name is being imported.");

  /** How long an import may take before Vert.x logs a warning. */
  private static final long HOURS = 1;

  private static final String FILE = "bundle.zip";

  private final Vertx vertx;
  private final WorkerExecutor thread;
  private final RunImport runs;
  private final FileUpload uploads;

  /** Creates the receiver of bundles, which are imported one after another. */
  public RunUpload(Vertx vertx, RunImport runs, FileUpload uploads) {
    this.vertx = vertx;
    this.thread = vertx.createSharedWorkerExecutor("run-import", 1, HOURS, TimeUnit.HOURS);
    this.runs = runs;
    this.uploads = uploads;
  }

  /** Adds the route. */
  public void mount(Router api) {
    api.post(TERMS.path()).handler(request -> uploads.receive(request, TERMS, new Upload()));
  }

  private final class Upload implements FileUpload.Import<RunImport.Imported> {

    @Override
    public void check(String name) {
      // Any name will do: it only tells uploads apart.
    }

    @Override
    public Path file(Path folder, String name) {
      return folder.resolve(FILE);
    }

    @Override
    public Future<RunImport.Imported> run(FileUpload.Received received) {
      return thread
          .executeBlocking(() -> RunImport.check(received.file()))
          .compose(
              bytes -> {
                // Reserved before the room is checked: other uploads must not use it meanwhile.
                Runnable ended = uploads.importing(bytes);
                return uploads
                    .room(bytes)
                    .compose(
                        room ->
                            thread.executeBlocking(
                                () -> runs.of(received.file(), received.folder())))
                    .onComplete(done -> ended.run());
              })
          .compose(
              imported ->
                  vertx
                      .executeBlocking(() -> FileUpload.deleted(received.folder()), false)
                      .map(imported));
    }

    @Override
    public Throwable problem(Throwable failure) {
      return failure instanceof InvalidBundle invalid
          ? FileUpload.refused(
              400,
              "bundle-refused",
              Optional.empty(),
              "It cannot be imported: %s.".formatted(invalid.getMessage()))
          : failure;
    }
  }
}
