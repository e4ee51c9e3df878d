package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.vision.correlation.Correlation;

/**
 * The predictions of a run's network for its test images.
 *
 * @param run the training
 * @param byImage by the image's path
 */
public record TestPredictions(long run, Map<String, ImagePrediction> byImage) {

  /**
   * The prediction for an image.
   *
   * @param label its class
   * @param right whether this class is predicted
   * @param logits one for each class; empty: they were not stored
   */
  record ImagePrediction(String label, boolean right, Optional<float[]> logits) {}

  /** Whether the prediction for each image is right. */
  Map<String, Boolean> hits() {
    Map<String, Boolean> hits = new LinkedHashMap<>();
    byImage.forEach((image, prediction) -> hits.put(image, prediction.right()));
    return hits;
  }

  /** The share of each class's images with a right prediction; a class without images has none. */
  Map<String, Double> recalls() {
    Map<String, Integer> images = new LinkedHashMap<>();
    Map<String, Integer> right = new LinkedHashMap<>();
    for (ImagePrediction prediction : byImage.values()) {
      images.merge(prediction.label(), 1, Integer::sum);
      right.merge(prediction.label(), prediction.right() ? 1 : 0, Integer::sum);
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
        (image, prediction) -> {
          Optional<float[]> logits = prediction.logits();
          Optional<float[]> others =
              Optional.ofNullable(other.byImage.get(image)).flatMap(ImagePrediction::logits);
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
