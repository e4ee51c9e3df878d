package org.bagnetlab.queue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.QueueEvent.JobChanged;
import org.bagnetlab.queue.QueueEvent.JobDeleted;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.storage.ArtifactRow;
import org.bagnetlab.storage.Database;
import org.bagnetlab.storage.JobRow;
import org.bagnetlab.storage.Tables;
import org.bagnetlab.storage.TransitionRow;

/**
 * The jobs and their states. A change of state is read, decided, written, put on the disk and
 * published as one step, on the database's writing thread; so nobody hears of two changes in the
 * wrong order, or of one that is not stored.
 */
final class JobStore {

  private final Vertx vertx;
  private final Database database;
  private final QueueEvents events;
  private final Clock clock;
  private final Map<Long, Progress> progress = new ConcurrentHashMap<>();

  JobStore(Vertx vertx, Database database, QueueEvents events, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Queues a job, if the check of the rest of the database lets it pass. */
  Future<Job> submit(JobRequest request, Function<Tables, ?> check) {
    Instant at = now();
    return change(
        tables -> {
          Object unused = check.apply(tables);
          long id = tables.jobs().insert(JobRows.row(request, at));
          tables
              .jobs()
              .insert(
                  id,
                  new TransitionRow(
                      at, Optional.empty(), JobState.Name.QUEUED.name(), "submitted"));
          return job(tables, id);
        });
  }

  /** Lets something happen to a job. */
  Future<Job> apply(long id, JobEvent event) {
    return change(
        tables -> {
          apply(tables, job(tables, id), event);
          return job(tables, id);
        });
  }

  /**
   * Queues an interrupted job again, and forgets what it had found out: it runs from the start, and
   * a history must not hold an epoch twice.
   *
   * @return the artifacts that are forgotten, whose files are to be removed
   */
  Future<List<ArtifactRow>> resume(long id) {
    return future(
        database
            .writeThrough(
                tables -> {
                  apply(tables, job(tables, id), new JobEvent.Resumed(now()));
                  tables.runs().clear(id);
                  return new Forgotten(job(tables, id), tables.artifacts().clear(id));
                },
                forgotten -> events.publish(new JobChanged(forgotten.job())))
            .thenApply(Forgotten::artifacts));
  }

  private record Forgotten(Job job, List<ArtifactRow> artifacts) {}

  /** Gives the job that waits longest to a device. */
  Future<Optional<Job>> claimNext(String device) {
    return future(
        database.writeThrough(
            tables ->
                tables.jobs().oldest(JobState.Name.QUEUED.name(), 1).stream()
                    .findFirst()
                    .map(
                        row -> {
                          apply(tables, job(row), new JobEvent.Started(now(), device));
                          return job(tables, row.id());
                        }),
            claimed -> claimed.ifPresent(job -> events.publish(new JobChanged(job)))));
  }

  /** Lets the same happen to all jobs in a state. */
  Future<List<Job>> applyToAll(JobState.Name state, Function<Job, JobEvent> event) {
    return future(
        database.writeThrough(
            tables ->
                tables.jobs().oldest(state.name(), Integer.MAX_VALUE).stream()
                    .map(
                        row -> {
                          Job job = job(row);
                          apply(tables, job, event.apply(job));
                          return job(tables, row.id());
                        })
                    .toList(),
            jobs -> jobs.forEach(job -> events.publish(new JobChanged(job)))));
  }

  /** Stores facts about a job's worker. */
  Future<Job> worker(long id, WorkerFacts facts) {
    String json = Json.line(facts);
    return change(
        tables -> {
          tables.jobs().worker(id, json);
          return job(tables, id);
        });
  }

  /** Removes an ended job's rows. */
  Future<Job> delete(long id) {
    return future(
        database.writeThrough(
            tables -> {
              Job job = job(tables, id);
              if (!job.state().name().ended()) {
                throw new JobNeeded("Job %d is %s.".formatted(id, job.state().name()));
              }
              long needed =
                  tables.jobs().about(id, JobState.Name.QUEUED.name())
                      + tables.jobs().about(id, JobState.Name.RUNNING.name());
              if (needed > 0) {
                throw new JobNeeded(
                    "Job %d is still needed by %d queued or running jobs.".formatted(id, needed));
              }
              tables.jobs().delete(id);
              return job;
            },
            job -> events.publish(new JobDeleted(job.id()))));
  }

  /** Keeps how far a job is, in memory only. */
  void progressed(long id, Progress made) {
    progress.put(id, made);
  }

  Future<Job> find(long id) {
    return read(tables -> job(tables, id));
  }

  <T> Future<T> read(Function<Tables, T> query) {
    return future(database.read(query));
  }

  Job job(Tables tables, long id) {
    return tables.jobs().find(id).map(this::job).orElseThrow(() -> new JobNotFound(id));
  }

  Job job(JobRow row) {
    return JobRows.job(row, Optional.ofNullable(progress.get(row.id())));
  }

  private void apply(Tables tables, Job job, JobEvent event) {
    JobState after = Lifecycle.transition(job.state(), event);
    tables.jobs().update(job.id(), JobRows.row(after));
    if (event instanceof JobEvent.Resumed) {
      tables.jobs().queued(job.id(), event.at());
    }
    tables
        .jobs()
        .insert(
            job.id(),
            new TransitionRow(
                event.at(),
                Optional.of(job.state().name().name()),
                after.name().name(),
                JobRows.bounded(event.cause())));
    if (after.name().ended()) {
      progress.remove(job.id());
    }
  }

  private Future<Job> change(Function<Tables, Job> change) {
    return future(database.writeThrough(change, job -> events.publish(new JobChanged(job))));
  }

  private <T> Future<T> future(CompletableFuture<T> stage) {
    return Futures.of(vertx, stage);
  }
}
