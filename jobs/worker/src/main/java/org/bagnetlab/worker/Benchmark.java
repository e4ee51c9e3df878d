package org.bagnetlab.worker;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;

/** Measures how fast the engine is. */
final class Benchmark {

  private static final int WARM_UP = 2;
  private static final int CLASSES = 15;

  private Benchmark() {}

  /** The median rate of a number of equal batches, after warm-up. */
  static Map<String, Object> run(EngineRequest.Bench request) {
    Engine engine = LocalEngine.start();
    EngineFacts facts = engine.facts();
    double[] rates = new double[request.iterations()];
    Architecture architecture =
        Architectures.named(request.architecture()).build(CLASSES, request.width(), request.size());
    Batch images = images(request.batch(), request.size());
    int[] labels = new int[request.batch()];
    Arrays.setAll(labels, i -> i % CLASSES);
    try (Network network = engine.compile(architecture, Optimiser.ADAM, 1)) {
      for (int i = -WARM_UP; i < rates.length; i++) {
        long start = System.nanoTime();
        switch (request.operation()) {
          case TRAIN -> network.train(images, labels, 1e-4);
          case INFER -> network.logits(images);
        }
        if (i >= 0) {
          rates[i] = request.batch() / ((System.nanoTime() - start) / 1e9);
        }
      }
    }
    Arrays.sort(rates);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("operation", request.operation());
    result.put("architecture", request.architecture());
    result.put("size", request.size());
    result.put("batch", request.batch());
    result.put("width", request.width());
    result.put("threads", facts.threads());
    result.put("iterations", request.iterations());
    result.put("imagesPerSecond", rates[rates.length / 2]);
    result.put("fastPath", facts.fastPath());
    return result;
  }

  private static Batch images(int count, int size) {
    float[] values = new float[count * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 255) / 127f - 1;
    }
    return new Batch(values, count, 3, size, size);
  }
}
