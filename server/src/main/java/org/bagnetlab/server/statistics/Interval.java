package org.bagnetlab.server.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A 95 % confidence interval of an accuracy, within [0, 1], or of another number.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /** The method by which an interval is computed. */
  public enum Method {
    /** Wilson's score interval, over the images of one run. */
    @JsonProperty("wilson")
    WILSON,
    /** Student's t interval, over several seeds and the images of each. */
    @JsonProperty("seeds-and-images")
    SEEDS_AND_IMAGES,
    /** Student's t interval, over several seeds. */
    @JsonProperty("seeds")
    SEEDS
  }

  static final double UPPER_TAIL = 0.975;
  static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(UPPER_TAIL);

  /**
   * Wilson's score interval of the accuracy over the images of one run. Unlike the normal
   * approximation, it stays within [0, 1], and its width is not zero for accuracies of 0 and 1.
   */
  public static Interval wilson(int correct, int images) {
    if (images == 0) {
      return new Interval(0, 1);
    }
    double share = (double) correct / images;
    double z2 = Z * Z / images;
    double centre = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(share * (1 - share) / images + z2 / (4 * images)) / (1 + z2);
    // Rounding would leave an end that is 0 or 1 a little inside.
    return clipped(correct == 0 ? 0 : centre - half, correct == images ? 1 : centre + half);
  }

  /**
   * The interval of the mean over seeds, for a population of other seeds and other images of the
   * same kind. Seeds share images, so the part of the variance that is due to images does not
   * shrink with more seeds. (If seeds do not share all images, the interval is too wide.) This part
   * is the variance of a single run, or the mean of the variances if runs have different numbers of
   * images, with the correction of Agresti and Coull so that it does not vanish at 0 and 1. The
   * degrees of freedom are those of Welch and Satterthwaite; only the part of the variance that is
   * due to seeds limits them. With three seeds, an interval from resampling the seeds (a bootstrap)
   * would cover the truth in at most three of four cases.
   *
   * @param accuracies accuracies of at least two seeds
   * @param images number of images that each was measured on, in the same order
   */
  public static Interval overSeedsAndImages(List<Double> accuracies, List<Integer> images) {
    int n = accuracies.size();
    double mean = mean(accuracies);
    double ofImages = mean(images.stream().map(each -> varianceOverImages(mean, each)).toList());
    double sd = standardDeviation(accuracies);
    double ofSeeds = sd * sd / n;
    double variance = ofSeeds + ofImages;
    double quantile =
        ofSeeds == 0
            ? Z
            : TDistribution.of(variance * variance / (ofSeeds * ofSeeds) * (n - 1))
                .inverseCumulativeProbability(UPPER_TAIL);
    double half = quantile * Math.sqrt(variance);
    return clipped(mean - half, mean + half);
  }

  /** The variance of the accuracy of a single run, according to Agresti and Coull. */
  public static double varianceOverImages(double accuracy, int images) {
    double corrected = (accuracy * images + Z * Z / 2) / (images + Z * Z);
    return corrected * (1 - corrected) / (images + Z * Z);
  }

  /**
   * Student's interval of the mean over seeds, for numbers that are not shares of images. It
   * includes the variance due to images only to the extent that seeds have different images.
   *
   * @param values values of at least two seeds
   */
  public static Interval overSeeds(List<Double> values) {
    int n = values.size();
    double half =
        TDistribution.of(n - 1).inverseCumulativeProbability(UPPER_TAIL)
            * standardDeviation(values)
            / Math.sqrt(n);
    return new Interval(mean(values) - half, mean(values) + half);
  }

  public static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The standard deviation of the population, estimated from a sample of at least two values. */
  public static double standardDeviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  private static Interval clipped(double low, double high) {
    return new Interval(low, high).within(0, 1);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** The smallest interval that contains this one and another. */
  Interval hull(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** This interval, cut to the bounds of its values. */
  public Interval within(double lowest, double highest) {
    return new Interval(Math.max(lowest, low), Math.min(highest, high));
  }
}
