package org.bagnetlab.vision.network;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Tensor;

/**
 * Weights and images that follow from their names alone, so that the golden numbers, computed with
 * PyTorch in double precision, need no weight files: splitmix64 from the FNV-1a hash of the name.
 */
public final class GoldenWeights {

  private GoldenWeights() {}

  public static Map<String, float[]> of(Architecture architecture) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Tensor tensor : architecture.tensors()) {
      weights.put(tensor.name(), fill("", tensor.name(), tensor.shape()));
    }
    return weights;
  }

  public static Batch images(int images, int size) {
    return images("", images, size);
  }

  /** Other images for another salt. */
  public static Batch images(String salt, int images, int size) {
    return new Batch(fill(salt, "input", List.of(images, 3, size, size)), images, 3, size, size);
  }

  private static float[] fill(String salt, String name, List<Integer> shape) {
    int elements = shape.stream().reduce(1, Math::multiplyExact);
    float[] values = new float[elements];
    long hash = hash(salt + name);
    for (int i = 0; i < elements; i++) {
      long z = hash + (i + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z = z ^ (z >>> 31);
      values[i] = (float) value(name, shape, (z >>> 40) / (double) (1 << 24));
    }
    return values;
  }

  private static double value(String name, List<Integer> shape, double u) {
    if (name.equals("input")) {
      return (2 * u - 1) * 2;
    }
    if (shape.size() == 4) {
      return (2 * u - 1) * Math.sqrt(6.0 / (shape.get(1) * shape.get(2) * shape.get(3)));
    }
    if (shape.size() == 2) {
      return (2 * u - 1) * Math.sqrt(3.0 / shape.get(1));
    }
    if (name.endsWith("bias") || name.endsWith("running_mean")) {
      return 0.2 * (u - 0.5);
    }
    boolean last = name.endsWith("bn3.weight") || name.endsWith("conv3.bn.weight");
    return (last ? 0.25 : 1) * (0.5 + u);
  }

  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }
}
