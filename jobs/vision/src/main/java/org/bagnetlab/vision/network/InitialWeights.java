package org.bagnetlab.vision.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Initial;
import org.bagnetlab.vision.architecture.Tensor;

/** Draws the weights a network starts from, the same for every engine. */
public final class InitialWeights {

  private InitialWeights() {}

  /** Draws them, by tensor name. */
  public static Map<String, float[]> of(Architecture architecture, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Tensor tensor : architecture.tensors()) {
      weights.put(tensor.name(), draw(tensor, random));
    }
    return weights;
  }

  private static float[] draw(Tensor tensor, Random random) {
    float[] values = new float[Math.toIntExact(tensor.elements())];
    if (tensor.initial() instanceof Initial.Normal normal) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (normal.deviation() * random.nextGaussian());
      }
    } else if (tensor.initial() instanceof Initial.Uniform uniform) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (uniform.bound() * (2 * random.nextDouble() - 1));
      }
    } else if (tensor.initial() instanceof Initial.Constant constant) {
      Arrays.fill(values, (float) constant.value());
    }
    return values;
  }
}
