package org.bagnetlab.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.QueueSetup;
import org.bagnetlab.queue.WorkerSetup;
import org.bagnetlab.queue.device.QueueDevices;
import org.bagnetlab.queue.device.nvidia.Mps;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.access.TokenAccess;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.device.DeviceMonitor;
import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.http.Api;
import org.bagnetlab.server.http.connection.ClientConnections;
import org.bagnetlab.server.http.route.Inputs;
import org.bagnetlab.server.http.route.Lab;
import org.bagnetlab.server.http.route.Monitoring;
import org.bagnetlab.server.http.route.Work;
import org.bagnetlab.server.message.content.LabContent;
import org.bagnetlab.server.metrics.LabMetrics;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.file.LabStorage;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running lab: storage, queue, workers and HTTP interface. */
public final class BagnetLabServer {

  private static final Logger LOG = LoggerFactory.getLogger(BagnetLabServer.class);

  private final Lab lab;
  private final HttpServer http;
  private final Endpoint endpoint;

  private BagnetLabServer(Lab lab, HttpServer http, Endpoint endpoint) {
    this.lab = lab;
    this.http = http;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server. Fails with {@link org.bagnetlab.storage.directory.DataDirectoryInUse} if
   * another server uses the data directory, and with a {@link java.net.BindException} if the port
   * is taken; in both cases nothing is left running.
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
    // A plain promise, not bound to an event loop: the loops are closed when a failure is reported.
    Promise<BagnetLabServer> started = Promise.promise();
    vertx
        .executeBlocking(() -> LabStorage.open(settings.dataDirectory(), recovery))
        .compose(
            storage ->
                Startup.of(vertx, storage, settings)
                    .start()
                    .recover(failure -> closed(vertx, storage, failure)))
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

  /** The parts that are created before the queue. */
  private record Startup(
      Vertx vertx,
      LabStorage storage,
      ServerSettings settings,
      Inputs inputs,
      Housekeeping housekeeping,
      DeviceMonitor devices,
      EventChannel events) {

    static Startup of(Vertx vertx, LabStorage storage, ServerSettings settings) {
      DatasetStore datasets = new DatasetStore(storage.directory().datasets());
      WeightsStore weights = new WeightsStore(storage.directory().weights());
      return new Startup(
          vertx,
          storage,
          settings,
          new Inputs(
              datasets,
              weights,
              new VisionCatalogue(datasets, weights, settings.jobs().devices()::lacks)),
          new Housekeeping(
              vertx,
              storage.directory(),
              storage.database(),
              storage.artifacts(),
              settings.housekeeping(),
              settings.clock()),
          DeviceMonitor.of(vertx, storage.database(), settings.jobs().devices(), settings.clock()),
          EventChannel.open(vertx, Long.toString(settings.clock().millis(), Character.MAX_RADIX)));
    }

    Future<BagnetLabServer> start() {
      return JobQueue.start(vertx, queueSetup())
          .compose(
              queue ->
                  vertx
                      .executeBlocking(() -> lab(queue))
                      .compose(this::serve)
                      .onSuccess(server -> server.watch())
                      .recover(
                          failure -> queue.close().transform(done -> Future.failedFuture(failure))))
          .onSuccess(server -> housekeeping.start(server.address(), content(server.lab)))
          .onSuccess(server -> LOG.info("Listening at {}", server.address()));
    }

    private LabContent content(Lab lab) {
      return new LabContent(
          storage.database(),
          lab.results(),
          lab.work().queue()::outlook,
          settings.clock().withZone(ZoneId.systemDefault()));
    }

    private QueueSetup queueSetup() {
      return new QueueSetup(
          storage,
          inputs.catalogue(),
          new WorkerSetup(
              settings.jobs().launcher(),
              new QueueDevices(
                  settings.jobs().devices().slots(),
                  settings.jobs().devices().gpus(),
                  devices.meters()),
              lane(),
              List.of(housekeeping.disk()),
              settings.jobs().policy(),
              settings.jobs().limits()),
          settings.clock(),
          System::nanoTime);
    }

    /**
     * The lane for interactive jobs; empty with Slurm, whose jobs run on the CPUs of other
     * machines.
     */
    private Optional<InteractiveLane> lane() {
      return settings.jobs().launcher().onThisMachine()
          ? InteractiveLane.of(
              settings.jobs().devices().slots(),
              settings.jobs().devices().engines().classPaths(),
              Runtime.getRuntime().availableProcessors())
          : Optional.empty();
    }

    private Lab lab(JobQueue queue) throws IOException {
      return new Lab(
          vertx,
          storage,
          new Work(
              queue,
              new DatasetImports(
                  vertx, settings.jobs().launcher(), storage.directory(), settings.clock()),
              new WeightsImports(vertx, settings.jobs().launcher())),
          inputs,
          new Results(
              vertx,
              storage.database(),
              storage.artifacts(),
              inputs.datasets(),
              inputs.catalogue(),
              Published.read(),
              settings.pooling()),
          new Monitoring(
              new DeviceOverview(
                  queue, settings.jobs().devices(), devices, Mps.of(System.getenv())),
              housekeeping,
              events,
              settings.clients().listeners(),
              LabMetrics.start(vertx, storage.database(), queue, housekeeping.disk(), devices)),
          settings.endpoint().login()
              ? TokenAccess.read(TokenFile.in(settings.dataDirectory(), settings.clock()))
              : Access.open());
    }

    private Future<BagnetLabServer> serve(Lab lab) {
      Endpoint endpoint = settings.endpoint();
      return vertx
          .executeBlocking(() -> Api.of(lab, endpoint.host(), endpoint.names()))
          .compose(
              handler ->
                  new ClientConnections(vertx, settings.clients())
                      .serve(handler, endpoint.tls())
                      .listen(endpoint.port(), endpoint.host()))
          // Jobs start only once the server is listening: a failure to listen would stop them
          // immediately.
          .onSuccess(listening -> lab.work().queue().startJobs())
          .onSuccess(listening -> readRuns(lab.results()))
          .map(http -> new BagnetLabServer(lab, http, endpoint));
    }
  }

  /**
   * Starts reading the runs in the background. Meanwhile the server responds; only lists of runs
   * wait until it is done.
   */
  private static void readRuns(Results results) {
    results.readRuns().onFailure(failure -> LOG.warn("The runs could not be read", failure));
  }

  private void watch() {
    lab.monitoring().devices().monitor().start(lab.work().queue());
    endpoint.tls().ifPresent(files -> files.watch(lab.vertx(), http));
  }

  /** The port that the server listens on. */
  public int port() {
    return http.actualPort();
  }

  /** The dashboard's address. */
  public String address() {
    return endpoint.address(port());
  }

  /** Stops the server: workers are asked to stop, and their jobs resume at the next start. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    lab.monitoring().devices().monitor().stop();
    // The signal that ends this server may also end workers that srun started. No other job may
    // start on their devices then.
    JobQueue queue = lab.work().queue();
    queue
        .startNoMore()
        .eventually(lab.monitoring().events()::close)
        .eventually(http::close)
        .eventually(queue::close)
        .eventually(lab.monitoring().housekeeping()::close)
        .eventually(() -> lab.vertx().executeBlocking(() -> closed(lab.storage())))
        .onComplete(done -> lab.vertx().close().onComplete(closed));
    return closed.future();
  }
}
