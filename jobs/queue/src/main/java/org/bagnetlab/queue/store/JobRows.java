package org.bagnetlab.queue.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Origin;
import org.bagnetlab.queue.job.QueuePosition;
import org.bagnetlab.queue.job.Resumed;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.job.Transition;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.Trial;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.OrderRow;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.job.TransitionRow;
import org.bagnetlab.storage.sweep.TrialRow;

/** Converts between jobs and database rows. */
public final class JobRows {

  /** Maximum length of a message, which is the length of the column. */
  private static final int LONGEST_MESSAGE = 4000;

  private JobRows() {}

  /** The row of a new job. */
  public static NewJob row(JobRequest request, boolean held, Optional<Long> waitsFor, Instant at) {
    JobSpec spec = request.spec();
    return new NewJob(
        spec.kind(),
        text(spec),
        request.title(),
        request.sweep(),
        spec.reads(),
        spec.needs().map(WeightsVersion::name),
        spec.subject(),
        request.priority(),
        held,
        waitsFor,
        request.lastEpoch(),
        request.interactive(),
        at,
        JobState.Name.QUEUED.name());
  }

  /** The row of a trial of a sweep. */
  public static TrialRow row(Trial trial, String sweep, long job) {
    return new TrialRow(sweep, job, trial.number(), trial.point(), trial.tried());
  }

  public static StateRow row(JobState state) {
    StateFacts facts = StateFacts.of(state);
    return new StateRow(
        state.name().name(),
        facts.startedAt(),
        facts.endedAt(),
        facts.cause().map(Causes::row),
        facts.error().map(error -> error.family().name()),
        facts.error().map(JobError::code),
        facts.error().map(error -> bounded(error.message())),
        facts.error().flatMap(JobError::field),
        facts.cancelRequested(),
        facts.checkpoint(),
        facts.retriesWithoutProgress(),
        facts.resumesAt());
  }

  private static String bounded(String message) {
    return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
  }

  public static Transition transition(TransitionRow row) {
    return new Transition(
        row.at(),
        row.from().map(JobState.Name::valueOf),
        JobState.Name.valueOf(row.to()),
        Causes.of(row.cause()));
  }

  /** How those of these jobs that were interrupted went on, by their numbers. */
  public static Map<Long, Resumed> resumed(Tables tables, Collection<Long> jobs) {
    Map<Long, Resumed> resumed = new HashMap<>();
    tables
        .jobs()
        .transitions(jobs, JobState.Name.INTERRUPTED.name(), Resumed.codes())
        .forEach(
            (job, changes) ->
                Resumed.last(changes.stream().map(JobRows::transition).toList())
                    .ifPresent(found -> resumed.put(job, found)));
    return resumed;
  }

  static Job job(JobRow row, Optional<Progress> progress) {
    return new Job(
        row.id(),
        spec(row),
        row.title(),
        row.sweep(),
        state(row.state()),
        row.createdAt(),
        queuePosition(row.order()),
        progress,
        row.worker().map(StoredWorker::read),
        row.reproduces(),
        row.origin().map(origin -> new Origin(origin.lab(), origin.job())));
  }

  private static QueuePosition queuePosition(OrderRow order) {
    return new QueuePosition(
        order.priority(),
        order.position(),
        order.held(),
        order.waitsFor(),
        order.lastEpoch(),
        order.interactive());
  }

  public static JobSpec spec(JobRow row) {
    return StoredSpec.read(row.spec());
  }

  /** The stored form of a specification. Equal specifications have equal texts. */
  public static String text(JobSpec spec) {
    return Json.line(Experiments.canonical(spec));
  }

  public static JobState state(StateRow row) {
    Optional<JobError> error =
        row.errorFamily()
            .map(
                family ->
                    new JobError(
                        ErrorFamily.valueOf(family),
                        row.errorCode().orElse("unknown"),
                        row.errorMessage().orElse(""),
                        row.errorField()));
    return new StateFacts(
            row.startedAt(),
            row.endedAt(),
            row.cause().map(Causes::of),
            error,
            row.cancelRequested(),
            row.checkpoint(),
            row.retriesWithoutProgress(),
            row.resumesAt())
        .state(JobState.Name.valueOf(row.name()));
  }

  /** The name of a job's state. */
  public static JobState.Name name(JobRow row) {
    return JobState.Name.valueOf(row.state().name());
  }
}
