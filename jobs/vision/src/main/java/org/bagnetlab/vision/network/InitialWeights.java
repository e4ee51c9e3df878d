package org.bagnetlab.vision.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;

/** Draws the initial weights of a network, which are identical for every engine. */
public final class InitialWeights {

  private InitialWeights() {}

  /** Draws the weights, by tensor name. */
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
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.initial().draw(random);
    }
    return values;
  }
}
