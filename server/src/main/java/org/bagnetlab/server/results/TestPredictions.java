package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.vision.correlation.Correlation;

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
    List<double[]> ours = new ArrayList<>();
    List<double[]> theirs = new ArrayList<>();
    byImage.forEach(
        (image, seen) -> {
          Optional<float[]> logits = seen.logits();
          Optional<float[]> others =
              Optional.ofNullable(other.byImage.get(image)).flatMap(Seen::logits);
          if (logits.isPresent() && others.isPresent()) {
            ours.add(centred(logits.get()));
            theirs.add(centred(others.get()));
          }
        });
    return Correlation.pearson(joined(ours), joined(theirs));
  }

  private static double[] joined(List<double[]> arrays) {
    return arrays.stream().flatMapToDouble(DoubleStream::of).toArray();
  }

  private static double[] centred(float[] logits) {
    double mean = mean(logits);
    return IntStream.range(0, logits.length).mapToDouble(i -> logits[i] - mean).toArray();
  }

  private static double mean(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += logit;
    }
    return sum / logits.length;
  }
}
