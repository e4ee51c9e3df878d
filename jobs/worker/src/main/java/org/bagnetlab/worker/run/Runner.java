package org.bagnetlab.worker.run;

import java.io.IOException;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent;

/**
 * Runs the jobs of an experiment. It is found by name: the runner of {@code
 * org.bagnetlab.experiment.heatmap.HeatmapExperiment} is {@code
 * org.bagnetlab.worker.heatmap.HeatmapRunner}, with a public constructor without parameters.
 *
 * @param <S> the specification of its jobs
 */
public interface Runner<S extends JobSpec> {

  /**
   * Runs a job.
   *
   * @return the job's final event
   * @throws InvalidJob if the job requests something impossible
   * @throws Cancellation.Requested if the job should stop and has nothing more to save
   */
  WorkerEvent.End run(S spec, Run run) throws IOException;
}
