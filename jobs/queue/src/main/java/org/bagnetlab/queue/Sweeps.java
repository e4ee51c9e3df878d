package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.storage.JobRow;
import org.bagnetlab.storage.SweepRow;
import org.bagnetlab.storage.Tables;

/** The sweeps of a queue. Futures complete on the caller's context. */
public final class Sweeps {

  private final JobStore jobs;
  private final JobSpecReader reader;
  private final Function<JobSpec, Boolean> explainable;
  private final JobInsertion insertion;
  private final Scheduler scheduler;

  Sweeps(
      JobStore jobs,
      JobSpecReader reader,
      Function<JobSpec, Boolean> explainable,
      JobInsertion insertion,
      Scheduler scheduler) {
    this.jobs = jobs;
    this.reader = reader;
    this.explainable = explainable;
    this.insertion = insertion;
    this.scheduler = scheduler;
  }

  /** Queues a job in a transaction. Fails with {@link org.bagnetlab.queue.spec.InvalidSpec}. */
  @FunctionalInterface
  interface JobInsertion {
    long insert(JobChanges changes, JobRequest request);
  }

  /**
   * A sweep that was asked for.
   *
   * @param id its name
   * @param jobs its jobs' numbers
   * @param reused those of them that were there before, of other sweeps or of none
   * @param existing whether the sweep was there before
   */
  public record Submitted(String id, List<Long> jobs, List<Long> reused, boolean existing) {}

  /**
   * Queues the jobs of a sweep, all or none, unless they are queued, run, or have succeeded
   * already. Fails with {@link SweepTaken} if the name is another sweep's, and with {@link
   * org.bagnetlab.queue.spec.InvalidSpec}.
   */
  public Future<Submitted> submit(SweepPlan plan) {
    return jobs.change(changes -> submit(changes, plan)).onSuccess(done -> scheduler.wake());
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
      if (!(request.spec() instanceof JobSpec.Train)) {
        continue;
      }
      for (ObjectNode follower : plan.followers()) {
        if (follower.path("kind").asText().equals("evaluate")
            || explainable.apply(request.spec())) {
          JobRequest about = reader.read(follower.deepCopy().put("run", id));
          long unused = member(changes, plan, about, members, reused);
        }
      }
    }
    changes.unsettle(plan.name(), jobs.now());
    changes.sweepChanged(plan.name());
    return new Submitted(
        plan.name(),
        tables.jobs().ofSweep(plan.name()).stream().map(JobRow::id).toList(),
        reused,
        before.isPresent());
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
          changes.tables().sweeps().add(plan.name(), there);
        });
    long id = same.orElseGet(() -> insertion.insert(changes, request));
    members.put(request.spec(), id);
    return id;
  }

  /** A job of the same configuration whose result serves, or will. */
  private static Optional<Long> same(Tables tables, SweepPlan plan, JobRequest request) {
    return tables.jobs().ofSpec(Json.line(request.spec())).stream()
        .filter(row -> serves(tables, plan, row))
        .map(JobRow::id)
        .findFirst();
  }

  /** Not a trial, which may end early, nor what is held, nor a network that is gone. */
  private static boolean serves(Tables tables, SweepPlan plan, JobRow row) {
    JobState.Name state = JobState.Name.valueOf(row.state().name());
    if (state == JobState.Name.SUCCEEDED) {
      return plan.followers().isEmpty() || Subjects.hasCheckpoint(tables, row.id());
    }
    return !state.ended() && row.order().lastEpoch().isEmpty() && !row.order().held();
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

  /** Starts none of a sweep's queued jobs any more. Those that run go on. */
  public Future<Sweep> hold(String name) {
    return jobs.change(
        changes -> {
          require(changes.tables(), name);
          changes.rules().hold(name, false, "held by hand");
          return SweepRows.sweep(changes.tables(), name);
        });
  }

  /** Lets a sweep's queued jobs run again. */
  public Future<Sweep> release(String name) {
    return jobs.change(
            changes -> {
              require(changes.tables(), name);
              changes.rules().release(name);
              return SweepRows.sweep(changes.tables(), name);
            })
        .onSuccess(sweep -> scheduler.wake());
  }

  /** Cancels all jobs of a sweep that have not ended and belong to no other sweep. */
  public Future<Sweep> cancel(String name) {
    return jobs.change(
            changes -> {
              require(changes.tables(), name);
              Set<Long> open =
                  changes.tables().jobs().ofSweep(name).stream()
                      .filter(row -> changes.tables().sweeps().of(row.id()).equals(List.of(name)))
                      .filter(row -> !JobState.Name.valueOf(row.state().name()).ended())
                      .map(JobRow::id)
                      .collect(Collectors.toCollection(LinkedHashSet::new));
              for (long id : open) {
                cancel(changes, id, name);
              }
              return open;
            })
        .onSuccess(
            open -> {
              open.forEach(scheduler::leave);
              scheduler.wake();
            })
        .compose(open -> find(name));
  }

  private void cancel(JobChanges changes, long id, String name) {
    JobRow row = changes.tables().jobs().find(id).orElseThrow();
    // It may have failed just now, for want of a job that was cancelled before it.
    if (!JobState.Name.valueOf(row.state().name()).ended()) {
      changes.apply(id, new JobEvent.CancelRequested(jobs.now(), "cancelled with sweep " + name));
    }
  }

  private static void require(Tables tables, String name) {
    if (tables.sweeps().find(name).isEmpty()) {
      throw new SweepNotFound(name);
    }
  }
}
