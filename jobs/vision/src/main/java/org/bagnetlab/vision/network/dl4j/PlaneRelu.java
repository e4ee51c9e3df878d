package org.bagnetlab.vision.network.dl4j;

import java.io.Serial;
import java.nio.FloatBuffer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * max(0, x) of float32 feature maps on a CPU, on all cores. The engine's own backward pass takes as
 * long as a convolution; other arrays are left to it.
 */
final class PlaneRelu extends BaseActivationFunction {

  @Serial private static final long serialVersionUID = 1;

  /** Values worked on at a time: they fit the fastest cache, twice. */
  private static final int CHUNK = 2048;

  private static final ActivationReLU ENGINE = new ActivationReLU();

  @Override
  public INDArray getActivation(INDArray x, boolean training) {
    return ENGINE.getActivation(x, training);
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray x, INDArray error) {
    if (!Nd4j.getEnvironment().isCPU()
        || x.dataType() != DataType.FLOAT
        || PlaneMemory.plain(x) != x
        || PlaneMemory.plain(error) != error) {
      return ENGINE.backprop(x, error);
    }
    FloatBuffer values = PlaneMemory.buffer(x);
    FloatBuffer gradients = PlaneMemory.buffer(error);
    int length = Math.toIntExact(x.length());
    PlaneMemory.forEach(
        (length + CHUNK - 1) / CHUNK,
        chunk -> {
          float[] v = new float[CHUNK];
          float[] g = new float[CHUNK];
          int from = chunk * CHUNK;
          int count = Math.min(CHUNK, length - from);
          values.get(from, v, 0, count);
          gradients.get(from, g, 0, count);
          for (int i = 0; i < count; i++) {
            g[i] = v[i] > 0 ? g[i] : 0;
          }
          // Into x, as the engine does: it is not needed again, the error above may be.
          values.put(from, g, 0, count);
        });
    return Pair.of(x, null);
  }

  @Override
  public String toString() {
    return "relu";
  }
}
