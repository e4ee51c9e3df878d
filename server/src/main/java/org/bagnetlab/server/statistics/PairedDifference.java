package org.bagnetlab.server.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean difference of two networks on the same images, over seeds.
 *
 * @param difference mean over the seeds
 * @param bySeed each seed's mean over its images
 * @param images of each seed
 * @param low lower end of the 95 % interval; absent for two seeds, which say too little
 * @param high upper end of it
 * @param p two-sided p-value of no difference, absent with the interval
 * @param method how interval and p-value were computed; absent with them
 */
public record PairedDifference(
    double difference,
    List<Double> bySeed,
    int images,
    Optional<Double> low,
    Optional<Double> high,
    Optional<Double> p,
    Optional<Method> method) {

  /** How interval and p-value are computed. */
  public enum Method {
    /** Over the images of one pair of runs, which says nothing of other seeds. */
    @JsonProperty("images-of-one-seed")
    IMAGES,
    /** The same, with the p-value of McNemar's exact test. */
    @JsonProperty("exact-mcnemar")
    EXACT_MCNEMAR,
    /** Over seeds and the images that they share. */
    @JsonProperty("paired-seeds-and-images")
    SEEDS_AND_IMAGES
  }

  /**
   * Compares two networks.
   *
   * <p>With three and more seeds the variance of the mean is that of the seeds' differences over
   * their number, plus the covariance between seeds that comes from sharing images: Obuchowski and
   * Rockette (1995), with the degrees of freedom of Hillis (2007), as in studies of several readers
   * who read the same cases. What an image adds is estimated from the images that two seeds have in
   * common; an image that only one of them has adds nothing. With one seed it is that of the mean
   * over its images.
   *
   * <p>In both the variance over images is that with one image more on each side (Agresti and Min
   * 2005, who add half an image to each cell of McNemar's table), so that it does not vanish for
   * networks that agree on all images. Such an image has a difference of 1 or -1.
   *
   * @param differences for each seed, by image, what the first network has over the second: 1, 0 or
   *     -1 for being right; every seed has at least one image
   * @throws IllegalArgumentException if there is no seed
   */
  public static PairedDifference of(List<Map<String, Double>> differences) {
    return of(differences, 1);
  }

  /**
   * The same of what is no difference of being right, but for which an image that the networks do
   * not agree on counts otherwise.
   *
   * @param ofImage the size of the difference of an image more: what one image changes the mean by,
   *     times the number of images
   */
  static PairedDifference of(List<Map<String, Double>> differences, double ofImage) {
    if (differences.isEmpty()) {
      throw new IllegalArgumentException("no seeds");
    }
    List<Double> means = differences.stream().map(seed -> Interval.mean(values(seed))).toList();
    double mean = Interval.mean(means);
    int images = differences.get(0).size();
    return switch (differences.size()) {
      case 1 -> ofImages(mean, means, values(differences.get(0)), ofImage);
      case 2 ->
          new PairedDifference(
              mean,
              means,
              images,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      default -> ofSeedsAndImages(differences, mean, means, ofImage);
    };
  }

  /** The same, of one pair of runs that are right or wrong, with the exact p-value. */
  public PairedDifference exact(McNemar table) {
    return new PairedDifference(
        difference,
        bySeed,
        images,
        low,
        high,
        Optional.of(table.exactP()),
        Optional.of(Method.EXACT_MCNEMAR));
  }

  /** What the second network has over the first. */
  public PairedDifference reversed() {
    return new PairedDifference(
        -difference,
        bySeed.stream().map(value -> -value).toList(),
        images,
        high.map(value -> -value),
        low.map(value -> -value),
        p,
        method);
  }

  private static List<Double> values(Map<String, Double> seed) {
    return List.copyOf(seed.values());
  }

  private static PairedDifference ofImages(
      double mean, List<Double> means, List<Double> values, double ofImage) {
    double error = Math.sqrt(varianceOverImages(values, ofImage));
    double p = 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(mean) / error);
    return new PairedDifference(
        mean,
        means,
        values.size(),
        Optional.of(mean - Interval.Z * error),
        Optional.of(mean + Interval.Z * error),
        Optional.of(p),
        Optional.of(Method.IMAGES));
  }

  /** Of the mean of some images, with two more: one on each side, half each. */
  private static double varianceOverImages(List<Double> values, double ofImage) {
    double count = values.size() + 2;
    double sum = 0;
    double squares = ofImage * ofImage;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    return (squares / count - sum / count * (sum / count)) / count;
  }

  private static PairedDifference ofSeedsAndImages(
      List<Map<String, Double>> differences, double mean, List<Double> means, double ofImage) {
    int seeds = means.size();
    double sd = Interval.standardDeviation(means);
    double ofSeeds = sd * sd / seeds;
    double ofImages = covariance(differences, means, ofImage);
    double variance = ofSeeds + ofImages;
    double error = Math.sqrt(variance);
    double freedom =
        ofSeeds == 0
            ? Double.POSITIVE_INFINITY
            : variance * variance / (ofSeeds * ofSeeds) * (seeds - 1);
    double quantile;
    double p;
    if (Double.isInfinite(freedom)) {
      quantile = Interval.Z;
      p = 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(mean) / error);
    } else {
      TDistribution student = TDistribution.of(freedom);
      quantile = student.inverseCumulativeProbability(Interval.UPPER_TAIL);
      p = 2 * student.survivalProbability(Math.abs(mean) / error);
    }
    return new PairedDifference(
        mean,
        means,
        differences.get(0).size(),
        Optional.of(mean - quantile * error),
        Optional.of(mean + quantile * error),
        Optional.of(p),
        Optional.of(Method.SEEDS_AND_IMAGES));
  }

  /**
   * The covariance of two seeds' means, from the images that they share: the mean over all pairs of
   * seeds, at least what one image more on each side adds.
   */
  private static double covariance(
      List<Map<String, Double>> differences, List<Double> means, double ofImage) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < differences.size(); i++) {
      for (int j = i + 1; j < differences.size(); j++) {
        sum += covariance(differences.get(i), means.get(i), differences.get(j), means.get(j));
        pairs++;
      }
    }
    double more = ofImage / (differences.get(0).size() + 2);
    return Math.max(0, sum / pairs) + more * more;
  }

  private static double covariance(
      Map<String, Double> one, double meanOfOne, Map<String, Double> other, double meanOfOther) {
    double sum = 0;
    for (Map.Entry<String, Double> image : one.entrySet()) {
      Double same = other.get(image.getKey());
      if (same != null) {
        sum += (image.getValue() - meanOfOne) * (same - meanOfOther);
      }
    }
    return sum / ((double) one.size() * other.size());
  }
}
