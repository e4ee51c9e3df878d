package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.file.LabStorage;

/**
 * The parts of a lab that routes use.
 *
 * @param vertx runs work off the event loop
 * @param storage stores jobs, results and files
 * @param work runs jobs and imports
 * @param inputs the data sets and weights for jobs
 * @param results views over runs
 * @param monitoring reports the state of the lab
 * @param access decides who may use it
 */
public record Lab(
    Vertx vertx,
    LabStorage storage,
    Work work,
    Inputs inputs,
    Results results,
    Monitoring monitoring,
    Access access) {}
