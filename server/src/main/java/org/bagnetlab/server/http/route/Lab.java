package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.file.LabStorage;

/**
 * The parts of a lab that requests are about.
 *
 * @param vertx for work off the event loop
 * @param storage where jobs, results and files are
 * @param work the jobs and imports
 * @param inputs what jobs take
 * @param results views over runs
 * @param monitoring what the lab says about itself
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
