package org.bagnetlab.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.QueueSetup;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.http.Api;
import org.bagnetlab.server.results.Networks;
import org.bagnetlab.server.results.Published;
import org.bagnetlab.server.results.Results;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running lab: storage, queue, workers and HTTP interface, put together. */
public final class BagnetLabServer {

  private static final Logger LOG = LoggerFactory.getLogger(BagnetLabServer.class);

  private final Vertx vertx;
  private final Storage storage;
  private final JobQueue queue;
  private final EventChannel events;
  private final HttpServer http;
  private final String host;

  private BagnetLabServer(
      Vertx vertx,
      Storage storage,
      JobQueue queue,
      EventChannel events,
      HttpServer http,
      String host) {
    this.vertx = vertx;
    this.storage = storage;
    this.queue = queue;
    this.events = events;
    this.http = http;
    this.host = host;
  }

  /**
   * Starts a server. Fails with {@link org.bagnetlab.storage.DataDirectoryInUse} if another one has
   * the data directory, and with a {@link java.net.BindException} if the port is taken; then
   * nothing is left running.
   */
  public static Future<BagnetLabServer> start(ServerSettings settings) {
    Vertx vertx = Vertx.vertx();
    // Belongs to no event loop: those are gone when a failure is told.
    Promise<BagnetLabServer> started = Promise.promise();
    vertx
        .executeBlocking(() -> Storage.open(settings.dataDirectory()))
        .compose(
            storage ->
                start(vertx, storage, settings).recover(failure -> closed(vertx, storage, failure)))
        .onSuccess(started::complete)
        .onFailure(failure -> vertx.close().onComplete(done -> started.fail(failure)));
    return started.future();
  }

  private static Future<BagnetLabServer> closed(Vertx vertx, Storage storage, Throwable failure) {
    return vertx
        .executeBlocking(() -> closed(storage))
        .transform(done -> Future.failedFuture(failure));
  }

  private static Storage closed(Storage storage) {
    storage.close();
    return storage;
  }

  private static Future<BagnetLabServer> start(
      Vertx vertx, Storage storage, ServerSettings settings) {
    DatasetStore datasets = new DatasetStore(storage.directory().datasets());
    WeightsStore weights = new WeightsStore(storage.directory().weights());
    VisionCatalogue catalogue = new VisionCatalogue(datasets, weights);
    QueueSetup setup =
        new QueueSetup(
            storage.directory(),
            storage.database(),
            storage.artifacts(),
            catalogue,
            settings.launcher(),
            settings.slots(),
            List.of(),
            settings.limits(),
            settings.clock());
    EventChannel events =
        EventChannel.open(vertx, Long.toString(settings.clock().millis(), Character.MAX_RADIX));
    return JobQueue.start(vertx, setup)
        .compose(
            queue ->
                vertx
                    .executeBlocking(
                        () ->
                            api(
                                vertx, settings, storage, queue, catalogue, datasets, weights,
                                events))
                    .map(api -> api.router(settings.host(), settings.names()))
                    .compose(
                        router ->
                            vertx
                                .createHttpServer(new HttpServerOptions().setIdleTimeout(0))
                                .requestHandler(router)
                                .listen(settings.port(), settings.host()))
                    .map(
                        http ->
                            new BagnetLabServer(
                                vertx, storage, queue, events, http, settings.host()))
                    .recover(
                        failure -> queue.close().transform(done -> Future.failedFuture(failure))))
        .onSuccess(server -> LOG.info("Listening at {}", server.address()));
  }

  private static Api api(
      Vertx vertx,
      ServerSettings settings,
      Storage storage,
      JobQueue queue,
      VisionCatalogue catalogue,
      DatasetStore datasets,
      WeightsStore weights,
      EventChannel events) {
    Published published = Published.read();
    Networks networks = new Networks(published);
    JobSpecReader reader = new JobSpecReader(catalogue);
    return new Api(
        vertx,
        storage.directory(),
        storage.database(),
        storage.artifacts(),
        queue,
        reader,
        new Results(vertx, storage.database(), storage.artifacts(), datasets, published, networks),
        networks,
        datasets,
        weights,
        new WeightsImports(vertx, settings.launcher()),
        events);
  }

  /** The port that it listens on. */
  public int port() {
    return http.actualPort();
  }

  /** The dashboard's address. */
  public String address() {
    String shown = List.of("0.0.0.0", "::").contains(host) ? "localhost" : host;
    return "http://%s:%d/".formatted(shown.contains(":") ? "[" + shown + "]" : shown, port());
  }

  /** Stops: workers are told to stop, and their jobs go on from there when it starts again. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    // A signal from a terminal reaches the workers, too: the device of one that is gone must not
    // get the next job.
    queue
        .startNoMore()
        .eventually(events::close)
        .eventually(http::close)
        .eventually(queue::close)
        .eventually(() -> vertx.executeBlocking(() -> closed(storage)))
        .onComplete(done -> vertx.close().onComplete(closed));
    return closed.future();
  }
}
