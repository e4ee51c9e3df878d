package org.bagnetlab.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.QueueSetup;
import org.bagnetlab.queue.device.GpuGate;
import org.bagnetlab.queue.device.GpuWatch;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.device.nvidia.FreeMemoryGate;
import org.bagnetlab.queue.device.nvidia.GpuHistory;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.access.TokenAccess;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.http.Api;
import org.bagnetlab.server.http.connection.ClientConnections;
import org.bagnetlab.server.http.route.ApiRoutes;
import org.bagnetlab.server.metrics.LabMetrics;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running lab: storage, queue, workers and HTTP interface. */
public final class BagnetLabServer {

  private static final Logger LOG = LoggerFactory.getLogger(BagnetLabServer.class);

  private final Vertx vertx;
  private final LabStorage storage;
  private final JobQueue queue;
  private final Optional<GpuWatch> watch;
  private final Housekeeping housekeeping;
  private final EventChannel events;
  private final HttpServer http;
  private final Endpoint endpoint;

  private BagnetLabServer(
      Vertx vertx,
      LabStorage storage,
      JobQueue queue,
      Optional<GpuWatch> watch,
      Housekeeping housekeeping,
      EventChannel events,
      HttpServer http,
      Endpoint endpoint) {
    this.vertx = vertx;
    this.storage = storage;
    this.queue = queue;
    this.watch = watch;
    this.housekeeping = housekeeping;
    this.events = events;
    this.http = http;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server. Fails with {@link org.bagnetlab.storage.directory.DataDirectoryInUse} if
   * another server uses the data directory, and with a {@link java.net.BindException} if the port
   * is taken; then nothing is left running.
   */
  public static Future<BagnetLabServer> start(ServerSettings settings) {
    return start(settings, Recovery.REFUSE);
  }

  /**
   * Starts a server with a recovery mode. Fails with {@link
   * org.bagnetlab.storage.database.DatabaseRefused} if the database does not match the files next
   * to it and recovery is not requested.
   */
  public static Future<BagnetLabServer> start(ServerSettings settings, Recovery recovery) {
    Vertx vertx = Vertx.vertx();
    // Not on an event loop: they are gone when a failure is reported.
    Promise<BagnetLabServer> started = Promise.promise();
    vertx
        .executeBlocking(() -> LabStorage.open(settings.dataDirectory(), recovery))
        .compose(
            storage ->
                start(vertx, storage, settings).recover(failure -> closed(vertx, storage, failure)))
        .onSuccess(started::complete)
        .onFailure(failure -> vertx.close().onComplete(done -> started.fail(failure)));
    return started.future();
  }

  private static Future<BagnetLabServer> closed(
      Vertx vertx, LabStorage storage, Throwable failure) {
    return vertx
        .executeBlocking(() -> closed(storage))
        .transform(done -> Future.failedFuture(failure));
  }

  private static LabStorage closed(LabStorage storage) {
    storage.close();
    return storage;
  }

  private static Future<BagnetLabServer> start(
      Vertx vertx, LabStorage storage, ServerSettings settings) {
    DatasetStore datasets = new DatasetStore(storage.directory().datasets());
    WeightsStore weights = new WeightsStore(storage.directory().weights());
    VisionCatalogue catalogue =
        new VisionCatalogue(datasets, weights, settings.devices().onlyFp32());
    Housekeeping housekeeping =
        new Housekeeping(
            vertx,
            storage.directory(),
            storage.database(),
            storage.artifacts(),
            settings.housekeeping(),
            settings.clock());
    QueueSetup setup =
        new QueueSetup(
            storage.directory(),
            storage.database(),
            storage.artifacts(),
            catalogue,
            settings.launcher(),
            settings.devices().slots(),
            lane(settings),
            gates(vertx, settings, housekeeping),
            settings.limits(),
            settings.clock(),
            System::nanoTime);
    Optional<GpuWatch> watch =
        settings.devices().gpus().map(gpus -> new GpuWatch(vertx, gpus, GpuHistory.standard()));
    EventChannel events =
        EventChannel.open(vertx, Long.toString(settings.clock().millis(), Character.MAX_RADIX));
    ClientConnections connections = new ClientConnections(vertx, settings.clients());
    return JobQueue.start(vertx, setup)
        .compose(
            queue ->
                vertx
                    .executeBlocking(
                        () ->
                            api(
                                vertx,
                                settings,
                                storage,
                                queue,
                                watch,
                                housekeeping,
                                catalogue,
                                datasets,
                                weights,
                                events))
                    .compose(
                        api ->
                            connections
                                .serve(
                                    api.handler(
                                        settings.endpoint().host(), settings.endpoint().names()),
                                    settings.endpoint().tls())
                                .listen(settings.endpoint().port(), settings.endpoint().host())
                                // Not before: without the port it would stop them at once.
                                .onSuccess(listening -> queue.startJobs())
                                .onSuccess(listening -> readRuns(api.routes().results())))
                    .map(
                        http ->
                            new BagnetLabServer(
                                vertx,
                                storage,
                                queue,
                                watch,
                                housekeeping,
                                events,
                                http,
                                settings.endpoint()))
                    .onSuccess(server -> server.watch())
                    .recover(
                        failure -> queue.close().transform(done -> Future.failedFuture(failure))))
        .onSuccess(server -> housekeeping.start(server.address()))
        .onSuccess(server -> LOG.info("Listening at {}", server.address()));
  }

  /** Slurm runs jobs on other machines, whose processors are not this one's to share. */
  private static Optional<InteractiveLane> lane(ServerSettings settings) {
    return settings.launcher().onThisMachine()
        ? InteractiveLane.beside(
            settings.devices().slots(),
            settings.devices().engines().classPaths(),
            Runtime.getRuntime().availableProcessors())
        : Optional.empty();
  }

  /** The disk may be full, and a slot's GPU in use by others, whatever it was at the start. */
  private static List<StartGate> gates(
      Vertx vertx, ServerSettings settings, Housekeeping housekeeping) {
    return Stream.concat(
            Stream.of(housekeeping.disk()),
            settings.devices().gpus().stream()
                .map(gpus -> new GpuGate(vertx, gpus, FreeMemoryGate.standard())))
        .toList();
  }

  /** Not awaited: the server answers meanwhile, and only lists of runs wait for it. */
  private static void readRuns(Results results) {
    results.readRuns().onFailure(failure -> LOG.warn("The runs could not be read", failure));
  }

  private void watch() {
    watch.ifPresent(gpus -> gpus.start(GpuWatch.INTERVAL, queue::publishGpus));
    endpoint.tls().ifPresent(files -> files.watch(vertx, http));
  }

  private static Api api(
      Vertx vertx,
      ServerSettings settings,
      LabStorage storage,
      JobQueue queue,
      Optional<GpuWatch> watch,
      Housekeeping housekeeping,
      VisionCatalogue catalogue,
      DatasetStore datasets,
      WeightsStore weights,
      EventChannel events)
      throws IOException {
    Published published = Published.read();
    Networks networks = new Networks(published);
    JobSpecReader reader = new JobSpecReader(catalogue);
    return new Api(
        new ApiRoutes(
            vertx,
            storage.directory(),
            storage.database(),
            storage.artifacts(),
            queue,
            catalogue,
            reader,
            new Results(
                vertx,
                storage.database(),
                storage.artifacts(),
                datasets,
                catalogue,
                published,
                networks),
            networks,
            datasets,
            weights,
            new WeightsImports(vertx, settings.launcher()),
            new DatasetImports(vertx, settings.launcher(), storage.directory(), settings.clock()),
            new DeviceOverview(queue, settings.devices(), watch),
            housekeeping,
            events,
            LabMetrics.start(vertx, storage.database(), queue, housekeeping.disk()),
            settings.clients().listeners(),
            access(settings)));
  }

  private static Access access(ServerSettings settings) throws IOException {
    return settings.endpoint().login()
        ? TokenAccess.read(TokenFile.in(settings.dataDirectory(), settings.clock()))
        : Access.open();
  }

  /** The port that it listens on. */
  public int port() {
    return http.actualPort();
  }

  /** The dashboard's address. */
  public String address() {
    return endpoint.address(port());
  }

  /** Stops the server: workers are asked to stop, and their jobs resume when it starts again. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    watch.ifPresent(GpuWatch::stop);
    // A signal may end workers, too, those that srun started: their devices must not get the next
    // job.
    queue
        .startNoMore()
        .eventually(events::close)
        .eventually(http::close)
        .eventually(queue::close)
        .eventually(housekeeping::close)
        .eventually(() -> vertx.executeBlocking(() -> closed(storage)))
        .onComplete(done -> vertx.close().onComplete(closed));
    return closed.future();
  }
}
