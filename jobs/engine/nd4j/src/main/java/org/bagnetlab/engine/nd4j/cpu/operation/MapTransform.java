package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.jspecify.annotations.Nullable;

/**
 * Plans the memory of an operation from one feature map to another whose gradient depends on
 * neither map.
 */
abstract class MapTransform implements Operation {

  final Value input;
  final Value output;
  private @Nullable Value outputGradient;
  private @Nullable Value inputGradient;
  private boolean accumulates;

  MapTransform(Value input, Value output) {
    this.input = input;
    this.output = output;
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(input);
    now.needs(output);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    outputGradient = gradients.of(output);
    now.needs(outputGradient);
    accumulates = gradients.isSet(input);
    inputGradient = gradients.target(input);
    now.needs(inputGradient);
  }

  /** Whether a backward pass is planned. */
  final boolean hasBackward() {
    return outputGradient != null;
  }

  final Value ofOutput() {
    return Objects.requireNonNull(outputGradient);
  }

  final Value ofInput() {
    return Objects.requireNonNull(inputGradient);
  }

  /** The output's gradient, which the backward pass reads. */
  final FeatureMap outputGradient() {
    return ofOutput().map();
  }

  /** The input's gradient, which the backward pass computes. */
  final FeatureMap inputGradient() {
    return ofInput().map();
  }

  /**
   * Whether the input's gradient already contains another operation's contribution, so that this
   * operation must add to it.
   */
  final boolean accumulates() {
    return accumulates;
  }
}
