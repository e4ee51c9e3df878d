package org.bagnetlab.queue.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.train.KeptEpoch;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.RungRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.bagnetlab.storage.sweep.SweepTable;

/**
 * Applies the effects of a job's change on its sweeps: holds, promotions, and the end of a sweep.
 */
public final class SweepRules {

  private static final List<String> ACTIVE = JobState.Name.namesWhere(JobState.Name::active);

  /**
   * Called after a job's new state was stored.
   *
   * @param job the job before the change
   */
  void transitioned(
      JobChanges changes, JobRow job, JobState before, JobEvent event, JobState after) {
    if (after.name().ended()) {
      changes.tables().sweeps().of(job.id()).forEach(sweep -> count(changes, sweep, job, after));
    }
    // A trial paused by a user stays paused, and reaches the rung when it is resumed.
    if (event instanceof JobEvent.RungReached rung
        && before instanceof JobState.Running
        && after instanceof JobState.Paused) {
      rungReached(changes.tables(), job, rung.epoch());
    }
    if (event instanceof JobEvent.CancelRequested && before instanceof JobState.Paused) {
      leftRung(changes.tables(), job);
    }
  }

  /** Counts consecutive failures, and holds the sweep if there are too many. */
  private static void count(JobChanges changes, String name, JobRow job, JobState after) {
    Tables tables = changes.tables();
    if (after instanceof JobState.Succeeded || MedianRule.stopped(after)) {
      tables.sweeps().failures(name, 0);
    } else if (after instanceof JobState.Failed failed
        && !failed.error().code().equals(JobError.NEEDS_RUN)) {
      SweepRow sweep = tables.sweeps().find(name).orElseThrow();
      int failures = sweep.failures() + 1;
      tables.sweeps().failures(name, failures);
      if (sweep.stopAfter() > 0 && failures >= sweep.stopAfter() && !sweep.held()) {
        hold(
            changes,
            sweep,
            new Cause.StoppedAfterFailures(failures, job.id(), failed.error().message()));
      }
    }
  }

  /** Holds the sweep that queued a job if it has used its budget. */
  static boolean holdIfUsed(JobChanges changes, long job) {
    Optional<SweepRow> sweep = SweepBudgets.used(changes.tables(), job);
    sweep.ifPresent(used -> hold(changes, used, SweepBudgets.cause(changes.tables(), used)));
    return sweep.isPresent();
  }

  /**
   * Holds a sweep because of a rule. If there are many jobs, they are held afterwards in several
   * transactions, and none of the sweep's own jobs starts in the meantime. If the sweep is already
   * being changed in several transactions, its jobs are held after the last of them.
   */
  private static void hold(JobChanges changes, SweepRow sweep, Cause cause) {
    SweepTable sweeps = changes.tables().sweeps();
    sweeps.hold(sweep.name(), true, true, Optional.of(Causes.row(cause)));
    List<Long> jobs = sweeps.jobs(sweep.name());
    Optional<Pending> pending = sweep.pending().map(Pending::valueOf);
    if (pending.isEmpty() && jobs.size() > Piece.JOBS) {
      changes.leavePending(sweep.name(), Pending.HOLD);
    } else if (pending.isEmpty() || pending.get() == Pending.SUBMISSION) {
      jobs.forEach(sweeps::computeHold);
    }
    changes.sweepChanged(sweep.name());
  }

  /**
   * Stores that a trial waits at a rung to be compared with the others, by the epoch that it would
   * keep if it ended there.
   */
  private static void rungReached(Tables tables, JobRow job, int epoch) {
    KeptEpoch kept = ((TrainSpec) JobRows.spec(job)).get(OptimisationParameters.KEEP);
    List<Double> accuracies =
        tables.runs().epochs(job.id()).stream()
            .filter(row -> row.epoch() <= epoch)
            .map(EpochRow::validationAccuracy)
            .toList();
    double accuracy =
        accuracies.isEmpty() ? 0 : kept.of(Collections.max(accuracies), accuracies.getLast());
    tables.sweeps().put(new RungRow(job.id(), epoch, accuracy, false));
  }

  /**
   * Promotes or ends trials, and stores whether the sweep has ended, at the end of a transaction.
   */
  void updateSweep(JobChanges changes, String name, Instant at) {
    Tables tables = changes.tables();
    SweepRow sweep = tables.sweeps().find(name).orElseThrow();
    if (sweep.pending().isPresent()) {
      return; // the last transaction of that change updates the sweep
    }
    halving(sweep).ifPresent(halving -> updateTrials(changes, name, halving, at));
    boolean open = tables.sweeps().any(name, JobState.Name.OPEN);
    if (open == sweep.endedAt().isPresent()) {
      tables.sweeps().ended(name, open ? Optional.empty() : Optional.of(at));
      changes.sweepChanged(name);
    }
  }

  static Optional<Halving> halving(SweepRow sweep) {
    return sweep.halvingFactor().map(factor -> new Halving(factor, sweep.halvingFirst().orElse(1)));
  }

  private void updateTrials(JobChanges changes, String name, Halving halving, Instant at) {
    Tables tables = changes.tables();
    // Trials that ended at a rung still count: later trials are compared with all of them.
    List<RungRow> compared = tables.sweeps().compared(name);
    Set<Long> waits = tables.sweeps().waiting(name);
    // Jobs that wait for a trial are not trials themselves; they wait as long as the trial does.
    boolean last = !tables.sweeps().anyTrial(name, ACTIVE);
    List<RungRow> promotions =
        halving.promotions(compared, last).stream()
            .filter(trial -> waits.contains(trial.job()))
            .toList();
    for (RungRow trial : promotions) {
      List<RungRow> rung = Halving.ranked(trial.epoch(), compared);
      promote(
          changes,
          trial.job(),
          halving,
          at,
          new Cause.Promoted(Halving.rank(trial, rung), rung.size(), trial.epoch()));
    }
    if (last && promotions.isEmpty()) {
      Map<Long, JobEvent> outdone = outdone(compared, waits, at);
      if (outdone.size() > Piece.JOBS) {
        changes.leavePending(name, Pending.RUNG);
      } else {
        outdone.forEach(changes::apply);
      }
    }
  }

  /** The events that end the trials still waiting at a rung of a sweep, by the trials' ids. */
  public static Map<Long, JobEvent> outdone(Tables tables, String name, Instant at) {
    return outdone(tables.sweeps().compared(name), tables.sweeps().waiting(name), at);
  }

  private static Map<Long, JobEvent> outdone(List<RungRow> compared, Set<Long> waits, Instant at) {
    Map<Long, JobEvent> outdone = new LinkedHashMap<>();
    for (int epoch : compared.stream().map(RungRow::epoch).distinct().toList()) {
      List<RungRow> rung = Halving.ranked(epoch, compared);
      for (RungRow trial : rung) {
        if (!trial.promoted() && waits.contains(trial.job())) {
          outdone.put(
              trial.job(),
              new JobEvent.Outdone(
                  at,
                  new Cause.Outdone(
                      epoch, trial.accuracy(), Halving.rank(trial, rung), rung.size())));
        }
      }
    }
    return outdone;
  }

  /** Removes a trial that a user cancelled from its rung, because it was not outperformed. */
  private static void leftRung(Tables tables, JobRow job) {
    job.order().lastEpoch().ifPresent(epoch -> tables.sweeps().leaveRung(job.id(), epoch));
  }

  /** Whether a trial waits to be compared, or was outperformed. */
  public static boolean atRung(Tables tables, JobRow job) {
    return !JobRows.name(job).working()
        && job.order()
            .lastEpoch()
            .flatMap(epoch -> tables.sweeps().rung(job.id(), epoch))
            .isPresent();
  }

  /** Resumes a job on request; a trial at a rung is promoted regardless of the others. */
  public void resume(JobChanges changes, JobRow job, Instant at, Cause cause) {
    Tables tables = changes.tables();
    if (atRung(tables, job)) {
      SweepRow sweep = tables.sweeps().find(job.sweep().orElseThrow()).orElseThrow();
      promote(changes, job.id(), halving(sweep).orElseThrow(), at, cause);
    } else {
      changes.apply(job.id(), new JobEvent.Resumed(at, cause));
    }
  }

  /** Resumes a trial up to its next rung, ahead of trials that have not begun. */
  private static void promote(
      JobChanges changes, long id, Halving halving, Instant at, Cause cause) {
    Tables tables = changes.tables();
    JobRow job = tables.jobs().find(id).orElseThrow();
    int rung = job.order().lastEpoch().orElseThrow();
    RungRow reached = tables.sweeps().rung(id, rung).orElseThrow();
    tables.sweeps().put(new RungRow(id, rung, reached.accuracy(), true));
    TrainSpec trial = (TrainSpec) JobRows.spec(job);
    tables.jobs().pauseAfter(id, halving.nextRung(rung, trial.get(TrainExperiment.EPOCHS)));
    changes.apply(id, new JobEvent.Resumed(at, cause));
    new QueueOrder(tables.jobs()).first(job);
  }
}
