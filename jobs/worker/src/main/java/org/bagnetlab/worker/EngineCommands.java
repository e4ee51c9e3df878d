package org.bagnetlab.worker;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.dl4j.Dl4jEngine;

/** A look at the engine without a job: what it says of itself, and how fast it is. */
final class EngineCommands {

  private static final int WARM_UP = 2;

  private EngineCommands() {}

  /**
   * Runs a command.
   *
   * @param arguments {@code doctor}, or {@code bench train|infer ARCH SIZE BATCH WIDTH ITERATIONS}
   * @return an object for JSON
   */
  static Object run(String[] arguments) {
    return switch (arguments[0]) {
      case "doctor" -> Dl4jEngine.start().facts();
      case "bench" ->
          bench(
              arguments[1],
              arguments[2],
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]),
              Double.parseDouble(arguments[5]),
              Integer.parseInt(arguments[6]));
      default -> throw new IllegalArgumentException("unknown command " + arguments[0]);
    };
  }

  private static Map<String, Object> bench(
      String operation, String name, int size, int batch, double width, int iterations) {
    Engine engine = Dl4jEngine.start();
    EngineFacts facts = engine.facts();
    Architecture architecture = Architectures.named(name).build(15, width, size);
    Batch images = new Batch(new float[batch * 3 * size * size], batch, 3, size, size);
    for (int i = 0; i < images.values().length; i++) {
      images.values()[i] = (i * 31 % 255) / 127f - 1;
    }
    int[] labels = new int[batch];
    Arrays.setAll(labels, i -> i % 15);
    double[] rates = new double[iterations];
    try (Network network = engine.compile(architecture, Optimiser.ADAM, 1)) {
      for (int i = -WARM_UP; i < iterations; i++) {
        long start = System.nanoTime();
        if (operation.equals("train")) {
          network.train(images, labels, 1e-4);
        } else {
          network.logits(images);
        }
        if (i >= 0) {
          rates[i] = batch / ((System.nanoTime() - start) / 1e9);
        }
      }
    }
    Arrays.sort(rates);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("operation", operation);
    result.put("architecture", name);
    result.put("size", size);
    result.put("batch", batch);
    result.put("width", width);
    result.put("threads", facts.threads());
    result.put("iterations", iterations);
    result.put("imagesPerSecond", rates[iterations / 2]);
    result.put("fastPath", facts.fastPath());
    return result;
  }
}
