package org.bagnetlab.queue.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvent.JobChanged;
import org.bagnetlab.queue.event.QueueEvent.JobDeleted;
import org.bagnetlab.queue.event.QueueEvent.SweepChanged;
import org.bagnetlab.queue.event.QueueEvent.SweepDeleted;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.IllegalTransition;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Lifecycle;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.TransitionRow;

/** Changes jobs within one transaction, including the consequences for other jobs. */
public final class JobChanges {

  private final Tables tables;
  private final Lifecycle lifecycle;
  private final SweepRules rules;

  private final Set<Long> changed = new LinkedHashSet<>();
  private final Set<Long> deleted = new LinkedHashSet<>();
  private final Set<String> changedSweeps = new LinkedHashSet<>();
  private final Set<String> deletedSweeps = new LinkedHashSet<>();
  private final Set<String> pendingSweeps = new LinkedHashSet<>();
  private final Map<String, Instant> sweepsToUpdate = new LinkedHashMap<>();

  JobChanges(Tables tables, Lifecycle lifecycle, SweepRules rules) {
    this.tables = tables;
    this.lifecycle = lifecycle;
    this.rules = rules;
  }

  public Tables tables() {
    return tables;
  }

  /** Applies an event to a job. Fails with {@link IllegalTransition} or {@link JobConflict}. */
  public void apply(long id, JobEvent event) {
    JobRow row = tables.jobs().find(id).orElseThrow(() -> RequestRefused.noJob(id));
    JobState before = JobRows.state(row.state());
    JobState after = withStoredCheckpoint(id, lifecycle.transition(before, event));
    if (event instanceof JobEvent.Resumed) {
      requireRunnableSubject(row);
    }
    tables.jobs().update(id, JobRows.row(after));
    if (!after.name().working()) {
      tables.workers().remove(id);
    }
    if (event instanceof JobEvent.OutgrewShare) {
      tables.jobs().runAlone(id);
      tables.jobs().queued(id, event.at());
    }
    if (event instanceof JobEvent.Resumed || event instanceof JobEvent.Retried) {
      tables.jobs().queued(id, event.at());
    }
    if (event instanceof JobEvent.WindowClosed && after instanceof JobState.Queued) {
      tables.jobs().queued(id, event.at());
      new QueueOrder(tables.jobs()).first(row); // it had already started
    }
    record(id, event.at(), Optional.of(before.name()), after.name(), event.cause());
    if (event instanceof JobEvent.Resumed) {
      requeueWaitingJobs(id, event.at());
    }
    rules.transitioned(this, row, before, event, after);
    if (before.name() != after.name() && !after.name().working()) {
      markForUpdate(id, event.at());
    }
    if (after instanceof JobState.Succeeded) {
      tables.jobs().waitingFor(id).forEach(waiting -> changed.add(waiting.id()));
      tables.jobs().removeDependencies(id);
    } else if (after.name().ended()) {
      endWaitingJobs(id, after, event.at());
    }
  }

  /** Whether a cancelled job can be resumed depends on its stored files. */
  private JobState withStoredCheckpoint(long id, JobState after) {
    if (!(after instanceof JobState.Cancelled cancelled)) {
      return after;
    }
    boolean checkpoint =
        tables.artifacts().ofJob(id).stream()
            .map(ArtifactRow::kind)
            .anyMatch(ArtifactRows::resumable);
    return new JobState.Cancelled(
        cancelled.startedAt(), cancelled.endedAt(), checkpoint, cancelled.cause());
  }

  /** Marks the sweeps of a job for an update at the end of this transaction. */
  void markForUpdate(long id, Instant at) {
    tables.sweeps().of(id).forEach(sweep -> markForUpdate(sweep, at));
  }

  /** Marks a sweep for an update at the end of this transaction. */
  public void markForUpdate(String sweep, Instant at) {
    sweepsToUpdate.put(sweep, at);
  }

  /** Updates the marked sweeps. Deferred, because a job of one sweep may change many others. */
  public void updateSweeps() {
    while (!sweepsToUpdate.isEmpty()) {
      Map.Entry<String, Instant> next = sweepsToUpdate.entrySet().iterator().next();
      sweepsToUpdate.remove(next.getKey());
      rules.updateSweep(this, next.getKey(), next.getValue());
    }
  }

  /** Records that a sweep changed. */
  public void sweepChanged(String name) {
    changedSweeps.add(name);
  }

  /** Records that later transactions will complete a sweep's change. */
  public void leavePending(String name, Pending what) {
    tables.sweeps().pending(name, Optional.of(what.name()));
    pendingSweeps.add(name);
  }

  /** The names of the sweeps whose change is pending. */
  List<String> pendingSweeps() {
    return List.copyOf(pendingSweeps);
  }

  /** Adds to a job's timeline. */
  void record(
      long id, Instant at, Optional<JobState.Name> before, JobState.Name after, Cause cause) {
    tables
        .jobs()
        .insert(
            id,
            new TransitionRow(
                at, before.map(JobState.Name::name), after.name(), Causes.row(cause)));
    changed.add(id);
  }

  /**
   * Removes the rows of a job that no worker runs. Fails with {@link JobConflict} if another job
   * needs it.
   */
  void delete(long id, Instant at) {
    long needed = needing(id);
    if (needed > 0) {
      throw new JobConflict(
          "Job %d is still needed by %d jobs that have not ended.".formatted(id, needed));
    }
    for (String sweep : tables.sweeps().of(id)) {
      markForUpdate(sweep, at);
      sweepChanged(sweep);
    }
    tables.jobs().delete(id);
    deleted.add(id);
  }

  /** The number of unfinished jobs that need a job's result. */
  private long needing(long id) {
    return Stream.of(JobState.Name.values())
        .filter(state -> !state.ended())
        .mapToLong(state -> tables.jobs().about(id, state.name()))
        .sum();
  }

  /** Whether an unfinished job needs a job's result. */
  public boolean isNeeded(long id) {
    return needing(id) > 0;
  }

  /**
   * Takes a job out of a sweep that will be removed, and removes the job unless it is shared.
   * Returns whether the job was removed. Fails with {@link JobConflict} if the job has not ended.
   */
  public boolean take(String name, long id, Instant at) {
    Optional<JobRow> found = tables.jobs().find(id);
    if (found.isEmpty()) {
      return false;
    }
    JobRow row = found.get();
    if (shared(row)) {
      leave(name, id);
      return false;
    }
    requireEnded(name, row);
    delete(id, at);
    return true;
  }

  /** Fails with {@link JobConflict} if a job of a sweep that will be removed has not ended. */
  public static void requireEnded(String sweep, JobRow row) {
    if (!JobRows.name(row).ended()) {
      throw new JobConflict(
          "Job %d of sweep %s is %s: cancel the sweep first."
              .formatted(row.id(), sweep, row.state().name()));
    }
  }

  /** Removes a sweep that no longer has jobs. */
  public void deleteSweep(String name) {
    tables.sweeps().delete(name);
    changedSweeps.remove(name);
    sweepsToUpdate.remove(name);
    deletedSweeps.add(name);
  }

  /** Whether a job belongs to more than one sweep, or was also submitted individually. */
  public boolean shared(JobRow row) {
    return shared(tables, row);
  }

  static boolean shared(Tables tables, JobRow row) {
    return row.sweep().isEmpty() || tables.sweeps().of(row.id()).size() > 1;
  }

  /** Removes a shared job from one sweep. */
  public void leave(String name, long id) {
    tables.sweeps().leave(name, id);
    touch(id);
  }

  /** Records that something other than a job's state changed. */
  public void touch(long id) {
    changed.add(id);
  }

  private void requireRunnableSubject(JobRow row) {
    Optional<Long> awaited = row.order().waitsFor();
    Optional<JobRow> subject = awaited.flatMap(tables.jobs()::find);
    if (awaited.isPresent() && subject.isEmpty()) {
      throw new JobConflict(
          "Job %d needs the result of job %d, which was deleted: submit a new job for another run."
              .formatted(row.id(), awaited.get()));
    }
    subject
        .filter(job -> JobRows.name(job).ended())
        .ifPresent(
            job -> {
              throw new JobConflict(
                  "Job %d needs the result of job %d, which is %s: resume that job first."
                      .formatted(row.id(), job.id(), job.state().name()));
            });
  }

  /**
   * Ends the queued jobs that wait for a job's result, because it will not exist: they are
   * cancelled if that job was cancelled, otherwise they fail.
   */
  private void endWaitingJobs(long id, JobState state, Instant at) {
    for (JobRow waiting : tables.jobs().waitingFor(id)) {
      JobState.Name name = JobRows.name(waiting);
      if (name == JobState.Name.QUEUED) {
        apply(
            waiting.id(),
            state instanceof JobState.Cancelled
                ? new JobEvent.CancelRequested(at, new Cause.CancelledWithJob(id))
                : new JobEvent.Broke(
                    at, needs(id, state.name().name(), TrainedRuns.field(JobRows.spec(waiting)))));
      }
    }
  }

  /** Requeues jobs that ended only because this job's result was missing. */
  private void requeueWaitingJobs(long id, Instant at) {
    for (JobRow waiting : tables.jobs().waitingFor(id)) {
      if (endedWithout(id, JobRows.state(waiting.state()))) {
        apply(waiting.id(), new JobEvent.Resumed(at, new Cause.ResumedWithJob(id)));
      }
    }
  }

  private static boolean endedWithout(long id, JobState state) {
    if (state instanceof JobState.Failed failed) {
      return failed.error().code().equals(JobError.NEEDS_RUN);
    }
    return state instanceof JobState.Cancelled cancelled
        && cancelled.cause().equals(new Cause.CancelledWithJob(id));
  }

  /**
   * The error of a job whose required result of another job is missing.
   *
   * @param field the field of the job's request that names the other job
   */
  static JobError needs(long id, String state, String field) {
    return new JobError(
        ErrorFamily.USER_ERROR,
        JobError.NEEDS_RUN,
        "The job needs the result of job %d, which is %s.".formatted(id, state),
        Optional.of(field));
  }

  /**
   * The events to publish once the changes are stored.
   *
   * @param job converts a row into a job
   */
  List<QueueEvent> events(Function<JobRow, Job> job) {
    List<QueueEvent> events = new ArrayList<>();
    deleted.forEach(id -> events.add(new JobDeleted(id)));
    tables.jobs().find(changed).forEach(row -> events.add(new JobChanged(job.apply(row))));
    deletedSweeps.forEach(name -> events.add(new SweepDeleted(name)));
    changedSweeps.stream()
        .flatMap(name -> tables.sweeps().find(name).stream())
        .filter(SweepRows::isWhole)
        .forEach(row -> events.add(new SweepChanged(SweepRows.sweep(tables, row.name()))));
    return events;
  }
}
