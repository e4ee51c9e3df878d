package org.bagnetlab.vision.masking;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bagnetlab.vision.correlation.Correlation;

/**
 * How well the effects of single masks predict the effect of all masks together, measured over
 * several images.
 *
 * @param interactions the interaction in each image
 */
public record Additivity(List<Interaction> interactions) {

  /** Copies the list. */
  public Additivity {
    interactions = List.copyOf(interactions);
  }

  /**
   * Pearson's correlation of the joint effects with the sums of the single effects, in [-1, 1];
   * empty if either is the same in all images, or not finite in one of them.
   */
  public Optional<Double> correlation() {
    return Correlation.pearson(
        interactions.stream().mapToDouble(Interaction::joint).toArray(),
        interactions.stream().mapToDouble(Interaction::separate).toArray());
  }

  /** The mean magnitude of the joint effect, in logits. */
  public double effect() {
    return mean(interactions.stream().mapToDouble(each -> Math.abs(each.joint())).toArray());
  }

  /**
   * The mean magnitude of the difference between the joint effect and the sum of single effects,
   * relative to {@link #effect}; empty if masks have no effect.
   */
  public OptionalDouble deviation() {
    double effect = effect();
    double difference =
        mean(
            interactions.stream()
                .mapToDouble(each -> Math.abs(each.joint() - each.separate()))
                .toArray());
    return effect > 0 ? OptionalDouble.of(difference / effect) : OptionalDouble.empty();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
