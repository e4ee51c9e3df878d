package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.schedule.Lanes;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.storage.sweep.SweepRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sweeps of a queue. Futures complete on the caller's context. */
public final class Sweeps {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

  /**
   * Large sweeps are submitted one at a time. They share this key, which is not a valid name of a
   * sweep.
   */
  private static final String LARGE = "";

  /** Delay before a failed change is retried. */
  private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final JobStore jobs;
  private final JobSpecReader reader;
  private final ReusableJobs reusable;
  private final TrainedRuns trainedRuns;
  private final JobInsertion insertion;
  private final SweepChanges changes;
  private final Lanes lanes;
  private final KeyedSequence inTurn;

  /** The sweeps whose pending change is being retried. */
  private final Set<String> retried = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  Sweeps(
      Vertx vertx,
      JobStore jobs,
      ReusableJobs reusable,
      TrainedRuns trainedRuns,
      JobInsertion insertion,
      JobDeletion deletion,
      Lanes lanes) {
    this.vertx = vertx;
    this.jobs = jobs;
    this.reader = new JobSpecReader(reusable.catalogue());
    this.reusable = reusable;
    this.trainedRuns = trainedRuns;
    this.insertion = insertion;
    this.changes = new SweepChanges(jobs, deletion, lanes);
    this.lanes = lanes;
    this.inTurn = new KeyedSequence(vertx);
    Context context = vertx.getOrCreateContext();
    jobs.beforeStart(new TrialProposals(reader, trainedRuns)::revise);
    jobs.whenPending(name -> context.runOnContext(now -> completeNow(name)));
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
   * @param id name of the sweep
   * @param jobs ids of its jobs
   * @param reused ids of the jobs that already existed, in other sweeps or in none
   * @param existing whether the sweep already existed
   * @param withoutResult ids of its jobs that are FAILED or CANCELLED: {@link #resume} queues them
   *     again
   */
  public record Submitted(
      String id, List<Long> jobs, List<Long> reused, boolean existing, List<Long> withoutResult) {}

  /**
   * A sweep that was held or cancelled.
   *
   * @param sweep its current state
   * @param shared ids of its jobs that continue because other sweeps share them
   */
  public record Stopped(Sweep sweep, List<Long> shared) {}

  /**
   * A sweep that was resumed.
   *
   * @param sweep its current state
   * @param jobs ids of its jobs that were queued again
   */
  public record Resumed(Sweep sweep, List<Long> jobs) {}

  /**
   * Queues the jobs of a sweep, all or none, except those already queued, running, or succeeded.
   * Many jobs are queued in several transactions: no job starts, and the sweep is not visible,
   * before the last job is queued. If a job is refused, those already queued are removed; if the
   * server dies, the next start removes them. Fails with {@link RequestRefused} if another sweep
   * has the name, and with {@link org.bagnetlab.experiment.request.InvalidSpec}.
   */
  public Future<Submitted> submit(SweepPlan plan) {
    SweepSubmission submission =
        new SweepSubmission(jobs, reader, reusable, trainedRuns, insertion, plan);
    Supplier<Future<Submitted>> work =
        () -> inPieces(plan.name(), () -> changes.submit(submission, plan.name()));
    // Large submissions run one at a time, so that they do not slow each other down.
    return submission.isLarge() ? inTurn.run(LARGE, work) : work.get();
  }

  /** What is wrong with the runs that a sweep's trainings start from. */
  public Future<List<InvalidSpec>> problems(SweepPlan plan) {
    return jobs.read(tables -> StartingRuns.problems(tables, trainedRuns, plan));
  }

  /** Runs work when all earlier changes of the sweep with this name have ended. */
  <T> Future<T> inTurn(String name, Supplier<Future<T>> work) {
    return inTurn.run(name, work);
  }

  /** Like {@link #inTurn}, but retried later if it fails halfway. */
  private <T> Future<T> inPieces(String name, Supplier<Future<T>> work) {
    return inTurn(name, work)
        .onSuccess(done -> lanes.wake())
        .onFailure(failure -> completeLater(name));
  }

  /**
   * Completes the sweep changes that an earlier server left unfinished, before any job starts.
   * Failures are retried later, so that no sweep prevents a server from starting.
   */
  Future<Void> completePending() {
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
                  ended = ended.compose(before -> completePending(row.name()).otherwiseEmpty());
                }
              }
              return ended.mapEmpty();
            });
  }

  /** Completes the pending change of a sweep. */
  private void completeNow(String name) {
    if (!closed) {
      completePending(name).onSuccess(done -> lanes.wake());
    }
  }

  private void completeLater(String name) {
    if (!closed && retried.add(name)) {
      var _ =
          vertx.setTimer(
              RETRY_DELAY.toMillis(),
              timer -> {
                retried.remove(name);
                completeNow(name);
              });
    }
  }

  /** Completes the pending change of a sweep, if any. */
  private Future<?> completePending(String name) {
    return inTurn(
            name,
            () ->
                jobs.read(tables -> tables.sweeps().find(name))
                    .compose(
                        row ->
                            row.filter(there -> there.pending().isPresent())
                                .<Future<?>>map(this::completePending)
                                .orElseGet(Future::succeededFuture)
                                .map(name)))
        .onFailure(
            failure -> {
              LOG.error("Sweep {}: a change was not completed, and is tried again", name, failure);
              completeLater(name);
            });
  }

  private Future<?> completePending(SweepRow row) {
    String name = row.name();
    return switch (Pending.valueOf(row.pending().get())) {
      case SUBMISSION -> changes.removeUnfinished(name);
      case CANCELLATION -> changes.cancel(name);
      case HOLD -> changes.computeHolds(name);
      case RUNG -> changes.endOutdone(name);
    };
  }

  /** Stops retrying. Pending changes are left to the next server. */
  void close() {
    closed = true;
  }

  /** The sweep with this name. Fails with {@link RequestRefused}. */
  public Future<Sweep> find(String name) {
    return jobs.read(tables -> SweepRows.sweep(tables, name));
  }

  /** All sweeps, the newest first, without their rungs and budgets. */
  public Future<List<Sweep>> all() {
    return jobs.read(
        tables -> {
          Map<String, Map<String, Long>> counts = SweepRows.counts(tables);
          return tables.sweeps().all().stream()
              .filter(SweepRows::isWhole)
              .map(row -> SweepRows.sweep(row, counts.getOrDefault(row.name(), Map.of())))
              .toList();
        });
  }

  /** The jobs of a sweep, in the order of submission. Fails with {@link RequestRefused}. */
  public Future<List<Job>> jobs(String name) {
    return jobs.read(
        tables -> {
          var _ = SweepRows.find(tables, name);
          return tables.jobs().ofSweep(name).stream().map(jobs::job).toList();
        });
  }

  /**
   * Holds a sweep: none of its queued jobs starts, except those shared with other sweeps. Many jobs
   * are held in several transactions; none of the sweep's own jobs starts in the meantime, and if
   * the server dies, the next one completes the change.
   */
  public Future<Stopped> hold(String name) {
    return inPieces(name, () -> changes.hold(name));
  }

  /**
   * Releases a sweep's queued jobs. Many jobs are released in several transactions, as in {@link
   * #hold}.
   */
  public Future<Sweep> release(String name) {
    return inPieces(name, () -> changes.release(name));
  }

  /**
   * Cancels all unfinished jobs of a sweep, except shared ones. Many jobs are cancelled in several
   * transactions; none starts in the meantime, and if the server dies, the next one completes the
   * change. A failure is retried later, unless the sweep is resumed first.
   */
  public Future<Stopped> cancel(String name) {
    return inPieces(name, () -> changes.cancel(name));
  }

  /**
   * Requeues failed and cancelled jobs, and releases the sweep. Many jobs are requeued in several
   * transactions: none of the sweep's own jobs starts before the end, and if the server dies, the
   * rest needs another request.
   */
  public Future<Resumed> resume(String name) {
    return inPieces(name, () -> changes.resume(name));
  }

  /**
   * Removes a sweep and its jobs. Fails with {@link JobConflict} if a job has not ended. Many jobs
   * are removed in several transactions: if the server dies, or a job is resumed in the meantime,
   * the rest remains. Files are deleted after each transaction, or at the next start if that fails.
   */
  public Future<List<Long>> delete(String name) {
    return inTurn(name, () -> changes.delete(name));
  }
}
