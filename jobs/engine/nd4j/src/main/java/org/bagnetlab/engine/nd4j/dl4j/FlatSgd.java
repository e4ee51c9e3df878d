package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Map;
import org.bagnetlab.vision.network.Optimiser;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stochastic gradient descent as in {@link Optimiser#SGD}: v = 0.9 v + g, and a step is the
 * learning rate times v.
 */
final class FlatSgd extends FlatOptimiser {

  private final INDArray velocity = zeros();
  private int steps;

  FlatSgd(INDArray parameters, INDArray statistics) {
    super(parameters, statistics);
  }

  @Override
  void toStep(INDArray gradient, double learningRate) {
    velocity.muli(Optimiser.MOMENTUM).addi(gradient);
    gradient.assign(velocity).muli(learningRate);
    steps++;
  }

  @Override
  Map<String, INDArray> moments() {
    return Map.of(Optimiser.SGD.moments().get(0), velocity);
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
