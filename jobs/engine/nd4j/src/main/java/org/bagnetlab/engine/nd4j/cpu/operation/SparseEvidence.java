package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.jspecify.annotations.Nullable;

/**
 * The mean absolute value of the logit map (the classifier at every position) as a part of the
 * loss. Its gradient with respect to a logit is a constant with the logit's sign. Everything that
 * depends on the features is computed right after the forward pass, since the backward pass may
 * overwrite the features.
 */
final class SparseEvidence {

  private final Crew crew;
  private final Scratch scratch;
  private final Value features;
  private final Matrix weights;
  private final FloatBuffer bias;
  private final int classes;
  private final int channels;

  /** The logits as [position, class], which are later replaced by their gradient. */
  private @Nullable Matrix logits;

  private @Nullable Matrix weightGradient;
  private float[] gradient = new float[0];
  private float[] weightValues = new float[0];

  /**
   * Whether the mean absolute value is a part of the last step's loss. Memory is allocated by the
   * first such step.
   */
  private boolean wanted;

  SparseEvidence(Crew crew, Scratch scratch, Value features, Matrix weights, FloatBuffer bias) {
    this.crew = crew;
    this.scratch = scratch;
    this.features = features;
    this.weights = weights;
    this.bias = bias;
    classes = bias.capacity();
    channels = features.channels();
  }

  /**
   * Computes the gradients of the classifier's parameters and of its logits at each position.
   *
   * @param factor factor of the mean absolute value; 0 if it is not a part of the loss
   * @return the mean absolute value without the factor; 0 if the factor is 0
   */
  double judge(double factor) {
    wanted = factor > 0;
    if (!wanted) {
      return 0;
    }
    int positions = features.positions();
    Matrix map = logits == null ? scratch.matrix(positions, classes) : logits;
    Matrix ofWeights = weightGradient == null ? scratch.matrix(classes, channels) : weightGradient;
    logits = map;
    weightGradient = ofWeights;
    crew.together(member -> classify(member, map));
    gradient = new float[positions * classes];
    map.memory().get(0, gradient);
    float[] biases = new float[classes];
    bias.get(0, biases);
    float each = (float) (factor / gradient.length);
    double sum = 0;
    for (int i = 0; i < gradient.length; i++) {
      float logit = gradient[i] + biases[i % classes];
      sum += Math.abs(logit);
      gradient[i] = each * Math.signum(logit);
    }
    map.memory().put(0, gradient);
    crew.gemm().transposedTimes(map, features.matrix(), 0, ofWeights);
    weightValues = new float[classes * channels];
    weights.memory().get(0, weightValues);
    return sum / gradient.length;
  }

  private void classify(int member, Matrix to) {
    int from = crew.start(features.positions(), member);
    int count = crew.start(features.positions(), member + 1) - from;
    Gemm.timesTransposed(features.matrix().rows(from, count), weights, to.rows(from, count));
  }

  /**
   * Sets the gradient of the classifier's weights, [class, channel], to the part that comes from
   * this loss term.
   *
   * @return whether there is such a part; otherwise the gradient is unchanged
   */
  boolean startGradient(FloatBuffer ofWeights) {
    if (!wanted || weightGradient == null) {
      return false;
    }
    ofWeights.put(0, weightGradient.memory(), 0, classes * channels);
    return true;
  }

  /**
   * The part of the gradient of the classifier's bias that comes from this loss term; zeros if it
   * is not a part of the loss.
   */
  float[] biasGradient() {
    float[] sums = new float[classes];
    for (int i = 0; wanted && i < gradient.length; i++) {
      sums[i % classes] += gradient[i];
    }
    return sums;
  }

  /**
   * Adds the part of the features' gradient that comes from this loss term.
   *
   * @param from the first position, counted over the batch
   * @param to gradient as [position, channel]
   */
  void addGradient(int from, int count, float[] to) {
    if (!wanted) {
      return;
    }
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < classes; k++) {
        float ofLogit = gradient[(from + i) * classes + k];
        for (int c = 0; c < channels; c++) {
          to[i * channels + c] += ofLogit * weightValues[k * channels + c];
        }
      }
    }
  }
}
