package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A 95 % interval of an accuracy, within [0, 1].
 *
 * @param low its lower end
 * @param high its upper end
 */
record Interval(double low, double high) {

  /** How an interval is computed. */
  enum Method {
    /** Over the images of one run. */
    @JsonProperty("wilson")
    WILSON,
    /** Over the accuracies of several seeds. */
    @JsonProperty("student-t")
    STUDENT_T
  }

  private static final double UPPER_TAIL = 0.975;
  private static final double Z =
      NormalDistribution.of(0, 1).inverseCumulativeProbability(UPPER_TAIL);

  /**
   * Wilson's score interval of the accuracy over one run's images. Unlike the normal approximation
   * it stays in range and has a width at 0 and 1.
   */
  static Interval wilson(int correct, int images) {
    if (images == 0) {
      return new Interval(0, 1);
    }
    double share = (double) correct / images;
    double z2 = Z * Z / images;
    double centre = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(share * (1 - share) / images + z2 / (4 * images)) / (1 + z2);
    return clipped(centre - half, centre + half);
  }

  /** Student's interval of the mean over seeds, of which there are at least two. */
  static Interval studentT(List<Double> accuracies) {
    int n = accuracies.size();
    double half =
        TDistribution.of(n - 1).inverseCumulativeProbability(UPPER_TAIL)
            * standardDeviation(accuracies)
            / Math.sqrt(n);
    double mean = mean(accuracies);
    return clipped(mean - half, mean + half);
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Of the population that a sample of at least two comes from. */
  static double standardDeviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  private static Interval clipped(double low, double high) {
    return new Interval(Math.max(0, low), Math.min(1, high));
  }
}
