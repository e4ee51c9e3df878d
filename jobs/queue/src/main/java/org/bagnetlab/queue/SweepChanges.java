package org.bagnetlab.queue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.queue.Sweeps.Resumed;
import org.bagnetlab.queue.Sweeps.Stopped;
import org.bagnetlab.queue.Sweeps.Submitted;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.schedule.Lanes;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.MedianRule;
import org.bagnetlab.queue.store.SweepBudgets;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.SweepRules;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes sweeps: in one transaction if there are few jobs, otherwise in several, with other writes
 * in between. The caller must run changes of the same sweep one at a time.
 */
final class SweepChanges {

  private static final Logger LOG = LoggerFactory.getLogger(SweepChanges.class);

  private static final List<String> WITHOUT_RESULT =
      List.of(JobState.Name.FAILED.name(), JobState.Name.CANCELLED.name());

  private final JobStore jobs;
  private final JobDeletion deletion;
  private final Lanes lanes;

  SweepChanges(JobStore jobs, JobDeletion deletion, Lanes lanes) {
    this.jobs = jobs;
    this.deletion = deletion;
    this.lanes = lanes;
  }

  /** Submits a sweep; if that fails halfway, the jobs already queued are removed. */
  Future<Submitted> submit(SweepSubmission submission, String name) {
    return jobs.read(
            tables -> {
              submission.compare(tables);
              return name;
            })
        .compose(compared -> jobs.change(submission::begin))
        .compose(
            done ->
                done.map(Future::succeededFuture)
                    .orElseGet(() -> submitRest(submission).recover(e -> withdrawAll(name, e))));
  }

  private Future<Submitted> submitRest(SweepSubmission submission) {
    return jobs.changeInPieces(submission::next).compose(queued -> jobs.change(submission::end));
  }

  private Future<Submitted> withdrawAll(String name, Throwable failure) {
    return removeUnfinished(name)
        .onSuccess(removed -> lanes.wake())
        .onFailure(
            left ->
                LOG.warn("Sweep {} was not queued completely, and is removed later", name, left))
        .transform(removed -> Future.failedFuture(failure));
  }

  /** Removes the jobs of a sweep whose submission did not queue all of them. */
  Future<String> removeUnfinished(String name) {
    return jobs.changeEach(
        changes ->
            changes.tables().sweeps().find(name).filter(SweepRows::isWhole).isPresent()
                ? List.of()
                // Jobs that need a training are removed before the training.
                : changes.tables().sweeps().jobs(name).reversed(),
        (changes, id) -> withdraw(changes, name, id),
        changes -> {
          changes
              .tables()
              .sweeps()
              .find(name)
              .filter(row -> !SweepRows.isWhole(row))
              .ifPresent(row -> changes.deleteSweep(name));
          return name;
        });
  }

  /**
   * Removes a job, unless other sweeps share it, other jobs need it, or it has started. A job that
   * has started belonged to another sweep, which left it to this one.
   */
  private void withdraw(JobChanges changes, String name, long id) {
    if (changes.isNeeded(id) || hasStarted(changes.tables(), id)) {
      changes.leave(name, id);
      return;
    }
    Tables tables = changes.tables();
    tables
        .jobs()
        .find(id)
        .filter(row -> !changes.shared(row) && !JobRows.name(row).ended())
        .ifPresent(row -> cancelOpen(changes, id, name));
    if (changes.take(name, id, jobs.now())) {
      // The job has no files, because it has not run.
      tables.deletions().removeJob(id);
    }
  }

  static boolean hasStarted(Tables tables, long id) {
    return tables.jobs().transitions(id).stream()
        .anyMatch(change -> change.to().equals(JobState.Name.RUNNING.name()));
  }

  static List<Long> withoutResult(JobChanges changes, String name) {
    return changes.tables().sweeps().jobsWithoutResult(name, WITHOUT_RESULT, MedianRule.CODE);
  }

  /** Whether a job has no result. A trial that was stopped because others were better has one. */
  private static boolean withoutResult(JobChanges changes, JobRow row) {
    return WITHOUT_RESULT.contains(row.state().name())
        && !SweepRules.atRung(changes.tables(), row)
        && !MedianRule.stopped(JobRows.state(row.state()));
  }

  /** Holds a sweep. Jobs that it shares with other sweeps may continue. */
  Future<Stopped> hold(String name) {
    return computeHolds(
        name,
        changes -> setHold(changes, name, Optional.of(Cause.Simple.HELD_BY_HAND)),
        changes ->
            new Stopped(
                SweepRows.sweep(changes.tables(), name),
                changes.tables().sweeps().jobsNotHeld(name, JobState.Name.OPEN)));
  }

  /** Releases a sweep. */
  Future<Sweep> release(String name) {
    return computeHolds(
        name,
        changes -> setFree(changes, SweepRows.find(changes.tables(), name)),
        changes -> SweepRows.sweep(changes.tables(), name));
  }

  /** Applies a sweep's stored hold to its jobs. */
  Future<String> computeHolds(String name) {
    return computeHolds(name, changes -> {}, changes -> name);
  }

  private static void setFree(JobChanges changes, SweepRow sweep) {
    SweepBudgets.renew(changes.tables(), sweep);
    setHold(changes, sweep.name(), Optional.empty());
  }

  private static void setHold(JobChanges changes, String name, Optional<Cause> cause) {
    changes.tables().sweeps().hold(name, cause.isPresent(), false, cause.map(Causes::row));
  }

  /** Applies the hold or release of a sweep to its jobs. */
  private <T> Future<T> computeHolds(
      String name, Consumer<JobChanges> begin, Function<JobChanges, T> result) {
    AtomicBoolean held = new AtomicBoolean();
    return jobs.changeEach(
        changes -> {
          SweepSubmission.requireSettled(changes, name);
          begin.accept(changes);
          held.set(SweepRows.find(changes.tables(), name).held());
          changes.tables().sweeps().pending(name, Optional.of(Pending.HOLD.name()));
          return changes.tables().sweeps().jobs(name);
        },
        (changes, id) -> changes.tables().sweeps().computeHold(id),
        changes -> {
          endPending(changes, name, held.get());
          return result.apply(changes);
        });
  }

  /**
   * Ends a change of a sweep in several transactions. If failures held the sweep in the meantime,
   * its jobs are held next.
   *
   * @param held whether the sweep and its jobs were held when the change began
   */
  private void endPending(JobChanges changes, String name, boolean held) {
    if (SweepRows.find(changes.tables(), name).held() && !held) {
      changes.leavePending(name, Pending.HOLD);
    } else {
      changes.tables().sweeps().pending(name, Optional.empty());
    }
    changes.markForUpdate(name, jobs.now());
    changes.updateSweeps();
    changes.sweepChanged(name);
  }

  /** Cancels the unfinished jobs of a sweep, except those that other sweeps share. */
  Future<Stopped> cancel(String name) {
    List<Long> shared = new ArrayList<>();
    AtomicBoolean held = new AtomicBoolean();
    return jobs.changeEach(
        changes -> {
          SweepRow row = SweepRows.find(changes.tables(), name);
          // While a change is pending, failures hold a sweep but not yet its jobs.
          held.set(row.held() && row.pending().isEmpty());
          changes.tables().sweeps().pending(name, Optional.of(Pending.CANCELLATION.name()));
          // Shared jobs come first: the sweep must leave them even if they end later because a job
          // that they need ends.
          return Stream.of(true, false)
              .flatMap(
                  others ->
                      changes.tables().sweeps().jobs(name, JobState.Name.OPEN, others).stream())
              .toList();
        },
        (changes, id) -> {
          // The job may have ended since, and other sweeps may have been added or removed.
          Optional<JobRow> open =
              changes.tables().jobs().find(id).filter(row -> !JobRows.name(row).ended());
          if (open.filter(changes::shared).isPresent()) {
            changes.leave(name, id);
            shared.add(id);
            return false;
          }
          open.ifPresent(row -> cancelOpen(changes, id, name));
          return open.isPresent();
        },
        cancelled -> {
          cancelled.forEach(lanes::stopWorker);
          lanes.wake();
        },
        changes -> {
          endPending(changes, name, held.get());
          return new Stopped(SweepRows.sweep(changes.tables(), name), List.copyOf(shared));
        });
  }

  private void cancelOpen(JobChanges changes, long id, String name) {
    changes.apply(id, new JobEvent.CancelRequested(jobs.now(), new Cause.CancelledWithSweep(name)));
  }

  /** Requeues failed and cancelled jobs, and releases the sweep. */
  Future<Resumed> resume(String name) {
    Set<Long> before = new LinkedHashSet<>();
    List<Long> resumed = new ArrayList<>();
    return jobs.changeEach(
        changes -> {
          SweepRow row = SweepRows.find(changes.tables(), name);
          setFree(changes, row);
          changes.tables().sweeps().pending(name, Optional.of(Pending.HOLD.name()));
          before.addAll(withoutResult(changes, name));
          boolean held = row.held() || row.pending().equals(Optional.of(Pending.HOLD.name()));
          return held ? changes.tables().sweeps().jobs(name) : List.copyOf(before);
        },
        (changes, id) -> {
          changes.tables().sweeps().computeHold(id);
          if (before.contains(id) && resume(changes, id, name)) {
            resumed.add(id);
          }
        },
        changes -> {
          endPending(changes, name, false);
          return new Resumed(SweepRows.sweep(changes.tables(), name), List.copyOf(resumed));
        });
  }

  /** Whether the job is queued now, or was requeued earlier together with a job that it needs. */
  private boolean resume(JobChanges changes, long id, String name) {
    Optional<JobRow> row = changes.tables().jobs().find(id);
    if (row.isEmpty()) {
      return false;
    }
    if (!withoutResult(changes, row.get())) {
      return true;
    }
    try {
      changes.apply(id, new JobEvent.Resumed(jobs.now(), new Cause.ResumedWithSweep(name)));
      return true;
    } catch (JobConflict e) {
      LOG.atInfo().addKeyValue("job", id).log("Job {} was left unchanged: {}", id, e.getMessage());
      return false;
    }
  }

  /** Ends the outperformed trials of a sweep, except those that a user resumes in the meantime. */
  Future<String> endOutdone(String name) {
    Map<Long, JobEvent> outdone = new LinkedHashMap<>();
    return jobs.changeEach(
        changes -> {
          outdone.putAll(SweepRules.outdone(changes.tables(), name, jobs.now()));
          return List.copyOf(outdone.keySet());
        },
        (changes, id) -> {
          JobEvent event = outdone.get(id);
          if (event != null && changes.tables().sweeps().isWaiting(id)) {
            changes.apply(id, event);
          }
        },
        changes -> {
          endPending(changes, name, false);
          return name;
        });
  }

  /** Removes a sweep and its jobs, all of which have ended. */
  Future<List<Long>> delete(String name) {
    Set<Long> deleted = new LinkedHashSet<>();
    return jobs.changeEach(
        changes -> {
          requireEnded(changes.tables(), SweepRows.find(changes.tables(), name));
          return changes.tables().sweeps().jobs(name);
        },
        (changes, id) -> changes.take(name, id, jobs.now()) && deleted.add(id),
        deletion::deleteFiles,
        changes -> {
          changes.deleteSweep(name);
          return List.copyOf(deleted);
        });
  }

  /** Fails before anything is removed. */
  private static void requireEnded(Tables tables, SweepRow sweep) {
    tables.sweeps().jobs(sweep.name(), JobState.Name.OPEN, false).stream()
        .findFirst()
        .flatMap(tables.jobs()::find)
        .ifPresent(open -> JobChanges.requireEnded(sweep.name(), open));
  }
}
