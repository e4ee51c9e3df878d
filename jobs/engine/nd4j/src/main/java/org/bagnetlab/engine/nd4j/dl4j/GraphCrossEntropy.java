package org.bagnetlab.engine.nd4j.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The cross-entropy of rows of logits with target probabilities, both as [row, class]. */
final class GraphCrossEntropy {

  private GraphCrossEntropy() {}

  /** The mean over rows; unlike the library's, it has no largest value. */
  static double mean(INDArray logits, INDArray targets) {
    INDArray differences = logits.subColumnVector(logits.max(true, 1));
    INDArray sums = Transforms.exp(differences, true).sum(true, 1);
    INDArray logarithms = differences.subiColumnVector(Transforms.log(sums, false));
    return -logarithms.muli(targets).sumNumber().doubleValue() / logits.size(0);
  }

  /** The gradient of the sum over rows. */
  static INDArray gradientOfSum(INDArray logits, INDArray targets) {
    return Transforms.softmax(logits, true).subi(targets);
  }

  /**
   * Repeats the row of each image.
   *
   * @param times number of rows that each row becomes
   */
  static INDArray repeated(INDArray targets, long times) {
    long rows = targets.size(0);
    long classes = targets.size(1);
    return Nd4j.zeros(targets.dataType(), rows, times, classes)
        .addi(targets.reshape(rows, 1, classes))
        .reshape('c', rows * times, classes);
  }
}
