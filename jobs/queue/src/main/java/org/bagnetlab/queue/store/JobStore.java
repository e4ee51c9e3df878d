package org.bagnetlab.queue.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.device.Candidate;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvent.JobChanged;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Lifecycle;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.job.WorkerFacts;
import org.bagnetlab.queue.rule.RuleAction;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.ImportedJobRow;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.WorkerRow;

/**
 * The jobs and their states. For each change, reading, deciding, writing, syncing and publishing
 * are one step on the database's writing thread, so that changes are never published out of order
 * or before they are stored.
 */
public final class JobStore {

  private final Vertx vertx;
  private final Database database;
  private final QueueEvents events;
  private final Lifecycle lifecycle;
  private final Clock clock;
  private final SweepRules rules = new SweepRules();
  private final Map<Long, Progress> progress = new ConcurrentHashMap<>();
  private final AtomicLong revision = new AtomicLong();
  private volatile Consumer<String> whenPending = name -> {};
  private volatile BiConsumer<JobChanges, JobRow> beforeStart = (changes, job) -> {};

  public JobStore(
      Vertx vertx, Database database, QueueEvents events, Lifecycle lifecycle, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.events = events;
    this.lifecycle = lifecycle;
    this.clock = clock;
  }

  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * The result of a transaction.
   *
   * @param events to publish
   * @param pending the sweeps whose change the transaction left pending
   */
  private record Changed<T>(T result, List<QueueEvent> events, List<String> pending) {}

  /**
   * Sets the callback that completes sweep changes that a transaction left pending.
   *
   * @param whenPending accepts the name of a sweep; called on the writing thread
   */
  public void whenPending(Consumer<String> whenPending) {
    this.whenPending = whenPending;
  }

  /**
   * Sets what is done with a job in the transaction that starts it.
   *
   * @param beforeStart accepts the job while it is QUEUED; called on the writing thread
   */
  public void beforeStart(BiConsumer<JobChanges, JobRow> beforeStart) {
    this.beforeStart = beforeStart;
  }

  /**
   * A number that grows with every change of jobs, before the change is reported. What was read
   * after this call is as jobs are, as long as the number stays the same.
   */
  public long revision() {
    return revision.get();
  }

  /** Changes jobs in one transaction, and publishes the changes. */
  public <T> Future<T> change(Function<JobChanges, T> change) {
    return future(changed(change));
  }

  private <T> CompletableFuture<T> changed(Function<JobChanges, T> change) {
    return database
        .writeThrough(
            tables -> {
              JobChanges changes = new JobChanges(tables, lifecycle, rules);
              T result = change.apply(changes);
              changes.updateSweeps();
              return new Changed<>(result, changes.events(this::job), changes.pendingSweeps());
            },
            changed -> {
              revision.incrementAndGet();
              changed.events().forEach(this::publish);
              changed.pending().forEach(whenPending);
            })
        .thenApply(Changed::result);
  }

  /**
   * Changes jobs in several transactions. Each transaction runs after the writes that are already
   * waiting, but does not wait for an event loop. If a transaction fails, the earlier ones remain.
   *
   * @param piece changes some of the jobs, and returns whether more remain
   */
  public Future<Void> changeInPieces(BiPredicate<JobChanges, Piece> piece) {
    return future(changedInPieces(piece, () -> {}));
  }

  private CompletableFuture<Void> changedInPieces(
      BiPredicate<JobChanges, Piece> piece, Runnable committed) {
    return changed(changes -> piece.test(changes, Piece.next()))
        .thenCompose(
            more -> {
              committed.run();
              return more
                  ? changedInPieces(piece, committed)
                  : CompletableFuture.<Void>completedFuture(null);
            });
  }

  /**
   * The result of the first transaction of a change of many jobs.
   *
   * @param jobs ids of all jobs to change, or if the change is done, of those with consequences
   * @param done the result, if the change is done
   */
  private record Begun<T>(List<Long> jobs, Optional<T> done) {}

  /** Like {@link #changeEach(Function, BiPredicate, Consumer, Function)}, without consequences. */
  public <T> Future<T> changeEach(
      Function<JobChanges, List<Long>> begin,
      BiConsumer<JobChanges, Long> each,
      Function<JobChanges, T> end) {
    return changeEach(
        begin,
        (changes, id) -> {
          each.accept(changes, id);
          return false;
        },
        changed -> {},
        end);
  }

  /**
   * Changes jobs in one transaction if there are few, otherwise in several, as {@link
   * #changeInPieces} does.
   *
   * @param begin returns the jobs' ids, in the first transaction
   * @param each changes one job, and returns whether the change has consequences
   * @param consequences accepts the jobs with consequences; called after each commit, on the
   *     caller's context
   * @param end returns the result, in the last transaction
   */
  public <T> Future<T> changeEach(
      Function<JobChanges, List<Long>> begin,
      BiPredicate<JobChanges, Long> each,
      Consumer<List<Long>> consequences,
      Function<JobChanges, T> end) {
    return change(
            changes -> {
              List<Long> all = begin.apply(changes);
              if (all.size() > Piece.JOBS) {
                return new Begun<>(all, Optional.<T>empty());
              }
              List<Long> changed = all.stream().filter(id -> each.test(changes, id)).toList();
              return new Begun<>(changed, Optional.of(end.apply(changes)));
            })
        .compose(
            begun -> {
              if (begun.done().isEmpty()) {
                return inPieces(begun.jobs(), each, consequences).compose(changed -> change(end));
              }
              consequences.accept(begun.jobs());
              return Future.succeededFuture(begun.done().get());
            });
  }

  private Future<Void> inPieces(
      List<Long> jobs, BiPredicate<JobChanges, Long> each, Consumer<List<Long>> consequences) {
    Context caller = vertx.getOrCreateContext();
    Deque<Long> rest = new ArrayDeque<>(jobs);
    List<Long> changed = new ArrayList<>();
    return future(
        changedInPieces(
            (changes, piece) -> {
              changed.clear();
              while (!piece.isFull() && !rest.isEmpty()) {
                piece.add();
                long id = rest.remove();
                if (each.test(changes, id)) {
                  changed.add(id);
                }
              }
              return !rest.isEmpty();
            },
            () -> {
              List<Long> committed = List.copyOf(changed);
              caller.runOnContext(now -> consequences.accept(committed));
            }));
  }

  private void publish(QueueEvent event) {
    if (event instanceof JobChanged changed && !changed.job().state().name().working()) {
      progress.remove(changed.job().id());
    }
    events.publish(event);
  }

  /** Queues a job, which may wait for another one's result. */
  public long insert(
      JobChanges changes, JobRequest request, boolean held, Optional<Long> waitsFor) {
    Instant at = now();
    long id = changes.tables().jobs().insert(JobRows.row(request, held, waitsFor, at));
    changes.record(id, at, Optional.empty(), JobState.Name.QUEUED, Cause.Simple.SUBMITTED);
    request
        .sweep()
        .ifPresent(
            sweep -> {
              changes.tables().sweeps().add(sweep, id);
              request
                  .trial()
                  .ifPresent(trial -> changes.tables().trials().put(JobRows.row(trial, sweep, id)));
              changes.markForUpdate(sweep, at);
            });
    return id;
  }

  /** Stores a job that succeeded in another lab, completely or not at all. */
  public Future<Job> insert(ImportedJob imported) {
    return change(
        changes -> {
          ImportedJobRow row = imported.row();
          Tables tables = changes.tables();
          tables.jobs().insert(row);
          imported.epochs().forEach(epoch -> tables.runs().put(row.id(), epoch));
          imported.results().forEach(tables.results()::put);
          imported.files().forEach(tables.artifacts()::insert);
          tables.annotations().put(imported.annotation());
          changes.record(
              row.id(),
              now(),
              Optional.empty(),
              JobState.Name.valueOf(row.state()),
              new Cause.Imported(row.originLab(), row.originJob()));
          return job(tables, row.id());
        });
  }

  /** The rules of sweeps, applied in every transaction of this store. */
  public SweepRules rules() {
    return rules;
  }

  /** Applies an event to a job. */
  public Future<Job> apply(long id, JobEvent event) {
    return change(
        changes -> {
          changes.apply(id, event);
          return job(changes.tables(), id);
        });
  }

  /** The next job of the queue, or of the interactive lane; empty if none can run. */
  public Future<Optional<Candidate>> next(boolean interactive) {
    return read(tables -> next(tables, interactive).map(row -> LikeJobs.candidate(tables, row)));
  }

  private static Optional<JobRow> next(Tables tables, boolean interactive) {
    return tables.jobs().runnable(interactive, 1).stream().findFirst();
  }

  /**
   * Assigns a job to a device. Empty if the job is no longer the next one, or is now known to need
   * another amount of memory: a search may have changed its settings.
   *
   * @param candidate the next job, as it was when the device was chosen
   */
  public Future<Optional<Job>> claim(Candidate candidate, String device, boolean interactive) {
    return change(
        changes ->
            next(changes.tables(), interactive)
                .filter(row -> row.id() == candidate.job())
                .filter(row -> prepared(changes, row).equals(candidate))
                .map(
                    row -> {
                      LikeJobs.record(changes.tables(), row.id());
                      changes.apply(row.id(), new JobEvent.Started(now(), device));
                      return job(changes.tables(), row.id());
                    }));
  }

  /** The job once all that precedes its start was done. */
  private Candidate prepared(JobChanges changes, JobRow row) {
    beforeStart.accept(changes, row);
    Tables tables = changes.tables();
    return LikeJobs.candidate(tables, tables.jobs().find(row.id()).orElseThrow());
  }

  /**
   * Requests that a trial is cancelled if it runs, nothing else was requested, and the others of
   * its search are better. Returns whether it was.
   */
  public Future<Boolean> stopBelowMedian(long id) {
    return read(tables -> MedianRule.stops(tables, id))
        .compose(
            cause ->
                cause.isPresent()
                    ? change(changes -> stopBelowMedian(changes, id))
                    : Future.succeededFuture(false));
  }

  /** Compares again, because another sweep may share the trial since. */
  private boolean stopBelowMedian(JobChanges changes, long id) {
    Optional<Cause> cause =
        changes
            .tables()
            .jobs()
            .find(id)
            .filter(
                row ->
                    JobRows.state(row.state()) instanceof JobState.Running running
                        && !running.cancelRequested())
            .flatMap(row -> MedianRule.stops(changes.tables(), id));
    cause.ifPresent(why -> changes.apply(id, new JobEvent.CancelRequested(now(), why)));
    return cause.isPresent();
  }

  /**
   * Applies a rule that has found a running job, once: a job that a user resumes goes on. Returns
   * whether the job was cancelled.
   */
  public Future<Boolean> found(long id, Cause why, RuleAction action) {
    return change(changes -> found(changes, id, why, action))
        .onSuccess(
            stopped -> {
              if (stopped.isPresent()) {
                events.publish(new QueueEvent.RuleApplied(id));
              }
            })
        .map(stopped -> stopped.orElse(false));
  }

  /** Whether the job was cancelled; empty if the rule does not apply. */
  private Optional<Boolean> found(JobChanges changes, long id, Cause why, RuleAction action) {
    Tables tables = changes.tables();
    boolean applies =
        job(tables, id).state() instanceof JobState.Running running
            && !running.cancelRequested()
            && tables.jobs().transitions(id).stream()
                .noneMatch(transition -> transition.cause().code().equals(why.code()));
    if (!applies) {
      return Optional.empty();
    }
    switch (action) {
      case REPORT -> {
        Optional<JobState.Name> state = Optional.of(JobState.Name.RUNNING);
        changes.record(id, now(), state, JobState.Name.RUNNING, why);
      }
      case STOP -> changes.apply(id, new JobEvent.CancelRequested(now(), why));
    }
    return Optional.of(action == RuleAction.STOP);
  }

  /** Holds the sweep that queued a job if it has used its budget. Returns whether it was held. */
  public Future<Boolean> holdIfUsed(long job) {
    return read(tables -> SweepBudgets.used(tables, job).isPresent())
        .compose(
            used ->
                used
                    ? change(changes -> SweepRules.holdIfUsed(changes, job))
                    : Future.succeededFuture(false));
  }

  /** Applies an event to every job that a worker runs. */
  public Future<List<Job>> applyToWorking(Function<Job, JobEvent> event) {
    return change(
        changes ->
            Stream.of(JobState.Name.RUNNING, JobState.Name.PAUSING)
                .flatMap(
                    state ->
                        changes.tables().jobs().oldest(state.name(), Integer.MAX_VALUE).stream())
                .map(
                    row -> {
                      changes.apply(row.id(), event.apply(job(row)));
                      return job(changes.tables(), row.id());
                    })
                .toList());
  }

  /**
   * Requeues the interrupted jobs of the queue or of the interactive lane that are due. Returns
   * when the next job is due, if any.
   */
  public Future<Optional<Instant>> retryDue(boolean interactive) {
    return read(tables ->
            interrupted(tables).stream()
                .filter(row -> row.order().interactive() == interactive)
                .toList())
        .compose(
            waiting -> {
              Instant now = now();
              List<Long> due =
                  waiting.stream()
                      .filter(job -> !resumesAt(job).isAfter(now))
                      .map(JobRow::id)
                      .toList();
              Optional<Instant> next =
                  waiting.stream()
                      .map(JobStore::resumesAt)
                      .filter(at -> at.isAfter(now))
                      .min(Comparator.naturalOrder());
              return due.isEmpty() ? Future.succeededFuture(next) : retry(due).map(next);
            });
  }

  /**
   * Requeues the interrupted jobs that are due when a server starts, in order and before all others
   * of their priority, since they had already started.
   */
  public Future<Integer> resumeFirst() {
    return change(
        changes -> {
          Instant now = now();
          List<JobRow> due =
              interrupted(changes.tables()).stream()
                  .filter(job -> !resumesAt(job).isAfter(now))
                  .sorted(Comparator.comparing((JobRow job) -> job.order().position()).reversed())
                  .toList();
          due.forEach(job -> changes.apply(job.id(), new JobEvent.Retried(now)));
          QueueOrder order = new QueueOrder(changes.tables().jobs());
          due.forEach(order::first);
          return due.size();
        });
  }

  private List<JobRow> interrupted(Tables tables) {
    return tables.jobs().oldest(JobState.Name.INTERRUPTED.name(), Integer.MAX_VALUE);
  }

  private static Instant resumesAt(JobRow row) {
    return row.state().resumesAt().orElse(Instant.EPOCH);
  }

  private Future<Integer> retry(List<Long> due) {
    return change(
        changes -> {
          for (long id : due) {
            // A user may have paused the job since.
            changes
                .tables()
                .jobs()
                .find(id)
                .filter(row -> JobRows.name(row) == JobState.Name.INTERRUPTED)
                .ifPresent(row -> changes.apply(id, new JobEvent.Retried(now())));
          }
          return due.size();
        });
  }

  /** How often a device has started a job. Never decreases while the job exists. */
  public Future<Long> starts(long id) {
    return read(
        tables ->
            tables.jobs().transitions(id).stream()
                .filter(
                    change ->
                        change.to().equals(JobState.Name.RUNNING.name())
                            && change
                                .from()
                                .filter(JobState.Name.QUEUED.name()::equals)
                                .isPresent())
                .count());
  }

  /** Adds entries to the timeline of a job that a worker runs. */
  public Future<Long> note(long id, List<Cause> causes) {
    if (causes.isEmpty()) {
      return Future.succeededFuture(id);
    }
    return change(
        changes -> {
          JobState.Name state = job(changes.tables(), id).state().name();
          causes.forEach(cause -> changes.record(id, now(), Optional.of(state), state, cause));
          return id;
        });
  }

  /** Stores what computes in a job's worker. */
  public Future<Job> worker(long id, Provenance provenance, long pid) {
    return future(
        database.writeThrough(
            tables -> {
              WorkerFacts facts =
                  resumes(tables, id)
                      ? WorkerFacts.resuming(provenance, pid, tables.jobs().code(id))
                      : WorkerFacts.starting(provenance, pid);
              tables.jobs().worker(id, Json.line(facts), facts.code());
              return job(tables, id);
            },
            job -> events.publish(new JobChanged(job))));
  }

  /** Whether an earlier worker saved a state from which the job's training continues. */
  private static boolean resumes(Tables tables, long id) {
    return tables.artifacts().ofJob(id).stream()
        .anyMatch(artifact -> artifact.kind().equals(ArtifactRows.TRAINING_STATE));
  }

  /** Stores the process that runs a job. */
  public Future<Long> launched(WorkerRow worker) {
    return future(
        database.write(
            tables -> {
              tables.workers().put(worker);
              return worker.job();
            }));
  }

  /** Removes a job's rows. */
  public Future<Long> delete(long id) {
    return change(
        changes -> {
          Tables tables = changes.tables();
          Job job = job(tables, id);
          if (job.state().name().working() || job.state() instanceof JobState.Queued) {
            throw new JobConflict(
                "Job %d is %s: cancel it first.".formatted(id, job.state().name()));
          }
          changes.delete(id, now());
          return id;
        });
  }

  /** Stores a job's progress, in memory only. */
  public void progressed(long id, Progress made) {
    progress.put(id, made);
  }

  public Future<Job> find(long id) {
    return read(tables -> job(tables, id));
  }

  public <T> Future<T> read(Function<Tables, T> query) {
    return future(database.read(query));
  }

  public Job job(Tables tables, long id) {
    return tables.jobs().find(id).map(this::job).orElseThrow(() -> RequestRefused.noJob(id));
  }

  public Job job(JobRow row) {
    boolean working = JobRows.name(row).working();
    return JobRows.job(row, Optional.ofNullable(progress.get(row.id())).filter(made -> working));
  }

  private <T> Future<T> future(CompletableFuture<T> stage) {
    return Futures.of(vertx, stage);
  }
}
