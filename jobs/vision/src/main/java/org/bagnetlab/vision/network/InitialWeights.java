package org.bagnetlab.vision.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * The weights a network starts from, the same for every engine: convolutions from a normal
 * distribution with deviation sqrt(2 / (kernel area * outputs)), batch norms the identity, the
 * linear layer uniform within 1 / sqrt(inputs). As in the original BagNets and PyTorch.
 */
public final class InitialWeights {

  private InitialWeights() {}

  /** Draws them, by tensor name. */
  public static Map<String, float[]> of(Architecture architecture, long seed) {
    Random random = new Random(seed);
    String classifier = architecture.classifier().name();
    int features = 0;
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Tensor tensor : architecture.tensors()) {
      float[] values = new float[Math.toIntExact(tensor.elements())];
      List<Integer> shape = tensor.shape();
      if (shape.size() == 4) {
        double deviation = Math.sqrt(2.0 / (shape.get(2) * shape.get(3) * shape.get(0)));
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * random.nextGaussian());
        }
      } else if (tensor.name().startsWith(classifier + ".")) {
        features = shape.size() == 2 ? shape.get(1) : features;
        double bound = 1 / Math.sqrt(features);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
      } else if (tensor.name().endsWith(".weight") || tensor.name().endsWith(".running_var")) {
        Arrays.fill(values, 1);
      }
      weights.put(tensor.name(), values);
    }
    return weights;
  }
}
