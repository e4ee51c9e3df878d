package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Map;
import org.bagnetlab.vision.network.Optimiser;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Adam as in {@link Optimiser#ADAM}. */
final class FlatAdam extends FlatOptimiser {

  private final INDArray first = zeros();
  private final INDArray second = zeros();
  private int steps;

  FlatAdam(INDArray parameters, INDArray statistics) {
    super(parameters, statistics);
  }

  @Override
  void toStep(INDArray gradient, double learningRate) {
    // The library adds epsilon before the bias correction, PyTorch after it. With PyTorch's epsilon
    // times c = sqrt(1 - beta2^t), both are m / (sqrt(v) + epsilon c).
    double epsilon = Optimiser.EPSILON * Math.sqrt(1 - Math.pow(Optimiser.BETA2, steps + 1));
    Nd4j.exec(
        new AdamUpdater(
            gradient,
            second,
            first,
            learningRate,
            Optimiser.BETA1,
            Optimiser.BETA2,
            epsilon,
            steps));
    steps++;
  }

  @Override
  Map<String, INDArray> moments() {
    return Map.of(Optimiser.ADAM.moments().get(0), first, Optimiser.ADAM.moments().get(1), second);
  }

  @Override
  int steps() {
    return steps;
  }

  @Override
  void continueAfter(int made) {
    steps = made;
  }
}
