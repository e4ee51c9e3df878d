package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.schedule.Lanes;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.SweepRules;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.queue.sweep.SweepNotFound;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.queue.sweep.SweepTaken;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sweeps of a queue. Futures complete on the caller's context. */
public final class Sweeps {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

  private static final List<String> OPEN = JobState.Name.namesWhere(state -> !state.ended());
  private static final List<String> WITHOUT_RESULT =
      List.of(JobState.Name.FAILED.name(), JobState.Name.CANCELLED.name());

  /** The turn of the sweeps that are queued in several transactions. No sweep has this name. */
  private static final String LARGE = "";

  /** When what failed half way is tried again. */
  private static final Duration LATER = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final JobStore jobs;
  private final JobSpecReader reader;
  private final Catalogue catalogue;
  private final JobInsertion insertion;
  private final Function<Long, Future<Long>> deleteFiles;
  private final Lanes lanes;
  private final InTurn inTurn;

  /** The sweeps of which something is to be tried again. */
  private final Set<String> endedLater = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  Sweeps(
      Vertx vertx,
      JobStore jobs,
      Catalogue catalogue,
      JobInsertion insertion,
      Function<Long, Future<Long>> deleteFiles,
      Lanes lanes) {
    this.vertx = vertx;
    this.jobs = jobs;
    this.reader = new JobSpecReader(catalogue);
    this.catalogue = catalogue;
    this.insertion = insertion;
    this.deleteFiles = deleteFiles;
    this.lanes = lanes;
    this.inTurn = new InTurn(vertx);
    Context context = vertx.getOrCreateContext();
    jobs.whenPending(name -> context.runOnContext(now -> endLeft(name)));
  }

  /**
   * Queues a job in a transaction. Fails with {@link org.bagnetlab.experiment.request.InvalidSpec}.
   */
  @FunctionalInterface
  interface JobInsertion {
    long insert(JobChanges changes, JobRequest request, boolean held);
  }

  /**
   * A submitted sweep.
   *
   * @param id its name
   * @param jobs its jobs' numbers
   * @param reused those of them that were there before, of other sweeps or of none
   * @param existing whether the sweep was there before
   * @param withoutResult its jobs that are FAILED or CANCELLED: {@link #resume} queues them again
   */
  public record Submitted(
      String id, List<Long> jobs, List<Long> reused, boolean existing, List<Long> withoutResult) {}

  /**
   * A sweep that was held or cancelled.
   *
   * @param sweep its present state
   * @param shared those of its jobs that continue because other sweeps share them
   */
  public record Stopped(Sweep sweep, List<Long> shared) {}

  /**
   * A sweep that was resumed.
   *
   * @param sweep its present state
   * @param jobs those of its jobs that were queued again
   */
  public record Resumed(Sweep sweep, List<Long> jobs) {}

  /**
   * Queues the jobs of a sweep, all or none, unless they are queued, run, or have succeeded
   * already. Many are queued piece by piece, with other writes in between: none starts, and the
   * sweep is not shown, before the last is queued, and what was queued of it is removed if one is
   * refused, or at the next start if the server dies. Fails with {@link SweepTaken} if the name is
   * another sweep's, and with {@link org.bagnetlab.experiment.request.InvalidSpec}.
   */
  public Future<Submitted> submit(SweepPlan plan) {
    SweepSubmission submission = new SweepSubmission(jobs, reader, catalogue, insertion, plan);
    Supplier<Future<Submitted>> work = () -> inPieces(plan.name(), () -> submit(submission, plan));
    // One of many jobs does not get slower by others of its kind.
    return (submission.isLarge() ? inTurn.run(LARGE, work) : work.get())
        .onSuccess(done -> lanes.wake());
  }

  private Future<Submitted> submit(SweepSubmission submission, SweepPlan plan) {
    return jobs.read(
            tables -> {
              submission.compare(tables);
              return plan.name();
            })
        .compose(compared -> jobs.change(submission::begin))
        .compose(
            done ->
                done.map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            submitRest(submission)
                                .recover(
                                    failure ->
                                        removeUnfinished(plan.name())
                                            .onSuccess(removed -> lanes.wake())
                                            .onFailure(
                                                left ->
                                                    LOG.warn(
                                                        "Sweep {} was not queued completely, and is removed later",
                                                        plan.name(),
                                                        left))
                                            .transform(removed -> Future.failedFuture(failure)))));
  }

  private Future<Submitted> submitRest(SweepSubmission submission) {
    return jobs.changeInPieces(submission::next).compose(queued -> jobs.change(submission::end));
  }

  /** Begins when whatever else is done to a sweep of this name has ended. */
  <T> Future<T> inTurn(String name, Supplier<Future<T>> work) {
    return inTurn.run(name, work);
  }

  /** Like {@link #inTurn}; what fails half way is ended later. */
  private <T> Future<T> inPieces(String name, Supplier<Future<T>> work) {
    return inTurn(name, work).onFailure(failure -> endLater(name));
  }

  /**
   * Ends what an earlier server had begun to do to sweeps. No job has started yet, and none does.
   * What fails is tried again later: no sweep keeps a server from its start.
   */
  Future<Void> endPending() {
    return jobs.read(tables -> tables.sweeps().all())
        .compose(
            all -> {
              Future<?> ended = Future.succeededFuture();
              for (SweepRow row : all) {
                if (row.pending().isPresent()) {
                  LOG.warn(
                      "Sweep {}: completing its {}, which was interrupted",
                      row.name(),
                      row.pending().get());
                  ended = ended.compose(before -> endPending(row.name()).otherwiseEmpty());
                }
              }
              return ended.mapEmpty();
            });
  }

  /** Ends what the transaction of one job left to do to its sweep. */
  private void endLeft(String name) {
    if (!closed) {
      endPending(name).onSuccess(done -> lanes.wake());
    }
  }

  private void endLater(String name) {
    if (!closed && endedLater.add(name)) {
      var _ =
          vertx.setTimer(
              LATER.toMillis(),
              timer -> {
                endedLater.remove(name);
                endLeft(name);
              });
    }
  }

  /** Ends what was begun to do to a sweep, if anything was. */
  private Future<?> endPending(String name) {
    return inTurn(
            name,
            () ->
                jobs.read(tables -> tables.sweeps().find(name))
                    .compose(
                        row ->
                            row.filter(there -> there.pending().isPresent())
                                .<Future<?>>map(this::endPending)
                                .orElseGet(Future::succeededFuture)
                                .map(name)))
        .onFailure(
            failure -> {
              LOG.error("Sweep {}: what was begun is not ended, and is tried again", name, failure);
              endLater(name);
            });
  }

  private Future<?> endPending(SweepRow row) {
    String name = row.name();
    return switch (Pending.valueOf(row.pending().get())) {
      case SUBMISSION -> removeUnfinished(name);
      case CANCELLATION -> cancelInTurn(name);
      case HOLD -> computeHolds(name, changes -> {}, changes -> name);
      case RUNG -> endOutdone(name);
    };
  }

  /** Ends the trials of a sweep that were outdone, except those that somebody resumes meanwhile. */
  private Future<String> endOutdone(String name) {
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

  /** What is pending is left to the next server. */
  void close() {
    closed = true;
  }

  /** Removes what was queued of a sweep, unless all was. */
  private Future<String> removeUnfinished(String name) {
    return jobs.changeEach(
        changes ->
            changes.tables().sweeps().find(name).filter(SweepRows::isWhole).isPresent()
                ? List.of()
                : newestFirst(changes.tables().sweeps().jobs(name)),
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

  /** What needs a training goes before it. */
  private static List<Long> newestFirst(List<Long> ids) {
    List<Long> reversed = new ArrayList<>(ids);
    Collections.reverse(reversed);
    return reversed;
  }

  /**
   * A job that others share or need stays, and one that has started: it was of another sweep then,
   * which left it to this one.
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
      // There are none: it has not run.
      tables.deletions().removeJob(id);
    }
  }

  private static boolean hasStarted(Tables tables, long id) {
    return tables.jobs().transitions(id).stream()
        .anyMatch(change -> change.to().equals(JobState.Name.RUNNING.name()));
  }

  static List<Long> withoutResult(JobChanges changes, String name) {
    return changes.tables().sweeps().jobsNotAtRung(name, WITHOUT_RESULT);
  }

  /** Not a stopped trial of successive halving: it has given its result. */
  private static boolean withoutResult(JobChanges changes, JobRow row) {
    return WITHOUT_RESULT.contains(row.state().name()) && !SweepRules.atRung(changes.tables(), row);
  }

  /** A sweep. Fails with {@link SweepNotFound}. */
  public Future<Sweep> find(String name) {
    return jobs.read(tables -> SweepRows.sweep(tables, name));
  }

  /** All sweeps, the newest first, without their rungs. */
  public Future<List<Sweep>> all() {
    return jobs.read(
        tables -> {
          Map<String, Map<String, Long>> counts = tables.sweeps().counts();
          return tables.sweeps().all().stream()
              .filter(SweepRows::isWhole)
              .map(
                  row -> SweepRows.sweep(row, counts.getOrDefault(row.name(), Map.of()), List.of()))
              .toList();
        });
  }

  /** The jobs of a sweep, in the order of submission. Fails with {@link SweepNotFound}. */
  public Future<List<Job>> jobs(String name) {
    return jobs.read(
        tables -> {
          var _ = SweepRows.find(tables, name);
          return tables.jobs().ofSweep(name).stream().map(jobs::job).toList();
        });
  }

  /**
   * Holds a sweep: starts none of its queued jobs, except those shared with other sweeps. Many are
   * held piece by piece, with other writes in between; none of its own starts meanwhile, and the
   * next server ends it if this one dies.
   */
  public Future<Stopped> hold(String name) {
    return inPieces(
            name,
            () ->
                computeHolds(
                    name,
                    changes -> setHold(changes, name, Optional.of(Cause.Simple.HELD_BY_HAND)),
                    changes ->
                        new Stopped(
                            SweepRows.sweep(changes.tables(), name),
                            changes.tables().sweeps().jobsNotHeld(name, OPEN))))
        .onSuccess(done -> lanes.wake());
  }

  /** Lets a sweep's queued jobs run again: many piece by piece, like {@link #hold}. */
  public Future<Sweep> release(String name) {
    return inPieces(
            name,
            () ->
                computeHolds(
                    name,
                    changes -> setHold(changes, name, Optional.empty()),
                    changes -> SweepRows.sweep(changes.tables(), name)))
        .onSuccess(sweep -> lanes.wake());
  }

  private static void setHold(JobChanges changes, String name, Optional<Cause> cause) {
    changes.tables().sweeps().hold(name, cause.isPresent(), false, cause.map(SweepRows::hold));
  }

  /** Brings a sweep's hold, or the end of it, to its jobs. */
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
   * Ends a change of a sweep in several transactions. If failures have held the sweep in the
   * meantime, its jobs are held next.
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

  /**
   * Cancels all unfinished jobs of a sweep, except shared ones. Many are cancelled piece by piece,
   * with other writes in between; none starts meanwhile, and the next server ends it if this one
   * dies. If it fails, it is tried again later, unless the sweep is resumed before.
   */
  public Future<Stopped> cancel(String name) {
    return inPieces(name, () -> cancelInTurn(name));
  }

  private Future<Stopped> cancelInTurn(String name) {
    List<Long> shared = new ArrayList<>();
    AtomicBoolean held = new AtomicBoolean();
    return jobs.changeEach(
        changes -> {
          SweepRow row = SweepRows.find(changes.tables(), name);
          // While something is pending, failures hold a sweep but not yet its jobs.
          held.set(row.held() && row.pending().isEmpty());
          changes.tables().sweeps().pending(name, Optional.of(Pending.CANCELLATION.name()));
          // Those shared now may end with a job that they need, but were to be left.
          return Stream.of(true, false)
              .flatMap(others -> changes.tables().sweeps().jobs(name, OPEN, others).stream())
              .toList();
        },
        (changes, id) -> {
          // It may have ended since, and other sweeps may have come and gone.
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

  /**
   * Queues what failed or was cancelled once more, and releases the sweep. Many are queued piece by
   * piece, with other writes in between: none of its own starts before the end, and if the server
   * dies, the others are left for another time.
   */
  public Future<Resumed> resume(String name) {
    Set<Long> before = new LinkedHashSet<>();
    List<Long> resumed = new ArrayList<>();
    return inPieces(
            name,
            () ->
                jobs.changeEach(
                    changes -> {
                      SweepRow row = SweepRows.find(changes.tables(), name);
                      setHold(changes, name, Optional.empty());
                      changes.tables().sweeps().pending(name, Optional.of(Pending.HOLD.name()));
                      before.addAll(withoutResult(changes, name));
                      boolean held =
                          row.held() || row.pending().equals(Optional.of(Pending.HOLD.name()));
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
                      return new Resumed(
                          SweepRows.sweep(changes.tables(), name), List.copyOf(resumed));
                    }))
        .onSuccess(done -> lanes.wake());
  }

  /** Whether it is queued, or was already because a job that it needs was queued before it. */
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

  /**
   * Removes a sweep and its jobs. Fails with {@link JobConflict} if one is open. Many are removed
   * piece by piece, with other writes in between: if the server dies, or one is resumed meanwhile,
   * the rest is left. Their files are deleted after each piece; those that cannot be deleted now
   * are deleted at the next start.
   */
  public Future<List<Long>> delete(String name) {
    Set<Long> deleted = new LinkedHashSet<>();
    return inTurn(
        name,
        () ->
            jobs.changeEach(
                changes -> {
                  SweepRow row = SweepRows.find(changes.tables(), name);
                  requireEnded(changes.tables(), row);
                  return changes.tables().sweeps().jobs(name);
                },
                (changes, id) -> changes.take(name, id, jobs.now()) && deleted.add(id),
                this::deleteFiles,
                changes -> {
                  changes.deleteSweep(name);
                  return List.copyOf(deleted);
                }));
  }

  /** Before anything is removed. */
  private static void requireEnded(Tables tables, SweepRow sweep) {
    tables.sweeps().jobs(sweep.name(), OPEN, false).stream()
        .findFirst()
        .flatMap(tables.jobs()::find)
        .ifPresent(open -> JobChanges.requireEnded(sweep.name(), open));
  }

  private void deleteFiles(List<Long> deleted) {
    Future<Long> files = Future.succeededFuture();
    for (long id : deleted) {
      files =
          files
              .compose(before -> deleteFiles.apply(id))
              .onFailure(
                  failure -> {
                    // At the end of the server, which may come before thousands of files are gone.
                    if (!(failure instanceof RejectedExecutionException)) {
                      LOG.atWarn()
                          .addKeyValue("job", id)
                          .setCause(failure)
                          .log("Files of job {} were not removed", id);
                    }
                  })
              .otherwise(id);
    }
  }
}
