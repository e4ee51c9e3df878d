package org.bagnetlab.server.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run's network saw in its test images.
 *
 * @param run the training
 * @param byImage by the image's path
 */
record TestPredictions(long run, Map<String, Seen> byImage) {

  /**
   * What was seen in an image.
   *
   * @param label its class
   * @param right whether this class was seen
   * @param logits one for each class; empty: they were not stored
   */
  record Seen(String label, boolean right, Optional<float[]> logits) {}

  /** Whether each image was recognised. */
  Map<String, Boolean> hits() {
    Map<String, Boolean> hits = new LinkedHashMap<>();
    byImage.forEach((image, seen) -> hits.put(image, seen.right()));
    return hits;
  }

  /** The share of each class's images that were recognised; a class without images has none. */
  Map<String, Double> recalls() {
    Map<String, Integer> images = new LinkedHashMap<>();
    Map<String, Integer> right = new LinkedHashMap<>();
    for (Seen seen : byImage.values()) {
      images.merge(seen.label(), 1, Integer::sum);
      right.merge(seen.label(), seen.right() ? 1 : 0, Integer::sum);
    }
    Map<String, Double> recalls = new LinkedHashMap<>();
    images.forEach(
        (name, count) -> recalls.put(name, (double) right.getOrDefault(name, 0) / count));
    return recalls;
  }

  /**
   * Pearson's correlation of both runs' logits over the images that both have and their classes.
   * The mean of an image's logits is subtracted first: it changes no probability.
   *
   * @return empty if logits were not stored, are all equal, or are those of a network that diverged
   */
  Optional<Double> logitCorrelation(TestPredictions other) {
    double product = 0;
    double squares = 0;
    double squaresOfOther = 0;
    for (Map.Entry<String, Seen> each : byImage.entrySet()) {
      Optional<float[]> ours = each.getValue().logits();
      Optional<float[]> theirs =
          Optional.ofNullable(other.byImage.get(each.getKey())).flatMap(Seen::logits);
      if (ours.isPresent() && theirs.isPresent()) {
        double mean = mean(ours.get());
        double meanOfOther = mean(theirs.get());
        for (int i = 0; i < ours.get().length; i++) {
          double logit = ours.get()[i] - mean;
          double logitOfOther = theirs.get()[i] - meanOfOther;
          product += logit * logitOfOther;
          squares += logit * logit;
          squaresOfOther += logitOfOther * logitOfOther;
        }
      }
    }
    double length = Math.sqrt(squares) * Math.sqrt(squaresOfOther);
    return length > 0 && Double.isFinite(product)
        ? Optional.of(Math.max(-1, Math.min(1, product / length)))
        : Optional.empty();
  }

  private static double mean(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += logit;
    }
    return sum / logits.length;
  }
}
