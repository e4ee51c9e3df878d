package org.bagnetlab.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.Halving.Waiting;
import org.bagnetlab.storage.JobRow;
import org.bagnetlab.storage.RungRow;
import org.bagnetlab.storage.SweepRow;
import org.bagnetlab.storage.Tables;

/** What a job's change means for its sweep: a hold, promotions, its end. */
final class SweepRules {

  private static final List<String> ON_THEIR_WAY =
      names(
          JobState.Name.QUEUED,
          JobState.Name.RUNNING,
          JobState.Name.PAUSING,
          JobState.Name.INTERRUPTED);

  private static final List<String> OPEN =
      names(
          Stream.of(JobState.Name.values())
              .filter(state -> !state.ended())
              .toArray(JobState.Name[]::new));

  private final Tables tables;
  private final JobChanges changes;

  SweepRules(Tables tables, JobChanges changes) {
    this.tables = tables;
    this.changes = changes;
  }

  private static List<String> names(JobState.Name... states) {
    return Stream.of(states).map(JobState.Name::name).toList();
  }

  /** Counts failures in a row, and holds the sweep if there are too many. */
  void count(String name, JobRow job, JobState after) {
    if (after instanceof JobState.Succeeded) {
      tables.sweeps().failures(name, 0);
    } else if (after instanceof JobState.Failed failed
        && !failed.error().code().equals(JobError.NEEDS_RUN)) {
      SweepRow sweep = tables.sweeps().find(name).orElseThrow();
      int failures = sweep.failures() + 1;
      tables.sweeps().failures(name, failures);
      if (sweep.stopAfter() > 0 && failures >= sweep.stopAfter() && !sweep.held()) {
        hold(name, true, Cause.stoppedAfterFailures(failures, job.id(), failed.error().message()));
      }
    }
  }

  /** Holds a sweep's queued jobs, after failures or because somebody asked for it. */
  void hold(String name, boolean stopped, Cause cause) {
    tables.sweeps().hold(name, true, stopped, Optional.of(Causes.row(cause)));
    changes.sweepChanged(name);
  }

  /** Lets the queued jobs of a held sweep run again. */
  void release(String name) {
    tables.sweeps().hold(name, false, false, Optional.empty());
    changes.sweepChanged(name);
  }

  /** Stores that a trial waits at a rung to be compared with the others. */
  void rungReached(JobRow job, int epoch) {
    double accuracy =
        tables.runs().epochs(job.id()).stream()
            .filter(row -> row.epoch() <= epoch)
            .mapToDouble(row -> row.validationAccuracy())
            .max()
            .orElse(0);
    tables.sweeps().put(new RungRow(job.id(), epoch, accuracy, false));
  }

  /** Promotes or ends trials, and stores whether the sweep has ended. */
  void update(String name, Instant at) {
    SweepRow sweep = tables.sweeps().find(name).orElseThrow();
    halving(sweep).ifPresent(halving -> update(name, halving, at));
    boolean open = tables.sweeps().any(name, OPEN);
    if (open == sweep.endedAt().isPresent()) {
      tables.sweeps().ended(name, open ? Optional.empty() : Optional.of(at));
      changes.sweepChanged(name);
    }
  }

  static Optional<Halving> halving(SweepRow sweep) {
    return sweep.halvingFactor().map(factor -> new Halving(factor, sweep.halvingFirst().orElse(1)));
  }

  static Waiting waiting(RungRow row) {
    return new Waiting(row.job(), row.epoch(), row.accuracy(), row.promoted());
  }

  private void update(String name, Halving halving, Instant at) {
    // Trials that ended at a rung still count: later ones are compared with all of them.
    List<Waiting> compared =
        tables.sweeps().compared(name).stream().map(SweepRules::waiting).toList();
    Set<Long> waits = tables.sweeps().waiting(name);
    // What waits for a trial is no trial, and waits as long as that does.
    boolean last = !tables.sweeps().anyTraining(name, ON_THEIR_WAY);
    List<Waiting> promotions =
        halving.promotions(compared, last).stream()
            .filter(trial -> waits.contains(trial.job()))
            .toList();
    for (Waiting trial : promotions) {
      List<Waiting> rung = Halving.ranked(trial.epoch(), compared);
      promote(
          trial.job(),
          halving,
          at,
          Cause.promoted(rung.indexOf(trial) + 1, rung.size(), trial.epoch()));
    }
    if (last && promotions.isEmpty()) {
      compared.stream()
          .map(Waiting::epoch)
          .distinct()
          .forEach(epoch -> end(epoch, compared, waits, at));
    }
  }

  /** Removes a trial from its rung that was cancelled by a person: it did not lose. */
  void leftRung(JobRow job) {
    job.order().lastEpoch().ifPresent(epoch -> tables.sweeps().leaveRung(job.id(), epoch));
  }

  /** Whether a trial waits to be compared, or was outdone. */
  boolean atRung(JobRow job) {
    return !JobState.Name.valueOf(job.state().name()).working()
        && job.order()
            .lastEpoch()
            .flatMap(epoch -> tables.sweeps().rung(job.id(), epoch))
            .isPresent();
  }

  /** Resumes a job on request; a trial at a rung is promoted whatever the others reached. */
  void resume(JobRow job, Instant at, Cause cause) {
    if (atRung(job)) {
      SweepRow sweep = tables.sweeps().find(job.sweep().orElseThrow()).orElseThrow();
      promote(job.id(), halving(sweep).orElseThrow(), at, cause);
    } else {
      changes.apply(job.id(), new JobEvent.Resumed(at, cause));
    }
  }

  /** Resumes a trial up to its next rung, ahead of those that have not begun. */
  private void promote(long id, Halving halving, Instant at, Cause cause) {
    JobRow job = tables.jobs().find(id).orElseThrow();
    int rung = job.order().lastEpoch().orElseThrow();
    RungRow reached = tables.sweeps().rung(id, rung).orElseThrow();
    tables.sweeps().put(new RungRow(id, rung, reached.accuracy(), true));
    TrainSpec trial = (TrainSpec) JobRows.spec(job);
    tables.jobs().pauseAfter(id, halving.nextRung(rung, trial.epochs()));
    changes.apply(id, new JobEvent.Resumed(at, cause));
    new QueueOrder(tables.jobs()).first(job);
  }

  /** Ends the trials that still wait at a rung. */
  private void end(int epoch, List<Waiting> compared, Set<Long> waits, Instant at) {
    List<Waiting> rung = Halving.ranked(epoch, compared);
    for (int place = 1; place <= rung.size(); place++) {
      Waiting trial = rung.get(place - 1);
      if (!trial.promoted() && waits.contains(trial.job())) {
        changes.apply(
            trial.job(),
            new JobEvent.Outdone(at, Cause.outdone(epoch, trial.accuracy(), place, rung.size())));
      }
    }
  }
}
