package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.OwnTrial;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.store.TrialResults;
import org.bagnetlab.queue.sweep.Search;
import org.bagnetlab.queue.sweep.Trials;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.TrialRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the trials of a search that learns try what the results so far suggest. All trials are
 * queued at once, with values that were drawn, and get others when they start. So nothing about a
 * sweep depends on how its trials are chosen: its size is known, and it is held, cancelled, resumed
 * and deleted like any other.
 */
final class TrialProposals {

  private static final Logger LOG = LoggerFactory.getLogger(TrialProposals.class);

  private final JobSpecReader jobs;
  private final TrainedRuns trainedRuns;

  TrialProposals(JobSpecReader jobs, TrainedRuns trainedRuns) {
    this.jobs = jobs;
    this.trainedRuns = trainedRuns;
  }

  private record Proposal(JobRequest request, TrialRow trial) {}

  /**
   * Replaces the values of a trial that will start now. A trial that started before keeps its
   * values, and so does one that others need, or whose values a training has as its origin.
   */
  void revise(JobChanges changes, JobRow job) {
    Tables tables = changes.tables();
    OwnTrial.of(tables, job)
        .filter(
            trial ->
                !SweepChanges.hasStarted(tables, job.id())
                    && !tables.trials().isFollowedByTraining(job.id()))
        .flatMap(trial -> proposal(tables, trial))
        .ifPresent(
            proposal -> {
              tables
                  .jobs()
                  .revise(
                      job.id(),
                      JobRows.row(proposal.request(), false, Optional.empty(), job.createdAt()));
              tables.trials().put(proposal.trial());
            });
  }

  /** A trial must start even if no values can be proposed for it. */
  private Optional<Proposal> proposal(Tables tables, TrialRow trial) {
    try {
      Fields sweep = SweepRows.definition(tables.sweeps().find(trial.sweep()).orElseThrow());
      Trials trials = Trials.of(sweep);
      return trials
          .search()
          .filter(Search::learns)
          .flatMap(search -> proposal(tables, trials, search, trial, sweep.bool("again")));
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("job", trial.job())
          .setCause(e)
          .log(
              "Job {} tries the values that were drawn for it: no others could be proposed",
              trial.job());
      return Optional.empty();
    }
  }

  private Optional<Proposal> proposal(
      Tables tables, Trials trials, Search search, TrialRow trial, boolean again) {
    JobSpecReader reader = jobs.forMany();
    Set<Long> ofSweep = Set.copyOf(tables.trials().ofSweep(trial.sweep()).values());
    return search
        .candidates(
            TrialResults.of(tables, trial.sweep(), trial.point()),
            trial.number(),
            Json.object(trial.tried()))
        .flatMap(values -> request(tables, reader, trials, trial, values).stream())
        .filter(
            proposal ->
                tables.jobs().ofSpec(JobRows.text(proposal.request().spec())).stream()
                    .filter(job -> job.id() != trial.job())
                    .noneMatch(
                        job ->
                            ofSweep.contains(job.id())
                                ? isTried(tables, job)
                                : !again && serves(job)))
        .findFirst();
  }

  /** A trial with these values; empty if they do not fit together. */
  private Optional<Proposal> request(
      Tables tables, JobSpecReader reader, Trials trials, TrialRow trial, ObjectNode values) {
    try {
      JobRequest request =
          trainedRuns.completed(tables, reader.read(trials.settings(trial.point(), values)));
      return trainedRuns.awaited(tables, request.spec()).isPresent()
          ? Optional.empty()
          : Optional.of(
              new Proposal(
                  request,
                  new TrialRow(
                      trial.sweep(),
                      trial.job(),
                      trial.number(),
                      trial.point(),
                      Json.line(values))));
    } catch (InvalidSpec unsuitable) {
      return Optional.empty();
    }
  }

  /** Whether another trial tries its values; those of a waiting one may still change. */
  private static boolean isTried(Tables tables, JobRow trial) {
    return JobRows.name(trial) != JobState.Name.QUEUED
        || SweepChanges.hasStarted(tables, trial.id());
  }

  /** Whether a job of another sweep has a result, or will have one. */
  private static boolean serves(JobRow job) {
    return JobRows.name(job) == JobState.Name.SUCCEEDED || !JobRows.name(job).ended();
  }
}
