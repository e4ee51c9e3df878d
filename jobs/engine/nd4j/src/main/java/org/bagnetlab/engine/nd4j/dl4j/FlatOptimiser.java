package org.bagnetlab.engine.nd4j.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.Update;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;

/**
 * An optimiser over the flat array of all parameters.
 *
 * <p>The running statistics of batch norms are in the same array. The engine returns the change of
 * the statistics as a gradient, which is subtracted unchanged.
 */
final class FlatOptimiser implements AutoCloseable {

  private final Optimiser rule;
  private final INDArray parameters;
  private final INDArray statistics;
  private final List<INDArrayIndex> decaying;
  private final Map<String, INDArray> moments = new LinkedHashMap<>();
  private int steps;

  /**
   * Creates an optimiser with an empty state.
   *
   * @param parameters flat parameters, updated in place
   * @param statistics mask of the same shape: 1 at running statistics, 0 elsewhere
   * @param decaying the ranges of parameters to which weight decay applies
   */
  FlatOptimiser(
      Optimiser rule, INDArray parameters, INDArray statistics, List<INDArrayIndex> decaying) {
    this.rule = rule;
    this.parameters = parameters.reshape(parameters.length());
    this.statistics = statistics.reshape(parameters.length());
    this.decaying = List.copyOf(decaying);
    for (String name : rule.moments()) {
      moments.put(name, Nd4j.zeros(parameters.dataType(), parameters.length()));
    }
  }

  /**
   * Makes one step.
   *
   * @param gradients gradients summed over the batch; overwritten
   * @param images number of images of the batch
   */
  void step(INDArray gradients, int images, Update update) {
    double learningRate = update.learningRate();
    INDArray gradient = gradients.reshape(gradients.length());
    try (INDArray change = gradient.mul(statistics)) {
      gradient.subi(change).divi(images);
      if (update.clipNorm() > 0) {
        clip(gradient, update.clipNorm());
      }
      if (update.weightDecay() > 0) {
        decay(gradient, update);
      }
      switch (rule) {
        case ADAM, ADAMW -> adam(gradient, learningRate);
        case SGD -> sgd(gradient, learningRate);
        case NESTEROV -> nesterov(gradient, learningRate);
      }
      parameters.subi(gradient).subi(change);
    }
    steps++;
  }

  /** Scales the gradients down to a norm, as PyTorch's clip_grad_norm_ does. */
  private static void clip(INDArray gradient, double largest) {
    double norm = gradient.norm2Number().doubleValue();
    double scale = largest / (norm + Update.CLIP_EPSILON);
    if (scale < 1) {
      gradient.muli(scale);
    }
  }

  /** Adds the decay to the gradients, or, for AdamW, applies it to the parameters themselves. */
  private void decay(INDArray gradient, Update update) {
    for (INDArrayIndex range : decaying) {
      INDArray weights = parameters.get(range);
      if (rule == Optimiser.ADAMW) {
        weights.muli(1 - update.learningRate() * update.weightDecay());
      } else {
        gradient.get(range).addi(weights.mul(update.weightDecay()));
      }
    }
  }

  /** Replaces the gradient by the step to subtract from the parameters. */
  private void adam(INDArray gradient, double learningRate) {
    // The library adds epsilon before the bias correction, PyTorch after it. With PyTorch's epsilon
    // times c = sqrt(1 - beta2^t), both compute m / (sqrt(v) + epsilon c).
    double epsilon = Optimiser.EPSILON * Math.sqrt(1 - Math.pow(Optimiser.BETA2, steps + 1));
    Nd4j.exec(
        new AdamUpdater(
            gradient,
            moment(1),
            moment(0),
            learningRate,
            Optimiser.BETA1,
            Optimiser.BETA2,
            epsilon,
            steps));
  }

  private void sgd(INDArray gradient, double learningRate) {
    moment(0).muli(Optimiser.MOMENTUM).addi(gradient);
    gradient.assign(moment(0)).muli(learningRate);
  }

  private void nesterov(INDArray gradient, double learningRate) {
    INDArray velocity = moment(0).muli(Optimiser.MOMENTUM).addi(gradient);
    gradient.addi(velocity.mul(Optimiser.MOMENTUM)).muli(learningRate);
  }

  private INDArray moment(int index) {
    return Objects.requireNonNull(moments.get(rule.moments().get(index)));
  }

  /** The moments on which later steps depend, by name. */
  Map<String, INDArray> moments() {
    return moments;
  }

  /** The number of steps since the start or the last reset. */
  int steps() {
    return steps;
  }

  /** Sets the number of steps made so far, to continue from there. */
  void continueAfter(int made) {
    steps = made;
  }

  /** Resets the moments. */
  void reset() {
    moments.values().forEach(moment -> moment.assign(0));
    steps = 0;
  }

  @Override
  public void close() {
    statistics.close();
    moments.values().forEach(INDArray::close);
  }
}
