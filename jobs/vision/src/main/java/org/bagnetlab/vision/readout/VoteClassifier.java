package org.bagnetlab.vision.readout;

import java.util.List;

/**
 * A linear layer on the shares of positions that predict each class, trained as a softmax
 * regression: it minimises the mean cross-entropy plus {@value #PENALTY} / 2 times the sum of
 * squared weights. It has no bias, since the shares add up to 1.
 */
public final class VoteClassifier {

  /** Factor of the penalty. */
  static final double PENALTY = 1e-4;

  /** Bound of the gradient's Lipschitz constant, since no vector of shares is longer than 1. */
  private static final double CURVATURE = 0.5 + PENALTY;

  private static final double TOLERANCE = 1e-9;
  private static final int MOST_STEPS = 20_000;

  private final double[][] weights;

  private VoteClassifier(double[][] weights) {
    this.weights = weights;
  }

  /**
   * Trains the classifier, until the gradient's norm is below {@value #TOLERANCE}. The minimum is
   * unique, so the result does not depend on a seed.
   *
   * @param votes {@link Readout#votes} of each training image
   * @param labels the class of each image
   * @param betweenSteps called between the steps, some thousands of which are needed; may throw to
   *     stop
   */
  public static VoteClassifier trained(List<double[]> votes, int[] labels, Runnable betweenSteps) {
    int classes = votes.get(0).length;
    double[][] weights = new double[classes][classes];
    double[][] ahead = new double[classes][classes];
    // Nesterov's method for strongly convex functions.
    double ratio = Math.sqrt(PENALTY / CURVATURE);
    double momentum = (1 - ratio) / (1 + ratio);
    for (int step = 0; step < MOST_STEPS; step++) {
      betweenSteps.run();
      double[][] gradient = gradient(ahead, votes, labels);
      double norm = 0;
      for (int row = 0; row < classes; row++) {
        for (int column = 0; column < classes; column++) {
          double next = ahead[row][column] - gradient[row][column] / CURVATURE;
          ahead[row][column] = next + momentum * (next - weights[row][column]);
          weights[row][column] = next;
          norm += gradient[row][column] * gradient[row][column];
        }
      }
      if (norm < TOLERANCE * TOLERANCE) {
        break;
      }
    }
    return new VoteClassifier(weights);
  }

  private static double[][] gradient(double[][] weights, List<double[]> votes, int[] labels) {
    int classes = weights.length;
    double[][] gradient = new double[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      double[] shares = votes.get(i);
      double[] errors = probabilities(weights, shares);
      errors[labels[i]] -= 1;
      for (int row = 0; row < classes; row++) {
        for (int column = 0; column < classes; column++) {
          if (shares[column] > 0) {
            gradient[row][column] += errors[row] * shares[column] / labels.length;
          }
        }
      }
    }
    for (int row = 0; row < classes; row++) {
      for (int column = 0; column < classes; column++) {
        gradient[row][column] += PENALTY * weights[row][column];
      }
    }
    return gradient;
  }

  private static double[] probabilities(double[][] weights, double[] shares) {
    double[] logits = new double[weights.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < logits.length; label++) {
      logits[label] = logit(weights[label], shares);
      largest = Math.max(largest, logits[label]);
    }
    double sum = 0;
    for (int label = 0; label < logits.length; label++) {
      logits[label] = Math.exp(logits[label] - largest);
      sum += logits[label];
    }
    for (int label = 0; label < logits.length; label++) {
      logits[label] /= sum;
    }
    return logits;
  }

  private static double logit(double[] weights, double[] shares) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        sum += weights[i] * shares[i];
      }
    }
    return sum;
  }

  /** The class of an image with these shares of votes. */
  public int predicted(double[] votes) {
    return Readout.largest(weights.length, label -> logit(weights[label], votes));
  }

  /** The weights, by class and share. */
  double[][] weights() {
    return weights;
  }
}
