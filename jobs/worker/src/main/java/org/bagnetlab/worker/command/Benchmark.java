package org.bagnetlab.worker.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.engine.PeakMemory;

/**
 * Measures the engine's speed: the median over equal pieces of work, after a warm-up; or, in turns
 * with other programs, the mean over the pieces of each turn.
 */
final class Benchmark {

  private static final int CLASSES = 15;

  /** Number of pieces of work before the measured ones. */
  private static final int WARM_UP = 2;

  /** Minimum duration of the warm-up, during which Java compiles code. */
  private static final double WARM_UP_SECONDS = 5;

  private final EngineRequest.Bench request;
  private final EngineCommands.Progress progress;

  private Benchmark(EngineRequest.Bench request, EngineCommands.Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  static Map<String, Object> run(EngineRequest.Bench request, EngineCommands.Progress progress) {
    Benchmark benchmark = new Benchmark(request, progress);
    Engine engine = LocalEngine.start(request.precision());
    try (Network network = benchmark.network(engine)) {
      double seconds = median(benchmark.seconds(benchmark.work(network)));
      return benchmark.result(seconds, request.iterations(), engine, network);
    }
  }

  /**
   * Measures the same in turns.
   *
   * @param turns the seconds of each turn; 0 is the end
   * @param say receives the result of each turn
   */
  static void inTurns(
      EngineRequest.Bench request, BlockingQueue<String> turns, Consumer<Map<String, Object>> say)
      throws InterruptedException {
    Benchmark benchmark = new Benchmark(request, (done, total) -> {});
    Engine engine = LocalEngine.start(request.precision());
    try (Network network = benchmark.network(engine)) {
      Runnable work = benchmark.work(network);
      for (double most = seconds(turns); most > 0; most = seconds(turns)) {
        int pieces = 0;
        long start = System.nanoTime();
        double seconds = 0;
        while (seconds < most) {
          work.run();
          pieces++;
          seconds = (System.nanoTime() - start) / 1e9;
        }
        say.accept(benchmark.result(seconds / pieces, pieces, engine, network));
      }
    }
  }

  /** Measures each operation of training steps. */
  static StepProfile profile(EngineRequest.Bench request) {
    Benchmark benchmark = new Benchmark(request, (done, total) -> {});
    Engine engine = LocalEngine.start(request.precision());
    try (Network network = benchmark.network(engine)) {
      return network
          .profile(benchmark.images(), benchmark.labels(), request.iterations())
          .orElseThrow(() -> new NoProfile(engine.facts().engine()));
    }
  }

  private static double seconds(BlockingQueue<String> turns) throws InterruptedException {
    return Double.parseDouble(turns.take());
  }

  private Network network(Engine engine) {
    Architecture architecture =
        Architectures.named(request.architecture()).build(CLASSES, request.width(), request.size());
    return engine.compile(architecture, Optimiser.ADAM, 1);
  }

  private Runnable work(Network network) {
    Batch images = images();
    int[] labels = labels();
    return switch (request.operation()) {
      case TRAIN -> () -> network.train(images, labels, 1e-4).loss();
      case INFER -> () -> network.logits(images);
      case HEATMAP -> () -> Heatmap.of(network, images, List.of(0), request.stride(), parts -> {});
    };
  }

  /** Number of images of one piece of work. */
  private int batch() {
    return request.operation() == EngineRequest.Operation.HEATMAP ? 1 : request.batch();
  }

  private double[] seconds(Runnable work) {
    double[] seconds = new double[request.iterations()];
    double warmUp = 0;
    for (int i = 0; i < WARM_UP || warmUp < WARM_UP_SECONDS; i++) {
      warmUp += seconds(work, 0);
    }
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = seconds(work, i);
    }
    return seconds;
  }

  private double seconds(Runnable work, int done) {
    progress.report(done, request.iterations());
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private Map<String, Object> result(
      double seconds, int iterations, Engine engine, Network network) {
    EngineFacts facts = engine.facts();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("operation", request.operation());
    result.put("architecture", request.architecture());
    result.put("size", request.size());
    result.put("batch", batch());
    result.put("width", request.width());
    result.put("precision", request.precision());
    result.put("engine", facts.engine());
    result.put("device", facts.device());
    result.put("threads", facts.threads());
    result.put("iterations", iterations);
    if (request.operation() == EngineRequest.Operation.HEATMAP) {
      result.put("stride", request.stride());
      result.put("secondsPerImage", seconds);
    } else {
      result.put("imagesPerSecond", batch() / seconds);
    }
    PeakMemory.ofProcess()
        .ifPresent(bytes -> result.put("peakMemoryMb", PeakMemory.megabytes(bytes)));
    engine
        .peakDeviceMemory()
        .ifPresent(bytes -> result.put("peakDeviceMemoryMb", PeakMemory.megabytes(bytes)));
    result.put("fastPath", facts.fastPath());
    if (request.plan()) {
      network.memoryPlan().ifPresent(plan -> result.put("memoryPlan", plan));
    }
    return result;
  }

  private int[] labels() {
    int[] labels = new int[batch()];
    Arrays.setAll(labels, i -> i % CLASSES);
    return labels;
  }

  private Batch images() {
    int count = batch();
    int size = request.size();
    float[] values = new float[count * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 255) / 127f - 1;
    }
    return new Batch(values, count, 3, size, size);
  }
}
