package org.bagnetlab.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.Trial;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.Piece;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.sweep.FollowerRequest;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.jspecify.annotations.Nullable;

/** Queues the jobs of a sweep, in one transaction or in several. */
final class SweepSubmission {

  /**
   * A training and up to this many of its follow-up jobs are queued in one transaction, so that the
   * training cannot end in between.
   */
  private static final int TOGETHER = 10;

  private final JobStore jobs;
  private final JobSpecReader reader;
  private final ReusableJobs reusable;
  private final TrainedRuns trainedRuns;
  private final Sweeps.JobInsertion insertion;
  private final SweepPlan plan;

  private Iterator<JobRequest> trials;

  /** The follow-up jobs of the last training. */
  private Iterator<JobRequest> followers = Collections.emptyIterator();

  private boolean isNewTraining;

  /** The number of jobs that already existed. */
  private int known;

  private final Map<JobSpec, Long> members = new HashMap<>();

  /** The jobs of the search's trials by their numbers; a trial may try other values by now. */
  private final Map<Integer, Long> trialJobs = new HashMap<>();

  /**
   * The jobs that the sweep had when {@link #compare} ran; several may have the same specification.
   */
  private final Set<Long> compared = new HashSet<>();

  private final List<Long> reused = new ArrayList<>();

  SweepSubmission(
      JobStore jobs,
      JobSpecReader reader,
      ReusableJobs reusable,
      TrainedRuns trainedRuns,
      Sweeps.JobInsertion insertion,
      SweepPlan plan) {
    this.jobs = jobs;
    this.reader = reader;
    this.reusable = reusable;
    this.trainedRuns = trainedRuns;
    this.insertion = insertion;
    this.plan = plan;
    this.trials = plan.jobs().iterator();
  }

  /** Whether the sweep may be too large for one transaction. */
  boolean isLarge() {
    return plan.jobs().size() * (1L + plan.followers().size()) > Piece.JOBS;
  }

  /**
   * Determines which jobs an existing sweep with this name lacks. Called before the first
   * transaction, because that blocks all other writes, and the sweep may have thousands of jobs and
   * lack none.
   *
   * @throws InvalidSpec if trainings cannot start from the runs that it names
   */
  void compare(Tables tables) {
    members.clear();
    trialJobs.clear();
    trialJobs.putAll(tables.trials().ofSweep(plan.name()));
    compared.clear();
    for (JobRow job : tables.jobs().ofSweep(plan.name())) {
      members.put(JobRows.spec(job), job.id());
      compared.add(job.id());
    }
    trials = plan.jobs().stream().filter(trial -> !isThere(tables, trial)).toList().iterator();
  }

  /** Whether the sweep already has a training and its follow-up jobs. */
  private boolean isThere(Tables tables, JobRequest trial) {
    JobRequest training = placed(() -> trainedRuns.completed(tables, trial));
    Long id = known(training);
    return id != null
        && followers(training.spec(), id)
            .map(follower -> trainedRuns.completed(tables, follower))
            .allMatch(follower -> members.containsKey(follower.spec()));
  }

  /**
   * Runs the first transaction. Returns empty if more must follow. One transaction is enough for
   * few jobs, and for an existing sweep: its jobs may be running, so additions cannot be undone.
   */
  Optional<Sweeps.Submitted> begin(JobChanges changes) {
    Tables tables = changes.tables();
    Optional<SweepRow> before = tables.sweeps().find(plan.name());
    if (before.isEmpty() && isLarge()) {
      tables.sweeps().insert(SweepRows.row(plan, jobs.now(), Optional.of(Pending.SUBMISSION)));
      return Optional.empty();
    }
    SweepRow row = SweepRows.row(plan, jobs.now(), Optional.empty());
    if (before.isEmpty()) {
      tables.sweeps().insert(row);
    } else {
      requireSettled(changes, plan.name());
      requireSame(before.get());
      tables.sweeps().adopt(row);
    }
    // Jobs may have been added or deleted since.
    if (!compared.equals(Set.copyOf(tables.sweeps().jobs(plan.name())))) {
      compare(tables);
    }
    var _ = next(changes, Piece.whole());
    return Optional.of(submitted(changes, before.isPresent()));
  }

  private void requireSame(SweepRow before) {
    if (!before.definition().isEmpty() && !before.definition().equals(plan.definition())) {
      throw new RequestRefused(
          RequestRefused.Reason.CONFLICT,
          "sweep-taken",
          "Name taken",
          "A sweep '%s' with different settings already exists. Choose another name."
              .formatted(plan.name()));
    }
  }

  /**
   * Fails with {@link JobConflict} if an earlier submission failed and its jobs are not removed
   * yet, or if a cancellation failed halfway.
   */
  static void requireSettled(JobChanges changes, String name) {
    Optional<SweepRow> sweep = changes.tables().sweeps().find(name);
    if (!sweep.map(SweepRows::isWhole).orElse(true)) {
      throw new JobConflict(
          "Sweep %s was not queued completely, and is removed soon: try again in a minute, or choose another name."
              .formatted(name));
    }
    if (sweep.flatMap(SweepRow::pending).filter(Pending.CANCELLATION.name()::equals).isPresent()) {
      throw new JobConflict(
          "Sweep %s was not cancelled completely, and is cancelled soon: try again in a minute."
              .formatted(name));
    }
  }

  /**
   * Queues the next jobs: a training together with its follow-up jobs, so that it cannot end in
   * between, unless there are too many. Returns whether more remain.
   */
  boolean next(JobChanges changes, Piece piece) {
    boolean held = changes.tables().sweeps().find(plan.name()).filter(SweepRow::held).isPresent();
    boolean together = plan.followers().size() <= TOGETHER;
    // Other requests may have queued follow-up jobs of the last training since.
    isNewTraining = false;
    while (hasNext() && (!piece.isFull() || (together && followers.hasNext()))) {
      piece.add();
      if (followers.hasNext()) {
        JobRequest follower = trainedRuns.completed(changes.tables(), followers.next());
        // A training from scratch may exist even if the training that it follows is new.
        var _ =
            member(changes, follower, held, !isNewTraining || follower.spec().subject().isEmpty());
      } else {
        JobRequest next = trials.next();
        JobRequest trial = placed(() -> trainedRuns.completed(changes.tables(), next));
        int before = known;
        long id = placed(() -> member(changes, trial, held, true));
        isNewTraining = known == before;
        followers = followers(trial.spec(), id).iterator();
      }
    }
    return hasNext();
  }

  /** Adds the section of the sweep to an error in a training, such as a run that is not there. */
  private <T> T placed(Supplier<T> training) {
    try {
      return training.get();
    } catch (InvalidSpec wrong) {
      throw SweepReader.placed(Json.object(plan.definition()), wrong);
    }
  }

  private boolean hasNext() {
    return followers.hasNext() || trials.hasNext();
  }

  /** Runs the last of several transactions: the sweep becomes visible, and its jobs may start. */
  Sweeps.Submitted end(JobChanges changes) {
    changes.tables().sweeps().pending(plan.name(), Optional.empty());
    return submitted(changes, false);
  }

  private Sweeps.Submitted submitted(JobChanges changes, boolean existing) {
    changes.markForUpdate(plan.name(), jobs.now());
    changes.sweepChanged(plan.name());
    return new Sweeps.Submitted(
        plan.name(),
        changes.tables().sweeps().jobs(plan.name()),
        List.copyOf(reused),
        existing,
        SweepChanges.withoutResult(changes, plan.name()));
  }

  /** The follow-up jobs of a training whose requirements its network meets. */
  private Stream<JobRequest> followers(JobSpec trial, long id) {
    return trial instanceof TrainSpec training
        ? plan.followers().stream()
            .filter(follower -> reader.suits(follower, trial))
            .map(follower -> reader.read(FollowerRequest.of(follower, training, id)))
        : Stream.empty();
  }

  /** The sweep's job for a request; null if there is none yet. */
  private @Nullable Long known(JobRequest request) {
    return request.trial().isPresent()
        ? trialJobs.get(request.trial().get().number())
        : members.get(request.spec());
  }

  /**
   * The existing job for a request, or a newly queued one.
   *
   * @param search whether to look for an existing job; there is none for a new training
   */
  private long member(JobChanges changes, JobRequest request, boolean held, boolean search) {
    Long member = known(request);
    if (member != null) {
      known++;
      return member;
    }
    Optional<Long> existing = request.trial().flatMap(trial -> submittedBefore(request));
    // A trial that others share keeps its values, so that it could not learn from others.
    boolean learns = request.trial().filter(Trial::learns).isPresent();
    if (existing.isEmpty() && search && !plan.again() && !learns) {
      existing = same(changes.tables(), request);
      existing.ifPresent(
          there -> {
            reused.add(there);
            changes.tables().sweeps().share(plan.name(), there);
          });
    }
    existing.ifPresent(
        there -> {
          known++;
          request
              .trial()
              .map(trial -> JobRows.row(trial, plan.name(), there))
              .ifPresent(changes.tables().trials()::put);
        });
    long id = existing.orElseGet(() -> insertion.insert(changes, request, held));
    members.put(request.spec(), id);
    request.trial().ifPresent(trial -> trialJobs.put(trial.number(), id));
    return id;
  }

  /** A job that was submitted individually under the sweep's name, and becomes this trial. */
  private Optional<Long> submittedBefore(JobRequest trial) {
    return Optional.ofNullable(members.get(trial.spec()))
        .filter(job -> !trialJobs.containsValue(job));
  }

  /** A job with the same configuration whose result can be reused, now or later. */
  private Optional<Long> same(Tables tables, JobRequest request) {
    return reusable
        .find(tables, request.spec(), !plan.followers().isEmpty())
        .filter(job -> !trialJobs.containsValue(job))
        .findFirst();
  }
}
