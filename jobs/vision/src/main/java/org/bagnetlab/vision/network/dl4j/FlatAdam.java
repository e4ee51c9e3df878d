package org.bagnetlab.vision.network.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba 2015) over the flat array of all parameters, without weight decay. Epsilon is
 * added before the bias correction, as libnd4j does.
 *
 * <p>The running statistics of batch norm lie in the same array. The engine gives their change as a
 * gradient, which is subtracted as it is.
 */
final class FlatAdam implements AutoCloseable {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final INDArray parameters;
  private final INDArray statistics;
  private final INDArray first;
  private final INDArray second;
  private int steps;

  /**
   * Starts with empty moments.
   *
   * @param parameters flat, updated in place
   * @param statistics of the same shape: 1 at running statistics, 0 elsewhere
   */
  FlatAdam(INDArray parameters, INDArray statistics) {
    this.parameters = parameters.reshape(parameters.length());
    this.statistics = statistics.reshape(parameters.length());
    this.first = Nd4j.zeros(parameters.dataType(), parameters.length());
    this.second = Nd4j.zeros(parameters.dataType(), parameters.length());
  }

  /**
   * Makes one step.
   *
   * @param gradients summed over the batch; overwritten
   * @param images of the batch
   */
  void step(INDArray gradients, int images, double learningRate) {
    INDArray gradient = gradients.reshape(gradients.length());
    try (INDArray change = gradient.mul(statistics)) {
      gradient.subi(change).divi(images);
      Nd4j.exec(
          new AdamUpdater(gradient, second, first, learningRate, BETA1, BETA2, EPSILON, steps));
      steps++;
      parameters.subi(gradient).subi(change);
    }
  }

  void reset() {
    first.assign(0);
    second.assign(0);
    steps = 0;
  }

  Map<String, float[]> state() {
    return Map.of(
        "adam.first", first.toFloatVector(),
        "adam.second", second.toFloatVector(),
        "adam.steps", new float[] {steps});
  }

  void load(Map<String, float[]> state) {
    assign(first, state, "adam.first");
    assign(second, state, "adam.second");
    steps = (int) values(state, "adam.steps")[0];
  }

  private static void assign(INDArray target, Map<String, float[]> state, String name) {
    float[] values = values(state, name);
    if (values.length != target.length()) {
      throw new IllegalArgumentException(
          "%s has %d values, not %d.".formatted(name, values.length, target.length()));
    }
    try (INDArray array = Nd4j.createFromArray(values)) {
      target.assign(array.castTo(target.dataType()));
    }
  }

  private static float[] values(Map<String, float[]> state, String name) {
    float[] values = state.get(name);
    if (values == null) {
      throw new IllegalArgumentException("The optimiser's state has no " + name + ".");
    }
    return values;
  }

  @Override
  public void close() {
    statistics.close();
    first.close();
    second.close();
  }
}
