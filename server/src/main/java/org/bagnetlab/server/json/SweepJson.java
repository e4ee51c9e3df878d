package org.bagnetlab.server.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.storage.sweep.RungRow;
import org.jspecify.annotations.Nullable;

/**
 * A sweep, as shown by the API.
 *
 * @param id name of the sweep
 * @param counts number of jobs by state, with pruned trials apart from cancelled jobs
 * @param hold the reason as text why it is held; present only while it is held
 * @param holdCode the reason as a stable name
 * @param holdArguments values in the text of the reason
 * @param endedAt when it ended; present only if all of its jobs have ended
 * @param definition the definition as submitted; absent if its jobs were submitted individually
 *     under its name
 * @param halving its rungs; present only if it uses successive halving
 * @param budget the device hours that it may use; present only if they are limited
 */
public record SweepJson(
    String id,
    Instant createdAt,
    Map<String, Long> counts,
    Optional<String> hold,
    Optional<String> holdCode,
    Optional<Map<String, Object>> holdArguments,
    Optional<Instant> endedAt,
    @JsonRawValue @Nullable String definition,
    Optional<HalvingJson> halving,
    Optional<BudgetJson> budget) {

  /**
   * A limit of device time.
   *
   * @param hours the limit
   * @param usedHours what its jobs have used
   */
  public record BudgetJson(double hours, double usedHours) {}

  /**
   * The state of successive halving.
   *
   * @param rungs the rungs, the lowest first
   */
  public record HalvingJson(int factor, int firstEpochs, List<Rung> rungs) {}

  /** The trials that reached a rung, the best first. */
  public record Rung(int epoch, List<Trial> trials) {}

  /**
   * A trial at a rung.
   *
   * @param rank from 1; equal trials share one
   */
  public record Trial(long job, double accuracy, int rank, boolean promoted) {}

  /** The current state of a sweep. */
  public static SweepJson of(Sweep sweep) {
    return new SweepJson(
        sweep.name(),
        sweep.createdAt(),
        sweep.counts(),
        sweep.hold().map(Cause::text),
        sweep.hold().map(Cause::code),
        sweep.hold().map(Cause::arguments),
        sweep.endedAt(),
        // Raw values are written as they are, and an empty string is not valid JSON.
        sweep.definition().isEmpty() ? null : sweep.definition(),
        sweep.halving().map(halving -> halving(halving, sweep.rungs())),
        sweep.budget().map(budget -> new BudgetJson(budget.hours(), budget.usedHours())));
  }

  private static HalvingJson halving(Halving halving, List<RungRow> waiting) {
    List<Rung> rungs =
        waiting.stream()
            .map(RungRow::epoch)
            .distinct()
            .sorted()
            .map(epoch -> rung(epoch, Halving.ranked(epoch, waiting)))
            .toList();
    return new HalvingJson(halving.factor(), halving.firstEpochs(), rungs);
  }

  private static Rung rung(int epoch, List<RungRow> ranked) {
    return new Rung(
        epoch,
        ranked.stream()
            .map(
                trial ->
                    new Trial(
                        trial.job(),
                        trial.accuracy(),
                        Halving.rank(trial, ranked),
                        trial.promoted()))
            .toList());
  }
}
