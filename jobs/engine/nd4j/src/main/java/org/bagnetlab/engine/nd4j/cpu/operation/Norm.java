package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.ChannelSums;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Node;

/**
 * The statistics and parameters of one batch normalisation. For each channel, it transforms values
 * z to a z + b, and gradients g of the results to a g + b z + k.
 */
public final class Norm {

  private static final double EPSILON = 1e-5;

  /** Number of positions whose mean is subtracted from all values, so that squares stay small. */
  private static final int SAMPLE = 16;

  private final int channels;
  private final double momentum;
  private final FloatBuffer scale;
  private final FloatBuffer shift;
  private final FloatBuffer runningMean;
  private final FloatBuffer runningVariance;
  private final FloatBuffer scaleGradient;
  private final FloatBuffer shiftGradient;

  private final ChannelSums[] sums;
  private final float[][] blocks;
  private final float[] center;
  private final float[] inverse;
  private final float[] gamma;
  private final float[] beta;
  private final float[] used;

  /** Coefficients of the forward pass. */
  final float[] a;

  final float[] b;

  /** Coefficients of the backward pass. */
  final float[] ofGradient;

  final float[] ofValue;
  final float[] constant;

  public Norm(Node.BatchNorm node, int channels, Parameters parameters, Crew crew) {
    this.channels = channels;
    this.momentum = node.momentum();
    scale = parameters.values(node.name() + ".weight");
    shift = parameters.values(node.name() + ".bias");
    runningMean = parameters.values(node.name() + ".running_mean");
    runningVariance = parameters.values(node.name() + ".running_var");
    scaleGradient = parameters.gradient(node.name() + ".weight");
    shiftGradient = parameters.gradient(node.name() + ".bias");
    sums = new ChannelSums[crew.members()];
    blocks = new float[crew.members()][Block.values(channels)];
    for (int member = 0; member < sums.length; member++) {
      sums[member] = new ChannelSums(crew.loops(), channels);
    }
    int period = Block.period(channels);
    center = new float[period];
    a = new float[period];
    b = new float[period];
    ofGradient = new float[period];
    ofValue = new float[period];
    constant = new float[period];
    inverse = new float[channels];
    gamma = new float[channels];
    beta = new float[channels];
    used = new float[channels];
  }

  /** Computes the coefficients from the running statistics. */
  void useRunningStatistics() {
    scale.get(0, gamma);
    shift.get(0, beta);
    runningMean.get(0, center, 0, channels);
    runningVariance.get(0, used);
    prepare();
  }

  /** Chooses a centre near the batch's mean. Called before {@link #measure}. */
  void beginMeasuring(FeatureMap map) {
    int count = Math.min(SAMPLE, map.run(0));
    count = Math.min(count, Block.positions(channels));
    float[] block = blocks[0];
    map.read(0, count, block);
    for (int c = 0; c < channels; c++) {
      float sum = 0;
      for (int i = 0; i < count; i++) {
        sum += block[i * channels + c];
      }
      center[c] = sum / count;
    }
    Block.repeat(center, channels);
  }

  /** Measures one member's share of the positions. */
  void measure(FeatureMap map, int from, int to, int member) {
    ChannelSums mine = sums[member];
    float[] block = blocks[member];
    mine.clear();
    int most = Block.positions(channels);
    for (int at = from; at < to; ) {
      int count = Math.min(Math.min(most, to - at), map.run(at));
      map.read(at, count, block);
      mine.addDeviations(block, count * channels, center);
      at += count;
    }
    mine.flush();
  }

  /** Computes the coefficients from the batch's statistics, and updates the running statistics. */
  void endMeasuring(int positions) {
    scale.get(0, gamma);
    shift.get(0, beta);
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      for (ChannelSums each : sums) {
        sum += each.first(c);
        squares += each.second(c);
      }
      double deviation = sum / positions;
      double variance = Math.max(0, squares / positions - deviation * deviation);
      center[c] = (float) (center[c] + deviation);
      used[c] = (float) variance;
      // As in PyTorch, the running variance is updated with the unbiased variance.
      double unbiased = variance * positions / Math.max(1, positions - 1);
      runningMean.put(c, (float) ((1 - momentum) * runningMean.get(c) + momentum * center[c]));
      runningVariance.put(
          c, (float) ((1 - momentum) * runningVariance.get(c) + momentum * unbiased));
    }
    prepare();
  }

  private void prepare() {
    for (int c = 0; c < channels; c++) {
      inverse[c] = (float) (1 / Math.sqrt(used[c] + EPSILON));
      a[c] = gamma[c] * inverse[c];
      b[c] = beta[c] - a[c] * center[c];
    }
    Block.repeat(center, channels);
    Block.repeat(a, channels);
    Block.repeat(b, channels);
  }

  void beginGradient(int member) {
    sums[member].clear();
  }

  /** Adds gradients of normalised values; z are the values before normalisation. */
  void addGradient(float[] g, float[] z, int length, int member) {
    sums[member].addProducts(g, z, length, center);
  }

  void endGradient(int member) {
    sums[member].flush();
  }

  /** Sets the gradients of scale and shift, and the coefficients of the backward pass. */
  void prepareBackward(int positions) {
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double product = 0;
      for (ChannelSums each : sums) {
        sum += each.first(c);
        product += each.second(c);
      }
      shiftGradient.put(c, (float) sum);
      scaleGradient.put(c, (float) (product * inverse[c]));
      // The result is the gradient minus its projections onto 1 and onto the normalised values.
      double factor = (double) gamma[c] * inverse[c];
      double ofZ = -factor * product * inverse[c] * inverse[c] / positions;
      ofGradient[c] = (float) factor;
      ofValue[c] = (float) ofZ;
      constant[c] = (float) (-factor * sum / positions - ofZ * center[c]);
    }
    Block.repeat(ofGradient, channels);
    Block.repeat(ofValue, channels);
    Block.repeat(constant, channels);
  }

  int channels() {
    return channels;
  }
}
