package org.bagnetlab.server.http.route;

import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.engine.WeightsImports;

/**
 * The jobs and imports that a lab runs.
 *
 * @param queue runs the jobs
 * @param datasetImports add data sets
 * @param weightsImports add weights
 */
public record Work(JobQueue queue, DatasetImports datasetImports, WeightsImports weightsImports) {}
