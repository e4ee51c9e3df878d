package org.bagnetlab.queue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
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

  /** Number of proposals that may be invalid or known before a trial keeps its own values. */
  private static final int ATTEMPTS = 20;

  private static final TypeReference<ObjectNode> OBJECT = new TypeReference<>() {};

  private final JobSpecReader reader;
  private final TrainedRuns trainedRuns;

  TrialProposals(JobSpecReader reader, TrainedRuns trainedRuns) {
    this.reader = reader;
    this.trainedRuns = trainedRuns;
  }

  private record Proposal(JobRequest request, TrialRow trial) {}

  /**
   * Replaces the values of a trial that will start now. A trial that started before keeps its
   * values, and so does a job that other sweeps share.
   */
  void revise(JobChanges changes, JobRow job) {
    Tables tables = changes.tables();
    List<TrialRow> trials = tables.trials().ofJob(job.id());
    if (trials.size() == 1 && !changes.shared(job) && !SweepChanges.hasStarted(tables, job.id())) {
      proposal(tables, trials.getFirst(), job)
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
  }

  /** A trial must start even if no values can be proposed for it. */
  private Optional<Proposal> proposal(Tables tables, TrialRow trial, JobRow job) {
    try {
      String definition = tables.sweeps().find(trial.sweep()).orElseThrow().definition();
      Trials trials = Trials.of(Fields.of(Json.read(definition, OBJECT)));
      return trials
          .search()
          .filter(Search::learns)
          .flatMap(search -> proposal(tables, trials, search, trial));
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("job", job.id())
          .setCause(e)
          .log(
              "Job {} tries the values that were drawn for it: no others could be proposed",
              job.id());
      return Optional.empty();
    }
  }

  private Optional<Proposal> proposal(Tables tables, Trials trials, Search search, TrialRow trial) {
    return search
        .proposals(TrialResults.of(tables, trial.sweep(), trial.point()), trial.number())
        .limit(ATTEMPTS)
        .flatMap(drawn -> request(tables, trials, trial, drawn).stream())
        .filter(proposal -> !isKnown(tables, proposal.request().spec()))
        .findFirst();
  }

  /** A trial with these values; empty if they do not fit together. */
  private Optional<Proposal> request(
      Tables tables, Trials trials, TrialRow trial, ObjectNode drawn) {
    try {
      return Optional.of(
          new Proposal(
              trainedRuns.completed(tables, reader.read(trials.settings(trial.point(), drawn))),
              new TrialRow(
                  trial.sweep(), trial.job(), trial.number(), trial.point(), Json.line(drawn))));
    } catch (InvalidSpec unsuitable) {
      return Optional.empty();
    }
  }

  /** Whether a job tries the same values already, or has a result for them. */
  private static boolean isKnown(Tables tables, JobSpec spec) {
    return tables.jobs().ofSpec(JobRows.text(spec)).stream()
        .map(JobRows::name)
        .anyMatch(state -> !state.ended() || state == JobState.Name.SUCCEEDED);
  }
}
