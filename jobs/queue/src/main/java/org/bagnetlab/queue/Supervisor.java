package org.bagnetlab.queue;

import io.vertx.core.Future;
import java.util.Optional;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.queue.process.DeviceSlot;
import org.bagnetlab.queue.process.WorkerLauncher;
import org.bagnetlab.queue.spec.InvalidSpec;
import org.bagnetlab.storage.ArtifactRefused;
import org.bagnetlab.storage.DataDirectory;

/**
 * What supervising the workers of one device takes.
 *
 * @param slot the device
 * @param launcher starts workers
 * @param limits of patience
 * @param directory where workers write
 * @param jobs the jobs' states
 * @param results takes what workers report
 * @param subjects finds earlier runs
 * @param events where progress is published
 */
record Supervisor(
    DeviceSlot slot,
    WorkerLauncher launcher,
    WorkerLimits limits,
    DataDirectory directory,
    JobStore jobs,
    JobResults results,
    Subjects subjects,
    QueueEvents events) {

  /** The job as its worker gets it. */
  Future<Assignment> assignment(Job job) {
    return jobs.read(tables -> subjects.find(tables, job.spec()))
        .map(
            subject ->
                new Assignment(
                    job.id(),
                    job.spec(),
                    directory.run(job.id()).toAbsolutePath().toString(),
                    directory.datasets().toAbsolutePath().toString(),
                    weights(job.spec()),
                    subject));
  }

  private Optional<String> weights(JobSpec spec) {
    return spec instanceof JobSpec.Train train && train.weights().isPresent()
        ? Optional.of(directory.weights().toAbsolutePath().toString())
        : Optional.empty();
  }

  /** What went wrong, as a job's error. */
  static JobError error(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof InvalidSpec invalid) {
      return new JobError(
          ErrorFamily.USER_ERROR, "invalid-field", message, Optional.of(invalid.field()));
    }
    if (failure instanceof ArtifactRefused) {
      return JobError.internal("artifact-refused", message);
    }
    return JobError.internal("not-stored", message);
  }
}
