package org.bagnetlab.worker.run;

import java.io.IOException;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent;

/**
 * Does the jobs of an experiment. Found by name: the runner of {@code
 * org.bagnetlab.experiment.heatmap.HeatmapExperiment} is {@code
 * org.bagnetlab.worker.heatmap.HeatmapRunner}, with a public constructor that takes nothing.
 *
 * @param <S> what a job is to do
 */
public interface Runner<S extends JobSpec> {

  /**
   * Does a job.
   *
   * @return the job's last word
   * @throws InvalidJob if the job asks for what cannot be
   * @throws Cancellation.Requested if it is to stop and has nothing more to save
   */
  WorkerEvent.End run(S spec, Run run) throws IOException;
}
