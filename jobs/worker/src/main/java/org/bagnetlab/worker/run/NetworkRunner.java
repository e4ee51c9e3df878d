package org.bagnetlab.worker.run;

import java.io.IOException;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.protocol.WorkerEvent;

/** Runs the jobs of an experiment that measures a network. */
public interface NetworkRunner extends Runner<NetworkSpec> {

  /**
   * Measures the network of a job.
   *
   * @throws InvalidJob if the job requests something impossible
   * @throws Cancellation.Requested if it should stop
   */
  void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException;

  @Override
  default WorkerEvent.End run(NetworkSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      run(spec, run, subject);
    }
    return new WorkerEvent.Succeeded();
  }
}
