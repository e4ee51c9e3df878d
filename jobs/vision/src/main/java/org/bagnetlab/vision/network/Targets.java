package org.bagnetlab.vision.network;

import java.util.Optional;

/**
 * What the images of a batch should be recognised as.
 *
 * @param labels the class of each image, with which the network's decision is compared
 * @param probabilities target probabilities as [image, class], row-major, each row with the sum 1;
 *     empty if each image's own class has the probability 1
 */
public record Targets(int[] labels, Optional<float[]> probabilities) {

  /** Each image is of its class only. */
  public static Targets of(int... labels) {
    return new Targets(labels, Optional.empty());
  }

  /** Smooth or mixed targets. */
  public static Targets of(int[] labels, float[] probabilities) {
    return new Targets(labels, Optional.of(probabilities));
  }

  /** The target probability of a class for an image. */
  public double probability(int image, int label, int classes) {
    return probabilities
        .map(all -> (double) all[image * classes + label])
        .orElse(labels[image] == label ? 1.0 : 0.0);
  }
}
