package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Targets;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the loss that depend on the logit map (the classifier at every position): the local
 * cross-entropy and the mean absolute value. Everything that depends on the features is computed
 * right after the forward pass, since the backward pass may overwrite the features.
 */
final class PositionLoss {

  private final Crew crew;
  private final Scratch scratch;
  private final Value features;
  private final Matrix weights;
  private final FloatBuffer bias;
  private final int classes;
  private final int channels;

  /** The logits as [position, class], which are later replaced by their gradient. */
  private @Nullable Matrix logits;

  /** The features as float32 if they are bfloat16. */
  private @Nullable Matrix widened;

  private @Nullable Matrix weightGradient;
  private float[] gradient = new float[0];
  private float[] weightValues = new float[0];

  /**
   * Whether the logit map is a part of the last step's loss. Memory is allocated by the first such
   * step.
   */
  private boolean wanted;

  /**
   * The values of the parts, without their factors.
   *
   * @param crossEntropy mean cross-entropy of the logits of positions; 0 if it is not used
   * @param meanEvidence mean absolute value of the logit map; 0 if it is not used
   */
  record Parts(double crossEntropy, double meanEvidence) {}

  PositionLoss(Crew crew, Scratch scratch, Value features, Matrix weights, FloatBuffer bias) {
    this.crew = crew;
    this.scratch = scratch;
    this.features = features;
    this.weights = weights;
    this.bias = bias;
    classes = bias.capacity();
    channels = features.channels();
  }

  /** Computes the gradients of the classifier's parameters and of its logits at each position. */
  Parts judge(Targets targets, Objective objective) {
    wanted = objective.usesPositions();
    if (!wanted) {
      return new Parts(0, 0);
    }
    int positions = features.positions();
    Matrix map = logits == null ? scratch.matrix(positions, classes) : logits;
    Matrix ofWeights = weightGradient == null ? scratch.matrix(classes, channels) : weightGradient;
    logits = map;
    weightGradient = ofWeights;
    Matrix all = floats();
    crew.together(member -> classify(member, all, map));
    float[] values = new float[positions * classes];
    map.memory().get(0, values);
    float[] biases = new float[classes];
    bias.get(0, biases);
    for (int i = 0; i < values.length; i++) {
      values[i] += biases[i % classes];
    }
    gradient = new float[values.length];
    double evidence =
        objective.sparsity() > 0 ? startWithEvidence(values, objective.sparsity()) : 0;
    double crossEntropy =
        objective.localShare() > 0 ? addCrossEntropy(values, targets, objective.localShare()) : 0;
    map.memory().put(0, gradient);
    Gemm.transposedTimes(map, all, 0, ofWeights);
    weightValues = new float[classes * channels];
    weights.memory().get(0, weightValues);
    return new Parts(crossEntropy, evidence);
  }

  /** Sets the gradient to that of the mean absolute value, a constant with the logit's sign. */
  private double startWithEvidence(float[] values, double factor) {
    float each = (float) (factor / values.length);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Math.abs(values[i]);
      gradient[i] = each * Math.signum(values[i]);
    }
    return sum / values.length;
  }

  private double addCrossEntropy(float[] values, Targets targets, double factor) {
    int plane = features.positions() / features.images();
    return CrossEntropy.addGradient(values, classes, plane, targets, factor, gradient);
  }

  /** The features as float32, in which losses are computed. */
  private Matrix floats() {
    if (features.type() == NumberType.FLOAT32) {
      return features.matrix();
    }
    Matrix copy = widened == null ? scratch.matrix(features.positions(), channels) : widened;
    widened = copy;
    crew.together(member -> widen(member, copy));
    return copy;
  }

  private void widen(int member, Matrix to) {
    FeatureMap from = features.map();
    float[] block = new float[Block.values(channels)];
    int end = crew.start(from.positions(), member + 1);
    for (int at = crew.start(from.positions(), member); at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), from.run(at));
      from.read(at, count, block);
      to.memory().put(at * channels, block, 0, count * channels);
      at += count;
    }
  }

  private void classify(int member, Matrix all, Matrix to) {
    int from = crew.start(features.positions(), member);
    int count = crew.start(features.positions(), member + 1) - from;
    Gemm.timesTransposed(all.rows(from, count), weights, to.rows(from, count));
  }

  /**
   * Sets the gradient of the classifier's weights, [class, channel], to the part that comes from
   * positions.
   *
   * @return whether there is such a part; otherwise the gradient is unchanged
   */
  boolean startGradient(Numbers ofWeights) {
    if (!wanted || weightGradient == null) {
      return false;
    }
    float[] values = new float[classes * channels];
    weightGradient.memory().get(0, values);
    ofWeights.put(0, values);
    return true;
  }

  /**
   * The part of the gradient of the classifier's bias that comes from positions; zeros if there is
   * none.
   */
  float[] biasGradient() {
    float[] sums = new float[classes];
    for (int i = 0; wanted && i < gradient.length; i++) {
      sums[i % classes] += gradient[i];
    }
    return sums;
  }

  /**
   * Adds the part of the features' gradient that comes from the logits of positions.
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
