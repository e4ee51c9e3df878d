package org.bagnetlab.vision.masking;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How well the effects of single masks predict that of all together, over images.
 *
 * @param interactions one for each image
 */
public record Additivity(List<Interaction> interactions) {

  /** Keeps a copy. */
  public Additivity {
    interactions = List.copyOf(interactions);
  }

  /**
   * Pearson's correlation of the joint effects with the sums of the single ones, in [-1, 1]; empty
   * if either is the same in all images.
   */
  public OptionalDouble correlation() {
    double meanJoint = mean(interactions.stream().mapToDouble(Interaction::joint).toArray());
    double meanSeparate = mean(interactions.stream().mapToDouble(Interaction::separate).toArray());
    double both = 0;
    double joint = 0;
    double separate = 0;
    for (Interaction each : interactions) {
      double a = each.joint() - meanJoint;
      double b = each.separate() - meanSeparate;
      both += a * b;
      joint += a * a;
      separate += b * b;
    }
    double scale = Math.sqrt(joint) * Math.sqrt(separate);
    return scale > 0
        ? OptionalDouble.of(Math.max(-1, Math.min(1, both / scale)))
        : OptionalDouble.empty();
  }

  /** The mean magnitude of the joint effect, in logits. */
  public double effect() {
    return mean(interactions.stream().mapToDouble(each -> Math.abs(each.joint())).toArray());
  }

  /**
   * The mean magnitude of the difference between joint effect and sum, as a part of {@link
   * #effect}; empty if masks have no effect.
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
