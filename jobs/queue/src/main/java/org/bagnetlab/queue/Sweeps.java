package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseCode;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.schedule.Lanes;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.SweepRules;
import org.bagnetlab.queue.store.TrainedRuns;
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

  private final JobStore jobs;
  private final JobSpecReader reader;
  private final Catalogue catalogue;
  private final JobInsertion insertion;
  private final Function<Long, Future<Long>> deleteFiles;
  private final Lanes lanes;

  Sweeps(
      JobStore jobs,
      Catalogue catalogue,
      JobInsertion insertion,
      Function<Long, Future<Long>> deleteFiles,
      Lanes lanes) {
    this.jobs = jobs;
    this.reader = new JobSpecReader(catalogue);
    this.catalogue = catalogue;
    this.insertion = insertion;
    this.deleteFiles = deleteFiles;
    this.lanes = lanes;
  }

  /**
   * Queues a job in a transaction. Fails with {@link org.bagnetlab.experiment.request.InvalidSpec}.
   */
  @FunctionalInterface
  interface JobInsertion {
    long insert(JobChanges changes, JobRequest request);
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
   * already. Fails with {@link SweepTaken} if the name is another sweep's, and with {@link
   * org.bagnetlab.experiment.request.InvalidSpec}.
   */
  public Future<Submitted> submit(SweepPlan plan) {
    return jobs.change(changes -> submit(changes, plan)).onSuccess(done -> lanes.wake());
  }

  private Submitted submit(JobChanges changes, SweepPlan plan) {
    Tables tables = changes.tables();
    Optional<SweepRow> before = tables.sweeps().find(plan.name());
    if (before.isEmpty()) {
      tables.sweeps().insert(SweepRows.row(plan, jobs.now()));
    } else if (!before.get().definition().isEmpty()
        && !before.get().definition().equals(plan.definition())) {
      throw new SweepTaken(plan.name());
    } else {
      tables.sweeps().adopt(SweepRows.row(plan, jobs.now()));
    }
    Map<JobSpec, Long> members = new LinkedHashMap<>();
    tables.jobs().ofSweep(plan.name()).forEach(row -> members.put(JobRows.spec(row), row.id()));
    List<Long> reused = new ArrayList<>();
    for (JobRequest request : plan.jobs()) {
      long id = member(changes, plan, request, members, reused);
      if (!(request.spec() instanceof TrainSpec train)) {
        continue;
      }
      for (ObjectNode follower : plan.followers()) {
        if (serves(train, follower)) {
          JobRequest about = reader.read(follower.deepCopy().put("run", id));
          long unused = member(changes, plan, about, members, reused);
        }
      }
    }
    changes.markForUpdate(plan.name(), jobs.now());
    changes.sweepChanged(plan.name());
    return new Submitted(
        plan.name(),
        tables.jobs().ofSweep(plan.name()).stream().map(JobRow::id).toList(),
        reused,
        before.isPresent(),
        withoutResult(changes, plan.name()));
  }

  /** Whether a training's network meets the requirements of a job on it. */
  private boolean serves(TrainSpec train, ObjectNode follower) {
    return Experiments.find(follower.path("kind").asText())
        .orElseThrow()
        .subject()
        .unmet(catalogue, train.architecture())
        .isEmpty();
  }

  private long member(
      JobChanges changes,
      SweepPlan plan,
      JobRequest request,
      Map<JobSpec, Long> members,
      List<Long> reused) {
    Long member = members.get(request.spec());
    if (member != null) {
      return member;
    }
    Optional<Long> same = plan.again() ? Optional.empty() : same(changes.tables(), plan, request);
    same.ifPresent(
        there -> {
          reused.add(there);
          changes.tables().sweeps().share(plan.name(), there);
        });
    long id = same.orElseGet(() -> insertion.insert(changes, request));
    members.put(request.spec(), id);
    return id;
  }

  /** A job of the same configuration whose result can be reused, now or later. */
  private Optional<Long> same(Tables tables, SweepPlan plan, JobRequest request) {
    return tables.jobs().ofSpec(JobRows.text(request.spec())).stream()
        .filter(row -> serves(tables, plan, row))
        .map(JobRow::id)
        .findFirst();
  }

  /**
   * Not a trial, which may end early, nor a training of other images, nor one that others follow if
   * its network is gone.
   */
  private boolean serves(Tables tables, SweepPlan plan, JobRow row) {
    JobState.Name state = JobRows.name(row);
    if (state != JobState.Name.SUCCEEDED) {
      return !state.ended() && row.order().lastEpoch().isEmpty();
    }
    return !(JobRows.spec(row) instanceof TrainSpec train)
        || (ofPresentImages(tables, row.id(), train)
            && (plan.followers().isEmpty() || TrainedRuns.hasCheckpoint(tables, row.id())));
  }

  /** A data set of the same name may be another one by now. Old runs do not tell. */
  private boolean ofPresentImages(Tables tables, long run, TrainSpec train) {
    Optional<String> present = catalogue.datasetChecksum(train.dataset());
    return present.isEmpty()
        || tables.artifacts().ofJob(run).stream()
            .flatMap(
                file ->
                    Optional.ofNullable(
                        ArtifactRows.facts(file).get(ArtifactFacts.DATASET_CHECKSUM))
                        .stream())
            .allMatch(present.get()::equals);
  }

  private static List<Long> withoutResult(JobChanges changes, String name) {
    return changes.tables().jobs().ofSweep(name).stream()
        .filter(row -> withoutResult(changes, row))
        .map(JobRow::id)
        .toList();
  }

  /** Not a stopped trial of successive halving: it has given its result. */
  private static boolean withoutResult(JobChanges changes, JobRow row) {
    JobState.Name state = JobRows.name(row);
    return (state == JobState.Name.FAILED || state == JobState.Name.CANCELLED)
        && !SweepRules.atRung(changes.tables(), row);
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
              .map(
                  row -> SweepRows.sweep(row, counts.getOrDefault(row.name(), Map.of()), List.of()))
              .toList();
        });
  }

  /** The jobs of a sweep, in the order of submission. Fails with {@link SweepNotFound}. */
  public Future<List<Job>> jobs(String name) {
    return jobs.read(
        tables -> {
          require(tables, name);
          return tables.jobs().ofSweep(name).stream().map(jobs::job).toList();
        });
  }

  /** Holds a sweep: starts none of its queued jobs, except those shared with other sweeps. */
  public Future<Stopped> hold(String name) {
    return jobs.change(
        changes -> {
          require(changes.tables(), name);
          jobs.rules().hold(changes, name, false, Cause.of(CauseCode.HELD_BY_HAND));
          List<Long> shared =
              open(changes.tables(), name).stream()
                  .filter(row -> !row.order().held())
                  .map(JobRow::id)
                  .toList();
          return new Stopped(SweepRows.sweep(changes.tables(), name), shared);
        });
  }

  /** Lets a sweep's queued jobs run again. */
  public Future<Sweep> release(String name) {
    return jobs.change(
            changes -> {
              require(changes.tables(), name);
              jobs.rules().release(changes, name);
              return SweepRows.sweep(changes.tables(), name);
            })
        .onSuccess(sweep -> lanes.wake());
  }

  /** Cancels all unfinished jobs of a sweep, except shared ones. */
  public Future<Stopped> cancel(String name) {
    return jobs.change(changes -> cancel(changes, name))
        .onSuccess(
            cancelled -> {
              cancelled.jobs().forEach(lanes::stopWorker);
              lanes.wake();
            })
        .map(cancelled -> new Stopped(cancelled.sweep(), cancelled.shared()));
  }

  private record Cancelled(Sweep sweep, List<Long> jobs, List<Long> shared) {}

  private Cancelled cancel(JobChanges changes, String name) {
    require(changes.tables(), name);
    List<Long> own = new ArrayList<>();
    List<Long> shared = new ArrayList<>();
    for (JobRow row : open(changes.tables(), name)) {
      (changes.shared(row) ? shared : own).add(row.id());
    }
    shared.forEach(id -> changes.leave(name, id));
    own.forEach(id -> cancel(changes, id, name));
    changes.markForUpdate(name, jobs.now());
    changes.updateSweeps();
    changes.sweepChanged(name);
    return new Cancelled(SweepRows.sweep(changes.tables(), name), own, shared);
  }

  private void cancel(JobChanges changes, long id, String name) {
    JobRow row = changes.tables().jobs().find(id).orElseThrow();
    // It may have ended just now because a job that it needs was cancelled before it.
    if (!JobRows.name(row).ended()) {
      changes.apply(id, new JobEvent.CancelRequested(jobs.now(), Cause.cancelledWithSweep(name)));
    }
  }

  private static List<JobRow> open(Tables tables, String name) {
    return tables.jobs().ofSweep(name).stream().filter(row -> !JobRows.name(row).ended()).toList();
  }

  /** Queues what failed or was cancelled once more, and releases the sweep. */
  public Future<Resumed> resume(String name) {
    return jobs.change(
            changes -> {
              require(changes.tables(), name);
              jobs.rules().release(changes, name);
              List<Long> before = withoutResult(changes, name);
              before.forEach(id -> resume(changes, id, name));
              changes.updateSweeps();
              List<Long> resumed = new ArrayList<>(before);
              resumed.removeAll(Set.copyOf(withoutResult(changes, name)));
              return new Resumed(SweepRows.sweep(changes.tables(), name), resumed);
            })
        .onSuccess(resumed -> lanes.wake());
  }

  private void resume(JobChanges changes, long id, String name) {
    JobRow row = changes.tables().jobs().find(id).orElseThrow();
    // It may be queued already, because a job that it needs was queued before it.
    if (!withoutResult(changes, row)) {
      return;
    }
    try {
      changes.apply(id, new JobEvent.Resumed(jobs.now(), Cause.resumedWithSweep(name)));
    } catch (JobConflict e) {
      LOG.atInfo().addKeyValue("job", id).log("Job {} was left unchanged: {}", id, e.getMessage());
    }
  }

  /**
   * Removes a sweep and its jobs. Fails with {@link JobConflict} if one is open. Their files are
   * deleted afterwards; those that cannot be deleted now are deleted at the next start.
   */
  public Future<List<Long>> delete(String name) {
    return jobs.change(
            changes -> {
              require(changes.tables(), name);
              return changes.deleteSweep(name, jobs.now());
            })
        .onSuccess(this::deleteFiles);
  }

  private void deleteFiles(List<Long> deleted) {
    Future<Long> files = Future.succeededFuture();
    for (long id : deleted) {
      files =
          files
              .compose(before -> deleteFiles.apply(id))
              .onFailure(
                  failure ->
                      LOG.atWarn()
                          .addKeyValue("job", id)
                          .setCause(failure)
                          .log("Files of job {} were not removed", id))
              .otherwise(id);
    }
  }

  private static void require(Tables tables, String name) {
    if (tables.sweeps().find(name).isEmpty()) {
      throw new SweepNotFound(name);
    }
  }
}
