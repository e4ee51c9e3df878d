package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.http.guard.Login;
import org.bagnetlab.server.http.upload.DatasetUpload;
import org.bagnetlab.server.http.upload.FileUpload;
import org.bagnetlab.server.http.upload.WeightsUpload;
import org.bagnetlab.server.metrics.LabMetrics;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;

/**
 * The routes under {@code /api/v1}.
 *
 * @param vertx for work off the event loop
 * @param directory where logs are
 * @param database where results are
 * @param artifacts where files are
 * @param queue the jobs
 * @param catalogue what a request may name
 * @param reader of requests for jobs
 * @param results views over runs
 * @param networks the architectures
 * @param datasets the data sets
 * @param weights the imported weights
 * @param imports adds to them
 * @param datasetImports adds to the data sets
 * @param devices what runs jobs
 * @param housekeeping the disk, old files and notices
 * @param events what happens
 * @param metrics for Prometheus
 * @param listeners pages that may listen to events at once
 * @param access decides who may use it
 */
public record ApiRoutes(
    Vertx vertx,
    DataDirectory directory,
    Database database,
    ArtifactStore artifacts,
    JobQueue queue,
    Catalogue catalogue,
    JobSpecReader reader,
    Results results,
    Networks networks,
    DatasetStore datasets,
    WeightsStore weights,
    WeightsImports imports,
    DatasetImports datasetImports,
    DeviceOverview devices,
    Housekeeping housekeeping,
    EventChannel events,
    LabMetrics metrics,
    int listeners,
    Access access) {

  /**
   * All of them.
   *
   * @param login where browsers log in and out
   */
  public Router router(Login login) {
    Router api = Router.router(vertx);
    FileUpload uploads = new FileUpload(vertx, directory, housekeeping.disk());
    new JobRoutes(vertx, queue, reader).mount(api);
    new LogRoute(vertx, queue, directory).mount(api);
    new SweepRoutes(vertx, queue.sweeps(), new SweepReader(reader)).mount(api);
    new ExperimentRoutes(vertx, catalogue, reader).mount(api);
    new ResultRoutes(queue, results).mount(api);
    new ViewRoutes(results).mount(api);
    new PredictionRoutes(queue, results.predictions()).mount(api);
    new AnnotationRoutes(queue).mount(api);
    new ArtifactRoute(vertx, database, artifacts).mount(api);
    new CatalogueRoutes(vertx, networks, datasets, queue).mount(api);
    new DatasetRoutes(vertx, datasets, database).mount(api);
    new DatasetImportRoutes(datasetImports).mount(api);
    new DatasetUpload(vertx, datasets, datasetImports, uploads).mount(api);
    new DuplicateRoutes(vertx, datasets, queue, results).mount(api);
    new DeviceRoutes(devices).mount(api);
    new WeightsRoutes(vertx, weights, queue).mount(api);
    new WeightsUpload(vertx, weights, imports, directory.weights(), uploads).mount(api);
    new StorageRoutes(housekeeping).mount(api);
    new WebhookRoutes(housekeeping.notifier()).mount(api);
    new EventRoute(events, listeners).mount(api);
    new SessionRoutes(access, login).mount(api);
    new BackupRoute(vertx, directory, database, artifacts).mount(api);
    new MetricsRoute(metrics).mount(api);
    new AuditRoute(vertx, database).mount(api);
    new SystemRoutes(vertx, database, directory, catalogue).mount(api);
    return api;
  }
}
