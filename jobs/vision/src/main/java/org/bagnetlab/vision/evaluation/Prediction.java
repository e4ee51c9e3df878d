package org.bagnetlab.vision.evaluation;

/**
 * What a network says of an image.
 *
 * @param path the image
 * @param label its class
 * @param logits one for each class
 */
public record Prediction(String path, int label, float[] logits) {

  /** The class of the largest logit; of equal ones the first. */
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

  /** Cross-entropy in nats. */
  double loss() {
    double largest = logits[predicted()];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return Math.log(sum) + largest - logits[label];
  }
}
