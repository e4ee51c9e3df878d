package org.bagnetlab.server.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseCode;
import org.bagnetlab.queue.job.CauseText;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.Sweep;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as the interface shows it.
 *
 * @param id its name
 * @param counts how many jobs it has in each state that has any
 * @param hold only while it is held: why, for people
 * @param holdCode the same as a stable name
 * @param holdArguments what it names
 * @param endedAt only if none of its jobs is open any more
 * @param definition as it was asked for; absent where jobs were given its name one by one
 * @param halving only where its trials are halved
 */
public record SweepJson(
    String id,
    Instant createdAt,
    Map<String, Long> counts,
    Optional<String> hold,
    Optional<CauseCode> holdCode,
    Optional<Map<String, Object>> holdArguments,
    Optional<Instant> endedAt,
    @JsonRawValue @Nullable String definition,
    Optional<HalvingJson> halving) {

  /**
   * A successive halving.
   *
   * @param rungs the lowest first
   */
  public record HalvingJson(int factor, int firstEpochs, List<Rung> rungs) {}

  /** The trials that came to a rung, the best first. */
  public record Rung(int epoch, List<Trial> trials) {}

  /** A trial at a rung. */
  public record Trial(long job, double accuracy, boolean promoted) {}

  /** A sweep as it stands. */
  public static SweepJson of(Sweep sweep) {
    return new SweepJson(
        sweep.name(),
        sweep.createdAt(),
        sweep.counts(),
        sweep.hold().map(CauseText::of),
        sweep.hold().map(Cause::code),
        sweep.hold().map(Cause::arguments),
        sweep.endedAt(),
        // An empty one would be no JSON: raw values are written whatever they hold.
        sweep.definition().isEmpty() ? null : sweep.definition(),
        sweep.halving().map(halving -> halving(halving, sweep.rungs())));
  }

  private static HalvingJson halving(Halving halving, List<Halving.Waiting> waiting) {
    List<Rung> rungs = new ArrayList<>();
    waiting.stream()
        .map(Halving.Waiting::epoch)
        .distinct()
        .sorted()
        .forEach(
            epoch ->
                rungs.add(
                    new Rung(
                        epoch,
                        Halving.ranked(epoch, waiting).stream()
                            .map(
                                trial -> new Trial(trial.job(), trial.accuracy(), trial.promoted()))
                            .toList())));
    return new HalvingJson(halving.factor(), halving.firstEpochs(), rungs);
  }
}
