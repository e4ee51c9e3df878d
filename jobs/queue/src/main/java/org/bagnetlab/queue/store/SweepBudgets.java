package org.bagnetlab.queue.store;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.Budget;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.SweepRow;

/**
 * The budgets of sweeps. The time of a job counts for the sweep that queued it, not for others that
 * share it.
 */
public final class SweepBudgets {

  private SweepBudgets() {}

  /** The budget of a sweep, and how much of it is used; empty if it has none. */
  static Optional<Budget> of(Tables tables, SweepRow sweep) {
    return defined(sweep)
        .map(
            seconds ->
                new Budget(
                    tables.sweeps().granted(sweep.name()).orElse(seconds),
                    tables.sweeps().deviceSeconds(sweep.name())));
  }

  private static Optional<Double> defined(SweepRow sweep) {
    return sweep.definition().isEmpty()
        ? Optional.empty()
        : Budget.seconds(SweepRows.definition(sweep));
  }

  /** The sweep that a job must hold, because it has used its budget. */
  static Optional<SweepRow> used(Tables tables, long job) {
    return tables
        .jobs()
        .find(job)
        .flatMap(JobRow::sweep)
        .flatMap(tables.sweeps()::find)
        .filter(sweep -> !sweep.held() && hasMoreToStart(tables, sweep))
        .filter(sweep -> of(tables, sweep).filter(Budget::isUsed).isPresent());
  }

  /** Whether there is anything to hold. */
  private static boolean hasMoreToStart(Tables tables, SweepRow sweep) {
    Map<String, Long> counts = SweepRows.counts(tables, sweep.name());
    return Stream.of(JobState.Name.QUEUED, JobState.Name.INTERRUPTED, JobState.Name.PAUSED)
        .anyMatch(state -> counts.getOrDefault(state.name(), 0L) > 0);
  }

  /** Why a sweep that has used its budget is held. */
  static Cause cause(Tables tables, SweepRow sweep) {
    return new Cause.BudgetUsed(of(tables, sweep).map(Budget::hours).orElse(0.0));
  }

  /** Grants a sweep that has used its budget as much again, so that it can be released. */
  public static void renew(Tables tables, SweepRow sweep) {
    of(tables, sweep)
        .filter(Budget::isUsed)
        .ifPresent(
            budget ->
                tables.sweeps().grant(sweep.name(), budget.used() + defined(sweep).orElseThrow()));
  }
}
