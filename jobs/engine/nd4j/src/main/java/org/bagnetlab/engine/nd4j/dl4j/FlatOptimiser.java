package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Map;
import org.bagnetlab.vision.network.Optimiser;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An optimiser over the flat array of all parameters.
 *
 * <p>The running statistics of batch norm lie in the same array. The engine gives their change as a
 * gradient, which is subtracted unchanged.
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
   * @param parameters flat, updated in place
   * @param statistics of the same shape: 1 at running statistics, 0 elsewhere
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
   * @param gradients summed over the batch; overwritten
   * @param images of the batch
   */
  final void step(INDArray gradients, int images, double learningRate) {
    INDArray gradient = gradients.reshape(gradients.length());
    try (INDArray change = gradient.mul(statistics)) {
      gradient.subi(change).divi(images);
      toStep(gradient, learningRate);
      parameters.subi(gradient).subi(change);
    }
  }

  /** Puts what is to be subtracted from the parameters in the place of their gradient. */
  abstract void toStep(INDArray gradient, double learningRate);

  /** Values of each parameter that later steps depend on, by name. */
  abstract Map<String, INDArray> moments();

  /** Steps since the start or the last reset. */
  abstract int steps();

  /** Goes on as after so many steps. */
  abstract void continueAfter(int steps);

  /** New memory for a value of each parameter, all 0. */
  final INDArray zeros() {
    return Nd4j.zeros(parameters.dataType(), parameters.length());
  }

  /** Forgets all earlier gradients. */
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
