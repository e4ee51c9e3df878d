package org.bagnetlab.queue.run;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.UnknownSpec;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.device.DeviceMeter;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.recovery.Resumptions;
import org.bagnetlab.queue.rule.IdleRule;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.FlatTrainings;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactRefused;
import org.bagnetlab.storage.file.ArtifactStore;

/**
 * The dependencies for running the workers of one device.
 *
 * @param slot the device
 * @param meter measures the device
 * @param launcher starts workers
 * @param limits timeouts and retries
 * @param idle finds jobs that hardly use the device
 * @param flat finds trainings that do not learn
 * @param directory the data directory, where workers write
 * @param jobs the jobs and their states
 * @param results stores workers' reports
 * @param trainedRuns finds the trained networks for jobs
 * @param artifacts the stored files
 * @param resumptions finds the state that a training resumes from
 * @param events publishes progress
 * @param ticker measures how long a worker is silent, in nanoseconds
 */
public record WorkerContext(
    DeviceSlot slot,
    DeviceMeter meter,
    WorkerLauncher launcher,
    WorkerLimits limits,
    Optional<IdleRule> idle,
    Optional<FlatTrainings> flat,
    DataDirectory directory,
    JobStore jobs,
    JobResults results,
    TrainedRuns trainedRuns,
    ArtifactStore artifacts,
    Resumptions resumptions,
    QueueEvents events,
    LongSupplier ticker) {

  /** The job's assignment. Deletes results that the worker will produce again. */
  Future<Assignment> assignment(Job job) {
    if (job.spec() instanceof UnknownSpec unknown) {
      return Future.failedFuture(
          new InvalidSpec(
              "kind",
              "This version has %s, so it cannot run the job.".formatted(unknown.unknown())));
    }
    return jobs.read(tables -> hasState(tables, job))
        .compose(hasState -> hasState ? noSubject() : subject(job))
        .compose(
            subject ->
                resumptions
                    .prepare(job)
                    .compose(found -> jobs.note(job.id(), found.notes()).map(found))
                    .compose(found -> assignment(job, subject, found.file())));
  }

  /** Whether a training has files to resume from: then it needs no other network to start from. */
  private static boolean hasState(Tables tables, Job job) {
    return job.spec() instanceof TrainSpec
        && tables.artifacts().ofJob(job.id()).stream()
            .anyMatch(file -> ArtifactRows.resumable(file.kind()));
  }

  private Future<Assignment> assignment(
      Job job, Optional<Assignment.Subject> subject, Optional<Assignment.Resumption> resumption) {
    // If all files to resume from are damaged, a training begins anew.
    return (subject.isPresent() || resumption.isPresent()
            ? Future.succeededFuture(subject)
            : subject(job))
        .compose(
            needed ->
                jobs.starts(job.id()).map(starts -> assignment(job, starts, needed, resumption)));
  }

  private Assignment assignment(
      Job job,
      long starts,
      Optional<Assignment.Subject> subject,
      Optional<Assignment.Resumption> resumption) {
    return new Assignment(
        job.id(),
        Experiments.canonical(job.spec()),
        directory.worker(job.id(), starts).toAbsolutePath().toString(),
        directory.datasets().toAbsolutePath().toString(),
        weights(job.spec()),
        subject,
        resumption,
        Math.toIntExact(limits.checkpoints().toSeconds()),
        job.queuePosition().lastEpoch());
  }

  private Future<Optional<Assignment.Subject>> subject(Job job) {
    return jobs.read(tables -> trainedRuns.find(tables, job.spec()))
        .compose(run -> run.isEmpty() ? noSubject() : intact(run.get(), job));
  }

  private static Future<Optional<Assignment.Subject>> noSubject() {
    return Future.succeededFuture(Optional.empty());
  }

  private Future<Optional<Assignment.Subject>> intact(TrainedRuns.Trained run, Job job) {
    return resumptions
        .check(run.checkpoint())
        .map(
            problem -> {
              if (problem.isPresent()) {
                throw new JobFailure(
                    new JobError(
                        ErrorFamily.USER_ERROR,
                        "checkpoint-lost",
                        "The checkpoint of run %d is lost: %s. Train it again: resubmit it, or set again: true in its sweep."
                            .formatted(run.checkpoint().job(), problem.get()),
                        Optional.of(TrainedRuns.field(job.spec()))));
              }
              return Optional.of(
                  new Assignment.Subject(
                      Experiments.canonical(run.trained()),
                      artifacts.file(run.checkpoint()).toAbsolutePath().toString()));
            });
  }

  private Optional<String> weights(JobSpec spec) {
    return spec.needs().map(any -> directory.weights().toAbsolutePath().toString());
  }

  /** Converts a failure to a job's error. */
  static JobError error(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof InvalidSpec invalid) {
      return new JobError(
          ErrorFamily.USER_ERROR, "invalid-field", message, Optional.of(invalid.field()));
    }
    if (failure instanceof JobFailure known) {
      return known.error();
    }
    if (failure instanceof ArtifactRefused) {
      return JobError.internal("artifact-refused", message);
    }
    return JobError.internal("not-stored", message);
  }
}
