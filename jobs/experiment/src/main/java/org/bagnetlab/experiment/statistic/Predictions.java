package org.bagnetlab.experiment.statistic;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;

/**
 * The predictions of a run for its images, as its worker wrote them.
 *
 * @param classes names of the classes, in the order of their indices
 * @param validation predictions for the validation images
 * @param test predictions for the test images
 * @param scrambled predictions for the scrambled test images
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Predictions(
    List<String> classes, List<Row> validation, List<Row> test, List<Row> scrambled) {

  /**
   * The prediction for an image.
   *
   * @param label index of the image's class
   * @param predicted index of the predicted class
   * @param logits one for each class; empty if they were not stored
   */
  public record Row(int label, int predicted, Optional<float[]> logits) {

    /** A prediction whose logits were not stored. */
    public Row(int label, int predicted) {
      this(label, predicted, Optional.empty());
    }

    /**
     * The logarithm of each class's probability, which is the softmax of the logits; empty if the
     * logits were not stored, or are not finite because the network diverged.
     */
    public Optional<double[]> logProbabilities() {
      return logits.map(Row::logSoftmax).filter(some -> Double.isFinite(some[label]));
    }

    private static double[] logSoftmax(float[] logits) {
      double largest = Double.NEGATIVE_INFINITY;
      for (float logit : logits) {
        largest = Math.max(largest, logit);
      }
      // Subtract the largest logit, because the exponentials could overflow otherwise.
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit - largest);
      }
      double normaliser = Math.log(sum) + largest;
      double[] logarithms = new double[logits.length];
      Arrays.setAll(logarithms, i -> logits[i] - normaliser);
      return logarithms;
    }
  }

  /** The predictions for a set of images. */
  public List<Row> of(MeasuredSet set) {
    return switch (set) {
      case TRAIN -> List.of();
      case VALIDATION -> validation;
      case TEST -> test;
      case SCRAMBLED -> scrambled;
    };
  }
}
