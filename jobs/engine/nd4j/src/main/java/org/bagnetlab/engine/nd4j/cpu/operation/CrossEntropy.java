package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.vision.network.Targets;

/** The cross-entropy of logits with the targets of their images. */
final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * Computes the mean cross-entropy of rows of logits, and adds its gradient, times a factor, to
   * another gradient.
   *
   * @param logits logits as [row, class]
   * @param rowsOfImage number of successive rows that belong to an image
   * @param gradient the gradient with respect to the logits, to which is added
   */
  static double addGradient(
      float[] logits,
      int classes,
      int rowsOfImage,
      Targets targets,
      double factor,
      float[] gradient) {
    int rows = logits.length / classes;
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      int image = row / rowsOfImage;
      int from = row * classes;
      double largest = logits[from + largest(logits, from, classes)];
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[from + k] - largest);
      }
      for (int k = 0; k < classes; k++) {
        double target = targets.probability(image, k, classes);
        double probability = Math.exp(logits[from + k] - largest) / sum;
        gradient[from + k] += (float) ((probability - target) * factor / rows);
        if (target > 0) {
          loss += target * (Math.log(sum) + largest - logits[from + k]);
        }
      }
    }
    return loss / rows;
  }

  /** The class with the largest logit in a row that starts at an index. */
  static int largest(float[] logits, int from, int classes) {
    int best = 0;
    for (int k = 0; k < classes; k++) {
      best = logits[from + k] > logits[from + best] ? k : best;
    }
    return best;
  }
}
