package org.bagnetlab.vision.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The state of a training between two batches: everything that the rest of the training depends on,
 * except for the weights and the optimiser's state. The order of images and the schedule are
 * determined by the seed and the results of completed epochs, so a resumed training has the same
 * result as an uninterrupted one.
 *
 * @param epoch the current epoch, from 1; the number of epochs plus one at the end of the training
 * @param batches number of its completed batches
 * @param loss sum of the cross-entropies of its images so far, in nats
 * @param evidence sum over its images so far of the logit map's mean absolute value; 0 if the
 *     training does not minimise it; NaN if the state was saved by a version that did not store it
 * @param correct number of its correctly classified images so far
 * @param seen number of its images so far
 * @param seconds its duration so far
 * @param accuracies validation accuracies of the completed epochs
 */
public record TrainingState(
    int epoch,
    int batches,
    double loss,
    double evidence,
    int correct,
    int seen,
    double seconds,
    List<Double> accuracies) {

  private static final TrainingState START = beginOf(1, List.of());

  private static final String EPOCH = "training.epoch";
  private static final String BATCHES = "training.batches";
  private static final String LOSS = "training.loss";
  private static final String EVIDENCE = "training.evidence";
  private static final String CORRECT = "training.correct";
  private static final String SEEN = "training.seen";
  private static final String SECONDS = "training.seconds";
  private static final String ACCURACIES = "training.accuracies";

  /** Copies the list. */
  public TrainingState {
    accuracies = List.copyOf(accuracies);
  }

  /** The state before the first batch. */
  public static TrainingState start() {
    return START;
  }

  private static TrainingState beginOf(int epoch, List<Double> accuracies) {
    return new TrainingState(epoch, 0, 0, 0, 0, 0, 0, accuracies);
  }

  /** The state at the beginning of the next epoch. */
  TrainingState epochEnded(double accuracy) {
    List<Double> more = new ArrayList<>(accuracies);
    more.add(accuracy);
    return beginOf(epoch + 1, more);
  }

  /**
   * The best of the completed epochs, and of several equally good epochs the latest; 0 if none is
   * completed.
   */
  public int bestEpoch() {
    int best = 0;
    for (int ended = 1; ended <= accuracies.size(); ended++) {
      if (best == 0 || accuracies.get(ended - 1) >= accuracies.get(best - 1)) {
        best = ended;
      }
    }
    return best;
  }

  /** Whether an epoch with this validation accuracy is at least as good as the best so far. */
  boolean improvedBy(double accuracy) {
    int best = bestEpoch();
    return best == 0 || accuracy >= accuracies.get(best - 1);
  }

  /** This state as facts of a {@link org.bagnetlab.vision.checkpoint.Checkpoint}. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(EPOCH, String.valueOf(epoch));
    facts.put(BATCHES, String.valueOf(batches));
    facts.put(LOSS, String.valueOf(loss));
    facts.put(EVIDENCE, String.valueOf(evidence));
    facts.put(CORRECT, String.valueOf(correct));
    facts.put(SEEN, String.valueOf(seen));
    facts.put(SECONDS, String.valueOf(seconds));
    facts.put(
        ACCURACIES, accuracies.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    return facts;
  }

  /**
   * Parses {@link #facts}.
   *
   * @throws IllegalArgumentException if they are missing
   */
  public static TrainingState in(Map<String, String> facts) {
    String accuracies = fact(facts, ACCURACIES);
    return new TrainingState(
        Integer.parseInt(fact(facts, EPOCH)),
        Integer.parseInt(fact(facts, BATCHES)),
        Double.parseDouble(fact(facts, LOSS)),
        evidence(facts),
        Integer.parseInt(fact(facts, CORRECT)),
        Integer.parseInt(fact(facts, SEEN)),
        Double.parseDouble(fact(facts, SECONDS)),
        accuracies.isEmpty()
            ? List.of()
            : List.of(accuracies.split(" ")).stream().map(Double::valueOf).toList());
  }

  private static double evidence(Map<String, String> facts) {
    // Before the first batch of an epoch, the sum is known to be 0.
    double without = fact(facts, BATCHES).equals("0") ? 0 : Double.NaN;
    return Optional.ofNullable(facts.get(EVIDENCE)).map(Double::valueOf).orElse(without);
  }

  private static String fact(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The checkpoint does not contain its " + name + ".");
    }
    return value;
  }
}
