package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Node;

/**
 * The weights of a network's first convolution in the layout of {@link ImageConvolution}: [out,
 * row, column, in]. Two consecutive convolutions, of which the first is 1x1, are computed as a
 * single convolution with the product of their weights; the gradients of both weights follow from
 * the chain rule.
 */
public final class StemWeights {

  private final int outputs;
  private final int middle;
  private final int inputs;
  private final int taps;
  private final Weights last;
  private final Weights first;
  private final boolean merged;
  private final Matrix values;

  /** Weights of one convolution, with their gradient. */
  private record Weights(FloatBuffer values, FloatBuffer gradient) {
    static Weights of(Parameters parameters, Node.Convolution node) {
      String tensor = node.name() + ".weight";
      return new Weights(parameters.values(tensor), parameters.gradient(tensor));
    }

    float[] read() {
      float[] read = new float[values.capacity()];
      values.get(0, read);
      return read;
    }
  }

  /**
   * Merges the weights of two convolutions.
   *
   * @param first a 1x1 convolution of the image, or {@code last} itself
   * @param type how the merged weights are stored
   */
  public StemWeights(
      Parameters parameters,
      Scratch scratch,
      Node.Convolution first,
      Node.Convolution last,
      int inputs,
      NumberType type) {
    this.merged = !first.equals(last);
    this.inputs = inputs;
    this.middle = merged ? first.channels() : inputs;
    this.outputs = last.channels();
    this.taps = last.window().kernel() * last.window().kernel();
    this.last = Weights.of(parameters, last);
    this.first = Weights.of(parameters, first);
    this.values = scratch.matrix(outputs, taps * inputs, type);
  }

  /** The weights, with a row for each output. */
  Matrix values() {
    return values;
  }

  /** Recomputes the weights from the parameters. */
  void refresh() {
    float[] w = last.read();
    float[] result = new float[outputs * taps * inputs];
    float[] before = merged ? first.read() : new float[0];
    for (int o = 0; o < outputs; o++) {
      for (int m = 0; m < middle; m++) {
        for (int t = 0; t < taps; t++) {
          float weight = w[(o * middle + m) * taps + t];
          int to = (o * taps + t) * inputs;
          if (!merged) {
            result[to + m] = weight;
            continue;
          }
          for (int i = 0; i < inputs; i++) {
            result[to + i] += weight * before[m * inputs + i];
          }
        }
      }
    }
    values.memory().put(0, result);
  }

  /** Sets the gradients of the parameters from the gradient of {@link #values}. */
  void takeGradient(float[] gradient) {
    float[] w = last.read();
    float[] ofLast = new float[w.length];
    float[] before = merged ? first.read() : new float[0];
    float[] ofFirst = new float[before.length];
    for (int o = 0; o < outputs; o++) {
      for (int m = 0; m < middle; m++) {
        for (int t = 0; t < taps; t++) {
          int from = (o * taps + t) * inputs;
          int at = (o * middle + m) * taps + t;
          if (!merged) {
            ofLast[at] = gradient[from + m];
            continue;
          }
          for (int i = 0; i < inputs; i++) {
            ofLast[at] += gradient[from + i] * before[m * inputs + i];
            ofFirst[m * inputs + i] += gradient[from + i] * w[at];
          }
        }
      }
    }
    last.gradient.put(0, ofLast);
    if (merged) {
      first.gradient.put(0, ofFirst);
    }
  }
}
