package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Tensor;

/** What comparisons of an engine with {@link Golden} numbers have in common. */
abstract class GoldenComparison {

  /** Rounding to float32 moves a value by at most this share of it. */
  static final double FLOAT = 6e-8;

  private static final int STEPS = 5;

  /** The engine that is compared. */
  protected abstract Engine engine();

  protected static Stream<String> architectures() {
    return TestedNetworks.names();
  }

  protected static Stream<String> bagNets() {
    return TestedNetworks.bagNets();
  }

  static void assertMap(LogitMap map, Golden golden, double tolerance) {
    for (int row = 0; row < map.height(); row++) {
      double[][] expected = golden.rows("/maps/strided_logit_map/values/" + row);
      assertThat(expected).hasNumberOfRows(map.width());
      for (int column = 0; column < map.width(); column++) {
        for (int label = 0; label < Golden.CLASSES; label++) {
          double logit = expected[column][label];
          assertThat((double) map.at(0, label, row, column))
              .isCloseTo(logit, within(tolerance + FLOAT * Math.abs(logit)));
        }
      }
    }
  }

  /** Adam's first moment after one step is a tenth of the gradient. */
  static void assertGradients(
      Network network, Golden golden, String name, DoubleUnaryOperator tolerance) {
    Map<String, float[]> state = network.optimiser();
    for (Tensor tensor : learnt(name)) {
      double expected = gradientNorm(golden, tensor);
      assertThat(10 * norm(state, "adam.first/" + tensor.name()))
          .as(tensor.name())
          .isCloseTo(expected, within(tolerance.applyAsDouble(expected)));
    }
  }

  /** The logits afterwards show the weights and the running statistics. */
  final void fiveSteps(
      String name,
      Optimiser optimiser,
      double rate,
      String entry,
      double lossTolerance,
      double logitTolerance)
      throws IOException {
    Golden golden = Golden.of(name);
    double[] losses = golden.numbers("/train/" + entry + "/losses");
    try (Network network = training(golden, name, optimiser)) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(train(network, golden, rate).loss())
            .as("loss after %d steps", step)
            .isCloseTo(losses[step], within(lossTolerance * losses[step]));
        if (step == 0 && optimiser == Optimiser.ADAM) {
          // A bias before a batch norm has no gradient but that of rounding.
          assertGradients(network, golden, name, norm -> (2e-8 + FLOAT) * norm + 1e-12);
        }
      }
      assertLogits(
          network.logits(images(golden)),
          golden.rows("/train/" + entry + "/eval_logits_after"),
          logitTolerance);
    }
  }

  static void assertLogits(float[][] actual, double[][] expected, double tolerance) {
    assertThat(actual).hasNumberOfRows(expected.length);
    for (int image = 0; image < expected.length; image++) {
      for (int label = 0; label < Golden.CLASSES; label++) {
        double logit = expected[image][label];
        assertThat((double) actual[image][label])
            .as("image %d, class %d", image, label)
            .isCloseTo(logit, within(tolerance + FLOAT * Math.abs(logit)));
      }
    }
  }

  final Network training(Golden golden, String name, Optimiser optimiser) {
    return network(
        name, golden.number("/train/width"), (int) golden.number("/train/size"), optimiser);
  }

  static Step train(Network network, Golden golden, double rate) {
    int batch = (int) golden.number("/train/batch");
    int[] labels = IntStream.range(0, batch).map(i -> i % Golden.CLASSES).toArray();
    return network.train(images(golden), labels, rate);
  }

  private static Batch images(Golden golden) {
    return GoldenWeights.images(
        (int) golden.number("/train/batch"), (int) golden.number("/train/size"));
  }

  final Network network(String name, double width, int size, Optimiser optimiser) {
    Architecture architecture = Architectures.named(name).build(Golden.CLASSES, width, size);
    Network network = engine().compile(architecture, optimiser, 1);
    network.load(GoldenWeights.of(architecture));
    return network;
  }

  static List<Tensor> learnt(String name) {
    return Architectures.named(name).build(Golden.CLASSES, 1, 224).tensors().stream()
        .filter(Tensor::learnt)
        .toList();
  }

  static double gradientNorm(Golden golden, Tensor tensor) {
    return golden.json().at("/train/grad_l2_norm_step0").path(tensor.name()).doubleValue();
  }

  private static double norm(Map<String, float[]> state, String name) {
    double squares = 0;
    for (float value : Objects.requireNonNull(state.get(name), name)) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
