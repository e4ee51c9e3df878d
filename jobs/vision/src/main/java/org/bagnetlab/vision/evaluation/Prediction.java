package org.bagnetlab.vision.evaluation;

import java.util.Arrays;

/**
 * A network's result for an image.
 *
 * @param path path of the image
 * @param label class of the image
 * @param logits one logit for each class
 */
public record Prediction(String path, int label, float[] logits) {

  /** The class with the largest logit; if several are equal, the first of them. */
  public int predicted() {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  boolean correct() {
    return predicted() == label;
  }

  /** The softmax of the logits. */
  public double[] probabilities() {
    double normaliser = logarithmOfSum();
    double[] probabilities = new double[logits.length];
    Arrays.setAll(probabilities, i -> Math.exp(logits[i] - normaliser));
    return probabilities;
  }

  /** The cross-entropy in nats. */
  double loss() {
    return logarithmOfSum() - logits[label];
  }

  /**
   * The logarithm of the sum of the logits' exponentials, computed so that the exponentials cannot
   * overflow.
   */
  private double logarithmOfSum() {
    double largest = logits[predicted()];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return Math.log(sum) + largest;
  }
}
