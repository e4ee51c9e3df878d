package org.bagnetlab.experiment.statistic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.About;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;

/**
 * Compares a run's probabilities with the shares of images that it recognises. The confidence in an
 * image is the probability of the predicted class. Images are sorted by confidence into {@value
 * #BINS} bins of equal width. The m-th bin holds confidences above (m - 1) / {@value #BINS} and up
 * to m / {@value #BINS}. In each bin, the share of recognised images is compared with the mean
 * confidence.
 *
 * <p><b>Bias.</b> Even for a network whose confidences are exactly the probabilities of being
 * right, the share of recognised images differs from the mean confidence by chance, and the
 * expected calibration error adds up the magnitudes of these differences: with {@value #BINS} bins
 * and 300 images it is several percent. The expected value of the error for a calibrated network is
 * therefore reported as well: if an image of confidence c is recognised with probability c,
 * independently of others, the number of recognised images of a bin has a Poisson binomial
 * distribution, whose mean absolute deviation is computed exactly. An error of that size is not
 * evidence of miscalibration.
 *
 * <p>Sets whose logits were not stored, or are not finite, have no values.
 */
public final class Calibration implements Statistic {

  /** The number of bins that Guo et al. use. */
  static final int BINS = 15;

  private static final Output EXPECTED_ERROR =
      Output.scalar(
          "expected-calibration-error", "Expected calibration error", Metric.CALIBRATION_ERROR);
  private static final Output ERROR_IF_CALIBRATED =
      Output.scalar(
          "expected-calibration-error-if-calibrated",
          "The same by chance if calibrated",
          Metric.of(
              "calibration-error-by-chance", "Calibration error by chance", Metric.Unit.SHARE));
  private static final Output MAXIMUM_ERROR =
      Output.scalar(
          "maximum-calibration-error", "Maximum calibration error", Metric.CALIBRATION_ERROR);
  private static final Output CONFIDENCE =
      Output.scalar("mean-confidence", "Mean confidence", Metric.CONFIDENCE);
  private static final Output LIKELIHOOD =
      Output.scalar("negative-log-likelihood", "Negative log-likelihood", Metric.LOSS);
  private static final Output BRIER_SCORE =
      Output.scalar("brier-score", "Brier score", Metric.BRIER_SCORE);

  /** The mean confidence of a bin's images. */
  private static final Axis MEAN_CONFIDENCE = Axis.of("confidence", "Confidence");

  private static final Output RELIABILITY =
      Output.curve("reliability", "Reliability", Metric.ACCURACY, MEAN_CONFIDENCE);

  @Override
  public About about() {
    return new About(
        "calibration",
        "Calibration",
        "Whether the network is as often right as it is confident: of the images that it predicts with 80 % confidence, about 80 % should be right.",
        new Source(
            "Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017",
            "2"),
        Subject.predictions());
  }

  @Override
  public List<Output> outputs() {
    return List.of(
        EXPECTED_ERROR,
        ERROR_IF_CALIBRATED,
        MAXIMUM_ERROR,
        CONFIDENCE,
        LIKELIHOOD,
        BRIER_SCORE,
        RELIABILITY);
  }

  @Override
  public Findings of(Predictions predictions) {
    List<Findings.Value> values = new ArrayList<>();
    for (MeasuredSet set : MeasuredSet.values()) {
      scores(predictions.of(set)).ifPresent(scores -> values.addAll(scores.values(set)));
    }
    return new Findings(values, List.of());
  }

  private static Optional<Scores> scores(List<Predictions.Row> rows) {
    Scores scores = new Scores();
    for (Predictions.Row row : rows) {
      Optional<double[]> probabilities = row.logProbabilities();
      if (probabilities.isEmpty()) {
        return Optional.empty();
      }
      scores.add(row, probabilities.get());
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(scores);
  }

  /** A bin of images with similar confidence. */
  private static final class Bin {

    /** Probabilities below this value are ignored, because they change no digit of the mean. */
    private static final double NEGLIGIBLE = 1e-20;

    private final List<Double> confidences = new ArrayList<>();
    private int images;
    private int right;
    private double confidence;

    void add(boolean recognised, double confidenceInIt) {
      images++;
      right += recognised ? 1 : 0;
      confidence += confidenceInIt;
      confidences.add(confidenceInIt);
    }

    double meanConfidence() {
      return confidence / images;
    }

    double accuracy() {
      return (double) right / images;
    }

    double error() {
      return Math.abs(accuracy() - meanConfidence());
    }

    /**
     * The mean of {@link #error} if every image were recognised with a probability equal to its
     * confidence. It follows from the probabilities of 0, 1, ... recognised images, which are
     * computed by adding images one by one.
     */
    double errorIfCalibrated() {
      double[] probabilities = new double[images + 1];
      probabilities[0] = 1;
      int fewest = 0;
      int most = 0;
      for (double each : confidences) {
        double recognised = Math.min(1, each);
        most++;
        for (int k = most; k > fewest; k--) {
          probabilities[k] =
              probabilities[k] * (1 - recognised) + probabilities[k - 1] * recognised;
        }
        probabilities[fewest] *= 1 - recognised;
        while (probabilities[fewest] < NEGLIGIBLE) {
          probabilities[fewest++] = 0;
        }
        while (probabilities[most] < NEGLIGIBLE) {
          probabilities[most--] = 0;
        }
      }
      double distance = 0;
      for (int k = fewest; k <= most; k++) {
        distance += probabilities[k] * Math.abs(k - confidence);
      }
      return distance / images;
    }
  }

  /** Sums over the images of a set. */
  private static final class Scores {

    private final List<Bin> bins = new ArrayList<>();
    private int images;
    private double loss;
    private double squares;

    Scores() {
      for (int i = 0; i < BINS; i++) {
        bins.add(new Bin());
      }
    }

    void add(Predictions.Row row, double[] logarithms) {
      images++;
      loss -= logarithms[row.label()];
      for (int i = 0; i < logarithms.length; i++) {
        double distance = Math.exp(logarithms[i]) - (i == row.label() ? 1 : 0);
        squares += distance * distance;
      }
      double confidence = Math.exp(logarithms[row.predicted()]);
      // Rounding may put a probability above 1.
      int bin = Math.min(BINS, Math.max(1, (int) Math.ceil(confidence * BINS)));
      bins.get(bin - 1).add(row.predicted() == row.label(), confidence);
    }

    List<Findings.Value> values(MeasuredSet set) {
      List<Bin> filled = bins.stream().filter(bin -> bin.images > 0).toList();
      List<Findings.Value> values = new ArrayList<>();
      double expected = filled.stream().mapToDouble(bin -> bin.error() * bin.images).sum();
      double byChance =
          filled.stream().mapToDouble(bin -> bin.errorIfCalibrated() * bin.images).sum();
      double largest = filled.stream().mapToDouble(Bin::error).max().orElse(0);
      double confidence = filled.stream().mapToDouble(bin -> bin.confidence).sum();
      values.add(value(EXPECTED_ERROR, set, expected / images));
      values.add(value(ERROR_IF_CALIBRATED, set, byChance / images));
      values.add(value(MAXIMUM_ERROR, set, largest));
      values.add(value(CONFIDENCE, set, confidence / images));
      values.add(value(LIKELIHOOD, set, loss / images));
      values.add(value(BRIER_SCORE, set, squares / images));
      for (Bin bin : filled) {
        values.add(
            new Findings.Value(
                RELIABILITY,
                set,
                Map.of(MEAN_CONFIDENCE.name(), bin.meanConfidence()),
                bin.accuracy(),
                bin.images));
      }
      return values;
    }

    private Findings.Value value(Output output, MeasuredSet set, double value) {
      return new Findings.Value(output, set, Map.of(), value, images);
    }
  }
}
