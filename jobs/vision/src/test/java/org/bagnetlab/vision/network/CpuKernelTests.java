package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.dl4j.Dl4jEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Speed changes no result: a step of training with our kernels in float32 moves every weight and
 * statistic as the engine's own layers do in double precision.
 */
class CpuKernelTests {

  private static final int BATCH = 8;

  static Stream<String> architectures() {
    return Architectures.all().stream().map(blueprint -> blueprint.name());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aStepIsThatOfTheEngineInDouble(String name) {
    Dl4jEngine engine = Dl4jEngine.start();
    Architecture architecture = Architectures.named(name).build(15, 0.25, 64);
    Result fast = train(engine, architecture);
    Result exact = train(engine.inDouble(), architecture);
    assertThat(fast.step.loss()).isCloseTo(exact.step.loss(), within(1e-5 * exact.step.loss()));
    assertThat(fast.step.correct()).isEqualTo(exact.step.correct());
    // Adam's first moment after one step is a tenth of the gradient.
    double squares = 0;
    double squaredDistances = 0;
    for (Map.Entry<String, float[]> moment : exact.optimiser.entrySet()) {
      if (moment.getKey().startsWith("adam.first/")) {
        float[] actual = Objects.requireNonNull(fast.optimiser.get(moment.getKey()));
        squares += Math.pow(norm(moment.getValue()), 2);
        squaredDistances += Math.pow(distance(moment.getValue(), actual), 2);
      }
    }
    assertThat(Math.sqrt(squaredDistances)).isLessThan(0.02 * Math.sqrt(squares));
    exact.weights.forEach(
        (tensor, values) -> {
          if (tensor.endsWith("running_mean") || tensor.endsWith("running_var")) {
            assertThat(distance(values, Objects.requireNonNull(fast.weights.get(tensor))))
                .as(tensor)
                .isLessThan(1e-3 * norm(values));
          }
        });
  }

  private record Result(Step step, Map<String, float[]> weights, Map<String, float[]> optimiser) {}

  private static Result train(Engine engine, Architecture architecture) {
    try (Network network = engine.compile(architecture, Optimiser.ADAM, 1)) {
      network.load(GoldenWeights.of(architecture));
      int[] labels = new int[BATCH];
      for (int i = 0; i < BATCH; i++) {
        labels[i] = i;
      }
      Step step = network.train(GoldenWeights.images(BATCH, 64), labels, 1e-4);
      return new Result(step, network.weights(), network.optimiser());
    }
  }

  private static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
