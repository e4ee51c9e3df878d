package org.bagnetlab.vision.training;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An exponential moving average of a network's weights and running statistics over the steps of a
 * training. It is updated at every eighth step and at the end of each epoch, since reading the
 * weights of a GPU takes time.
 *
 * <p>In the n-th step the average keeps at most (1 + n) / (10 + n) of itself, so that random
 * initial weights soon stop to matter, as in TensorFlow's {@code ExponentialMovingAverage}.
 */
public final class WeightAverage {

  private static final int INTERVAL = 8;
  private static final String PREFIX = "average/";
  private static final String STEPS = "average-steps";

  private final double decay;
  private final Map<String, float[]> average = new LinkedHashMap<>();

  /** Number of steps before the last update. */
  private int updated;

  /**
   * Creates an average without values.
   *
   * @param decay share that a step keeps of the average, in (0, 1)
   */
  public WeightAverage(double decay) {
    this.decay = decay;
  }

  /** Whether the average is updated after a number of steps within an epoch. */
  boolean isDue(int steps) {
    return steps % INTERVAL == 0;
  }

  /** Moves the average towards the weights after a number of steps. */
  void update(Map<String, float[]> weights, int steps) {
    double kept = Math.pow(Math.min(decay, (1.0 + steps) / (10.0 + steps)), steps - updated);
    updated = steps;
    weights.forEach(
        (name, values) -> {
          float[] mean = average.get(name);
          if (mean == null) {
            average.put(name, values.clone());
          } else {
            for (int i = 0; i < mean.length; i++) {
              // In this form, the average of a constant is exactly the constant.
              mean[i] += (float) ((1 - kept) * (values[i] - mean[i]));
            }
          }
        });
  }

  /** The averaged weights; empty before the first update. */
  public Map<String, float[]> weights() {
    return average;
  }

  /**
   * An optimiser's state together with the average, for {@link
   * org.bagnetlab.vision.checkpoint.Checkpoint}.
   */
  public Map<String, float[]> with(Map<String, float[]> optimiser) {
    Map<String, float[]> all = new LinkedHashMap<>(optimiser);
    average.forEach((name, values) -> all.put(PREFIX + name, values));
    all.put(STEPS, new float[] {updated});
    return all;
  }

  /** Restores the average from {@link #with}. */
  public void restore(Map<String, float[]> state) {
    Map<String, float[]> found = new HashMap<>();
    for (String key : state.keySet()) {
      if (key.startsWith(PREFIX)) {
        found.put(key.substring(PREFIX.length()), Objects.requireNonNull(state.get(key)).clone());
      }
    }
    average.clear();
    average.putAll(found);
    updated = (int) Objects.requireNonNull(state.get(STEPS), STEPS)[0];
  }
}
