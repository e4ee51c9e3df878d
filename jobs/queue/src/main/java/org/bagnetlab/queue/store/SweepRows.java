package org.bagnetlab.queue.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.sweep.Budget;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.sweep.RungRow;
import org.bagnetlab.storage.sweep.SweepRow;

/** Converts between sweeps and database rows. */
public final class SweepRows {

  private SweepRows() {}

  /**
   * The row of a new sweep.
   *
   * @param pending whether its jobs are queued in several transactions
   */
  public static SweepRow row(SweepPlan plan, Instant at, Optional<Pending> pending) {
    return row(
        plan.name(), plan.definition(), at, plan.stopAfterFailures(), plan.halving(), pending);
  }

  /** The row of a sweep whose jobs are submitted individually under its name. */
  public static SweepRow row(String name, Instant at) {
    return row(name, "", at, 0, Optional.empty(), Optional.empty());
  }

  private static SweepRow row(
      String name,
      String definition,
      Instant at,
      int stopAfter,
      Optional<Halving> halving,
      Optional<Pending> pending) {
    return new SweepRow(
        name,
        definition,
        at,
        false,
        Optional.empty(),
        stopAfter,
        0,
        halving.map(Halving::factor),
        halving.map(Halving::firstEpochs),
        Optional.empty(),
        pending.map(Pending::name));
  }

  /** Whether all jobs of a sweep have been queued. */
  public static boolean isWhole(SweepRow row) {
    return !row.pending().equals(Optional.of(Pending.SUBMISSION.name()));
  }

  /** The definition of a sweep, which was valid when it was submitted. */
  public static Fields definition(SweepRow row) {
    return Fields.of(Json.object(row.definition()));
  }

  /** The number of a sweep's jobs by state, with those that it pruned apart from cancelled ones. */
  public static Map<String, Long> counts(Tables tables, String name) {
    return tables.sweeps().counts(name, Cause.pruning());
  }

  /** The same of all sweeps, by their names. */
  public static Map<String, Map<String, Long>> counts(Tables tables) {
    return tables.sweeps().counts(Cause.pruning());
  }

  /** The row of the sweep with this name. Fails with {@link RequestRefused}. */
  public static SweepRow find(Tables tables, String name) {
    return tables
        .sweeps()
        .find(name)
        .filter(SweepRows::isWhole)
        .orElseThrow(
            () ->
                new RequestRefused(
                    RequestRefused.Reason.NOT_FOUND,
                    "sweep-not-found",
                    "No such sweep",
                    "There is no sweep '%s'.".formatted(name)));
  }

  public static Sweep sweep(Tables tables, String name) {
    SweepRow row = find(tables, name);
    return sweep(
        row, counts(tables, name), tables.sweeps().rungs(name), SweepBudgets.of(tables, row));
  }

  /** The sweep of a row, without its rungs and its budget. */
  public static Sweep sweep(SweepRow row, Map<String, Long> counts) {
    return sweep(row, counts, List.of(), Optional.empty());
  }

  private static Sweep sweep(
      SweepRow row, Map<String, Long> counts, List<RungRow> rungs, Optional<Budget> budget) {
    return new Sweep(
        row.name(),
        row.definition(),
        row.createdAt(),
        row.hold().filter(cause -> row.held()).map(Causes::of),
        row.endedAt(),
        counts,
        SweepRules.halving(row),
        rungs,
        budget);
  }
}
