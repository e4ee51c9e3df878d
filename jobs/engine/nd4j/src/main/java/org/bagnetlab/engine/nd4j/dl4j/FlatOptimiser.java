package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Map;
import org.bagnetlab.vision.network.Optimiser;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An optimiser over the flat array of all parameters.
 *
 * <p>The running statistics of batch norms are in the same array. The engine returns their change
 * as a gradient, which is subtracted unchanged.
 */
abstract sealed class FlatOptimiser implements AutoCloseable permits FlatAdam, FlatSgd {

  private final INDArray parameters;
  private final INDArray statistics;

  FlatOptimiser(INDArray parameters, INDArray statistics) {
    this.parameters = parameters.reshape(parameters.length());
    this.statistics = statistics.reshape(parameters.length());
  }

  /**
   * Starts with an empty state.
   *
   * @param parameters flat parameters, updated in place
   * @param statistics mask of the same shape: 1 at running statistics, 0 elsewhere
   */
  static FlatOptimiser of(Optimiser rule, INDArray parameters, INDArray statistics) {
    return switch (rule) {
      case ADAM -> new FlatAdam(parameters, statistics);
      case SGD -> new FlatSgd(parameters, statistics);
    };
  }

  /**
   * Makes one step.
   *
   * @param gradients gradients summed over the batch; overwritten
   * @param images number of images of the batch
   */
  final void step(INDArray gradients, int images, double learningRate) {
    INDArray gradient = gradients.reshape(gradients.length());
    try (INDArray change = gradient.mul(statistics)) {
      gradient.subi(change).divi(images);
      toStep(gradient, learningRate);
      parameters.subi(gradient).subi(change);
    }
  }

  /** Replaces the gradient by the step to subtract from the parameters. */
  abstract void toStep(INDArray gradient, double learningRate);

  /** The moments by name, which later steps depend on. */
  abstract Map<String, INDArray> moments();

  /** The number of steps since the start or the last reset. */
  abstract int steps();

  /** Sets the number of steps, to continue from there. */
  abstract void continueAfter(int steps);

  /** Allocates zeros, one for each parameter value. */
  final INDArray zeros() {
    return Nd4j.zeros(parameters.dataType(), parameters.length());
  }

  /** Resets the moments. */
  final void reset() {
    moments().values().forEach(moment -> moment.assign(0));
    continueAfter(0);
  }

  @Override
  public final void close() {
    statistics.close();
    moments().values().forEach(INDArray::close);
  }
}
