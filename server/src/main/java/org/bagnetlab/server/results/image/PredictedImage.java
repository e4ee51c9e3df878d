package org.bagnetlab.server.results.image;

import java.util.Optional;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.server.results.file.PredictionsFile;

/**
 * A network's prediction for an image.
 *
 * @param label index of the image's class
 * @param predicted index of the predicted class
 * @param probabilities probabilities of classes; empty if logits were not stored, or if the network
 *     diverged
 */
record PredictedImage(int label, int predicted, Optional<Probabilities> probabilities) {

  /**
   * Maximum number of most probable classes that are kept, since there can be hundreds of classes.
   */
  static final int MOST_TOP = 20;

  /**
   * The probabilities of some classes.
   *
   * @param predicted probability of the predicted class
   * @param label probability of the image's class
   * @param top the indices of the most probable classes, the most probable first
   * @param ofTop the probability of each of these
   */
  record Probabilities(double predicted, double label, int[] top, double[] ofTop) {

    private static Probabilities of(PredictionsFile.Row row, double[] logarithms) {
      int[] top = top(logarithms);
      double[] ofTop = new double[top.length];
      for (int i = 0; i < top.length; i++) {
        ofTop[i] = Math.exp(logarithms[top[i]]);
      }
      return new Probabilities(
          Math.exp(logarithms[row.predicted()]), Math.exp(logarithms[row.label()]), top, ofTop);
    }

    /** The indices of the largest values; among equal values, the first ones. */
    private static int[] top(double[] values) {
      int[] top = new int[Math.min(MOST_TOP, values.length)];
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        int place = count;
        while (place > 0 && values[top[place - 1]] < values[i]) {
          place--;
        }
        if (place < top.length) {
          count = Math.min(count + 1, top.length);
          System.arraycopy(top, place, top, place + 1, count - place - 1);
          top[place] = i;
        }
      }
      return top;
    }
  }

  static PredictedImage of(PredictionsFile.Row row) {
    return new PredictedImage(
        row.label(),
        row.predicted(),
        new Predictions.Row(row.label(), row.predicted(), row.logits())
            .logProbabilities()
            .map(logarithms -> Probabilities.of(row, logarithms)));
  }

  boolean right() {
    return predicted == label;
  }

  /** The probability of the predicted class. */
  Optional<Double> confidence() {
    return probabilities.map(Probabilities::predicted);
  }
}
