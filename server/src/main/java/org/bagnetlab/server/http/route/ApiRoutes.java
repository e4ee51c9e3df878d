package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.server.bundle.RunImport;
import org.bagnetlab.server.http.guard.Login;
import org.bagnetlab.server.http.upload.DatasetUpload;
import org.bagnetlab.server.http.upload.FileUpload;
import org.bagnetlab.server.http.upload.RunUpload;
import org.bagnetlab.server.http.upload.WeightsUpload;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;

/** The routes under {@code /api/v1}. */
public final class ApiRoutes {

  private ApiRoutes() {}

  /**
   * All routes of a lab.
   *
   * @param login logs browsers in and out
   */
  public static Router of(Lab lab, Login login) {
    Vertx vertx = lab.vertx();
    DataDirectory directory = lab.storage().directory();
    Database database = lab.storage().database();
    JobQueue queue = lab.work().queue();
    Inputs inputs = lab.inputs();
    Results results = lab.results();
    JobSpecReader reader = new JobSpecReader(inputs.catalogue());
    FileUpload uploads = new FileUpload(vertx, directory, lab.monitoring().housekeeping().disk());
    Router api = Router.router(vertx);
    new JobRoutes(vertx, queue, reader, directory, results).mount(api);
    new JobBatchRoutes(vertx, queue, reader).mount(api);
    new SweepRoutes(vertx, queue, new SweepReader(reader), results).mount(api);
    new ExperimentRoutes(vertx, inputs.catalogue(), reader, queue, results).mount(api);
    new TrainingImageRoutes(lab, reader).mount(api);
    new ResultRoutes(queue, results).mount(api);
    new ForecastRoute(queue).mount(api);
    new DigestRoute(results, Clock.systemUTC()).mount(api);
    new RunRecordRoute(vertx, lab.storage()).mount(api);
    new RunUpload(vertx, new RunImport(lab.storage(), queue, inputs.catalogue()), uploads)
        .mount(api);
    new ViewRoutes(results).mount(api);
    new ExportRoute(vertx, results).mount(api);
    new PredictionRoutes(queue, results).mount(api);
    new AnnotationRoutes(queue).mount(api);
    new ArtifactRoute(vertx, database, lab.storage().artifacts()).mount(api);
    new DatasetRoutes(lab).mount(api);
    new DatasetUpload(vertx, inputs.datasets(), lab.work().datasetImports(), uploads).mount(api);
    new WeightsRoutes(vertx, inputs.weights(), queue).mount(api);
    new WeightsUpload(
            vertx, inputs.weights(), lab.work().weightsImports(), directory.weights(), uploads)
        .mount(api);
    new MonitoringRoutes(lab.monitoring()).mount(api);
    new MessageRoutes(lab.monitoring().housekeeping()).mount(api);
    new SessionRoutes(lab.access(), login).mount(api);
    new BackupRoute(vertx, lab.storage()).mount(api);
    new AuditRoute(vertx, database).mount(api);
    new SystemRoutes(vertx, database, directory, inputs.catalogue()).mount(api);
    return api;
  }
}
