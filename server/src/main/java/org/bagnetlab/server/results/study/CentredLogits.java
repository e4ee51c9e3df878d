package org.bagnetlab.server.results.study;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.vision.correlation.Correlation;

/**
 * The logits of a run for its test images. The mean of an image's logits is subtracted, since it
 * does not affect probabilities.
 *
 * @param byImage the logits by path of the image, in the order of the paths; without images whose
 *     logits were not stored
 * @param joined the logits of all images, one after another
 */
record CentredLogits(Map<String, double[]> byImage, double[] joined) {

  static CentredLogits of(TestPredictions predictions) {
    Map<String, double[]> byImage = new LinkedHashMap<>();
    for (String image : new TreeSet<>(predictions.byImage().keySet())) {
      Objects.requireNonNull(predictions.byImage().get(image))
          .logits()
          .ifPresent(logits -> byImage.put(image, centred(logits)));
    }
    return new CentredLogits(byImage, joined(byImage.values()));
  }

  /**
   * The Pearson correlation of the logits of two runs over all classes and the images that both
   * have.
   *
   * @return the correlation; empty if logits were not stored or are all equal, or if the network
   *     diverged
   */
  Optional<Double> correlation(CentredLogits other) {
    // Nearly always, and for all pairs of runs of a setting.
    if (byImage.keySet().equals(other.byImage.keySet())) {
      return Correlation.pearson(joined, other.joined);
    }
    Set<String> common = new LinkedHashSet<>(byImage.keySet());
    common.retainAll(other.byImage.keySet());
    return Correlation.pearson(of(common), other.of(common));
  }

  private double[] of(Set<String> images) {
    return joined(images.stream().map(byImage::get).map(Objects::requireNonNull).toList());
  }

  private static double[] joined(Collection<double[]> logits) {
    return logits.stream().flatMapToDouble(DoubleStream::of).toArray();
  }

  private static double[] centred(float[] logits) {
    double mean =
        IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).average().orElseThrow();
    return IntStream.range(0, logits.length).mapToDouble(i -> logits[i] - mean).toArray();
  }
}
