package org.bagnetlab.queue.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.sweep.RungRow;

/**
 * Asynchronous successive halving (ASHA; Li et al., MLSys 2020): all trials start, and each pauses
 * at a few epochs, called rungs. Of the trials that reached a rung, the best fraction is promoted
 * without waiting for the others.
 *
 * @param factor reduction factor: of this many trials at a rung, one is promoted
 * @param firstEpochs epochs of the first rung; each later one has {@code factor} times as many as
 *     the previous
 */
public record Halving(int factor, int firstEpochs) {

  /** The first rung of a training with this many epochs; empty if it has none. */
  public Optional<Integer> firstRung(int epochs) {
    return Optional.of(firstEpochs).filter(rung -> rung < epochs);
  }

  /** The next rung after this one; empty if the training runs to its end. */
  public Optional<Integer> nextRung(int rung, int epochs) {
    return Optional.of(rung * factor).filter(next -> next < epochs);
  }

  /**
   * The trials to promote now.
   *
   * @param waiting all trials that reached a rung, promoted or not
   * @param last whether no trial is still running towards a rung; if so, at least the best trial of
   *     each rung is promoted, because otherwise all trials could end early if there are few
   */
  public List<RungRow> promotions(List<RungRow> waiting, boolean last) {
    List<RungRow> promotions = new ArrayList<>();
    waiting.stream()
        .map(RungRow::epoch)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .forEach(rung -> promotions.addAll(promotionsFrom(rung, waiting, last)));
    return promotions;
  }

  private List<RungRow> promotionsFrom(int rung, List<RungRow> waiting, boolean last) {
    List<RungRow> best = ranked(rung, waiting);
    int places = best.size() / factor;
    return best.stream()
        .limit(last ? Math.max(1, places) : places)
        .filter(trial -> !trial.promoted())
        .toList();
  }

  /** The rank of a trial among those of its rung, from 1; equal trials share a rank. */
  public static int rank(RungRow trial, List<RungRow> rung) {
    return 1 + (int) rung.stream().filter(other -> other.accuracy() > trial.accuracy()).count();
  }

  /** The trials of a rung, the best first; of equal trials, the one queued first comes first. */
  public static List<RungRow> ranked(int rung, List<RungRow> waiting) {
    return waiting.stream()
        .filter(trial -> trial.epoch() == rung)
        .sorted(
            Comparator.comparingDouble(RungRow::accuracy)
                .reversed()
                .thenComparingLong(RungRow::job))
        .toList();
  }
}
