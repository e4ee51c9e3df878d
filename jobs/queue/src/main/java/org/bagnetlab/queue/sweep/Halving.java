package org.bagnetlab.queue.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Asynchronous successive halving (ASHA; Li et al., MLSys 2020): all trials start, and each pauses
 * at a few epochs, called rungs. Of the trials that reached a rung, the best fraction is promoted
 * without waiting for the others.
 *
 * @param factor reduction factor: one of this many trials at a rung is promoted
 * @param firstEpochs epochs of the first rung; each later one has {@code factor} times as many as
 *     the previous
 */
public record Halving(int factor, int firstEpochs) {

  /**
   * A trial that reached a rung.
   *
   * @param job its number
   * @param epoch the rung
   * @param accuracy the best on the validation images so far
   * @param promoted whether it was already promoted
   */
  public record Waiting(long job, int epoch, double accuracy, boolean promoted) {}

  /** The first rung of a training with this many epochs; empty: it has none. */
  public Optional<Integer> firstRung(int epochs) {
    return Optional.of(firstEpochs).filter(rung -> rung < epochs);
  }

  /** The next rung after this one; empty: the training runs to its end. */
  public Optional<Integer> nextRung(int rung, int epochs) {
    return Optional.of(rung * factor).filter(next -> next < epochs);
  }

  /**
   * The trials to promote now.
   *
   * @param waiting all trials that reached a rung, promoted or not
   * @param last whether no trial is still running towards a rung: then at least the best of each
   *     rung is promoted, so that few trials do not all end early
   */
  public List<Waiting> promotions(List<Waiting> waiting, boolean last) {
    List<Waiting> promotions = new ArrayList<>();
    waiting.stream()
        .map(Waiting::epoch)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .forEach(rung -> promotions.addAll(promotionsFrom(rung, waiting, last)));
    return promotions;
  }

  private List<Waiting> promotionsFrom(int rung, List<Waiting> waiting, boolean last) {
    List<Waiting> best = ranked(rung, waiting);
    int places = best.size() / factor;
    return best.stream()
        .limit(last ? Math.max(1, places) : places)
        .filter(trial -> !trial.promoted())
        .toList();
  }

  /** The trials of a rung, the best first; among equal ones, the first queued comes first. */
  public static List<Waiting> ranked(int rung, List<Waiting> waiting) {
    return waiting.stream()
        .filter(trial -> trial.epoch() == rung)
        .sorted(
            Comparator.comparingDouble(Waiting::accuracy)
                .reversed()
                .thenComparingLong(Waiting::job))
        .toList();
  }
}
