package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;

/**
 * An operation that computes the gradient of its weights apart from that of its input: before it,
 * and only in training.
 */
public interface WeightedOperation extends Operation {

  /**
   * Declares the values that the gradient of the weights needs at this point of the timeline,
   * before {@link #planBackward} does so for the gradient of the input.
   */
  void planWeightGradient(Timeline now, Gradients gradients);

  /** Computes the gradient of the weights from that of the output. */
  void weightGradient();
}
