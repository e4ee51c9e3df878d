package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.network.cpu.CpuEngine;
import org.bagnetlab.vision.network.dl4j.Dl4jEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every registered network is the same function as its original in PyTorch, and training changes it
 * in the same way: the CPU's engine in float32, ComputationGraph in double. In float32 the
 * tolerances are some ten times what PyTorch's own float32 differs by. In double they allow for the
 * nine digits of the golden numbers and for weights and logits that leave a network as float32.
 */
class GoldenNetworkTests {

  private static final int STEPS = 5;

  /** Rounding to float32 moves a value by at most this share of it. */
  private static final double FLOAT = 6e-8;

  /** Of logits around 1, whose golden numbers have nine digits. */
  private static final double DOUBLE = 1e-7;

  private static CpuEngine cpu;
  private static Dl4jEngine graph;

  @BeforeAll
  static void start() {
    cpu = CpuEngine.start();
    graph = Dl4jEngine.start();
  }

  static Stream<String> architectures() {
    return Architectures.all().stream().map(Blueprint::name);
  }

  static Stream<String> bagNets() {
    return Architectures.all().stream().filter(Blueprint::bagOfLocalFeatures).map(Blueprint::name);
  }

  @Test
  void theFastPathIsActive() {
    assertThat(cpu.facts().fastPath()).as(cpu.facts().evidence()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void tensorsHaveTheNamesShapesAndOrderOfTheCheckpoint(String name) throws IOException {
    Golden golden = Golden.of(name);
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    List<Tensor> ours = Architectures.named(name).build(Golden.CLASSES, 1, 224).tensors();
    ours.forEach(tensor -> tensors.put(tensor.name(), tensor.shape()));
    assertThat(tensors.entrySet()).containsExactlyElementsOf(golden.tensors().entrySet());
    assertThat(ours.stream().filter(Tensor::learnt).count())
        .isEqualTo((long) golden.number("/parameter_tensors"));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void logitsAreThoseOfPyTorch(String name) throws IOException {
    assertLogits(name, 64);
    assertLogits(name, 224);
  }

  private static void assertLogits(String name, int size) throws IOException {
    try (Network network = network(cpu, name, 1, size, Optimiser.ADAM)) {
      assertLogits(
          network.logits(GoldenWeights.images(2, size)),
          Golden.of(name).rows("/eval/" + size + "/logits"),
          2e-4);
    }
  }

  /** At 64 pixels alone, because double takes long. */
  @ParameterizedTest
  @MethodSource("architectures")
  void logitsInDoubleAreThoseOfPyTorch(String name) throws IOException {
    try (Network network = network(graph.inDouble(), name, 1, 64, Optimiser.ADAM)) {
      assertLogits(
          network.logits(GoldenWeights.images(2, 64)),
          Golden.of(name).rows("/eval/64/logits"),
          DOUBLE);
    }
  }

  @ParameterizedTest
  @MethodSource("bagNets")
  void patchLogitsAreThoseOfPyTorch(String name) throws IOException {
    Golden golden = Golden.of(name);
    List<Integer> labels = List.of(0, 7, 14);
    try (Network network = network(cpu, name, 1, 64, Optimiser.ADAM)) {
      Batch image = GoldenWeights.images(1, 64);
      assertMap(network.logitMap(image), golden, 2e-4);
      List<Heatmap> heatmaps = Heatmap.of(network, image, labels, 1, done -> {});
      double[][] positions = golden.rows("/maps/dense_logits/positions_row_col");
      double[][] expected = golden.rows("/maps/dense_logits/values");
      for (int i = 0; i < positions.length; i++) {
        int at = (int) (positions[i][0] * 64 + positions[i][1]);
        for (int k = 0; k < labels.size(); k++) {
          assertThat((double) heatmaps.get(k).values()[at])
              .as("patch %d", i)
              .isCloseTo(expected[i][labels.get(k)], within(2e-4));
        }
      }
    }
  }

  /** The second is what makes a heatmap an explanation. */
  @ParameterizedTest
  @MethodSource("bagNets")
  void patchLogitsInDoubleAreThoseOfPyTorchAndTheirMeanIsTheLogit(String name) throws IOException {
    try (Network network = network(graph.inDouble(), name, 1, 64, Optimiser.ADAM)) {
      Batch image = GoldenWeights.images(1, 64);
      LogitMap map = network.logitMap(image);
      assertMap(map, Golden.of(name), DOUBLE);
      float[] logits = network.logits(image)[0];
      for (int label = 0; label < Golden.CLASSES; label++) {
        double sum = 0;
        double largest = 0;
        for (int row = 0; row < map.height(); row++) {
          for (int column = 0; column < map.width(); column++) {
            sum += map.at(0, label, row, column);
            largest = Math.max(largest, Math.abs(map.at(0, label, row, column)));
          }
        }
        assertThat(sum / (map.height() * map.width()))
            .as("class %d", label)
            .isCloseTo(logits[label], within(2 * FLOAT * largest));
      }
    }
  }

  private static void assertMap(LogitMap map, Golden golden, double tolerance) {
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

  @ParameterizedTest
  @MethodSource("architectures")
  void gradientsAreThoseOfPyTorch(String name) throws IOException {
    Golden golden = Golden.of(name);
    double loss = golden.number("/train/loss_step0");
    double squares = 0;
    for (Tensor tensor : learnt(name)) {
      squares += Math.pow(gradientNorm(golden, tensor), 2);
    }
    double whole = Math.sqrt(squares);
    try (Network network = training(cpu, golden, name, Optimiser.ADAM)) {
      assertThat(train(network, golden, 0).loss()).isCloseTo(loss, within(1e-5 * loss));
      assertGradients(network, golden, name, norm -> 1e-3 * whole);
    }
  }

  /** Adam's first moment after one step is a tenth of the gradient. */
  private static void assertGradients(
      Network network, Golden golden, String name, DoubleUnaryOperator tolerance) {
    Map<String, float[]> state = network.optimiser();
    for (Tensor tensor : learnt(name)) {
      double expected = gradientNorm(golden, tensor);
      assertThat(10 * norm(state, "adam.first/" + tensor.name()))
          .as(tensor.name())
          .isCloseTo(expected, within(tolerance.applyAsDouble(expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void fiveStepsOfAdamAndTheGradientsInDoubleAreThoseOfPyTorch(String name) throws IOException {
    fiveSteps(graph.inDouble(), name, Optimiser.ADAM, 1e-3, "adam", 2e-8, 1e-6);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void fiveStepsOfSgdInDoubleAreThoseOfPyTorch(String name) throws IOException {
    fiveSteps(graph.inDouble(), name, Optimiser.SGD, 1e-2, "sgd_momentum", 2e-8, 1e-6);
  }

  /** At a small rate, where rounding does not decide which ReLUs are open. */
  @ParameterizedTest
  @MethodSource("architectures")
  void fiveStepsOfSgdAreThoseOfPyTorch(String name) throws IOException {
    double logits = name.startsWith("densenet") ? 2e-2 : 1e-3;
    fiveSteps(cpu, name, Optimiser.SGD, 1e-4, "sgd_momentum_lr0.0001", 1e-3, logits);
  }

  /** The logits afterwards show the weights and the running statistics. */
  private static void fiveSteps(
      Engine engine,
      String name,
      Optimiser optimiser,
      double rate,
      String entry,
      double lossTolerance,
      double logitTolerance)
      throws IOException {
    Golden golden = Golden.of(name);
    double[] losses = golden.numbers("/train/" + entry + "/losses");
    try (Network network = training(engine, golden, name, optimiser)) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(train(network, golden, rate).loss())
            .as("loss after %d steps", step)
            .isCloseTo(losses[step], within(lossTolerance * losses[step]));
        if (step == 0 && optimiser == Optimiser.ADAM) {
          assertGradients(network, golden, name, norm -> (2e-8 + FLOAT) * norm);
        }
      }
      assertLogits(
          network.logits(images(golden)),
          golden.rows("/train/" + entry + "/eval_logits_after"),
          logitTolerance);
    }
  }

  private static void assertLogits(float[][] actual, double[][] expected, double tolerance) {
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

  private static Network training(Engine engine, Golden golden, String name, Optimiser optimiser) {
    return network(
        engine, name, golden.number("/train/width"), (int) golden.number("/train/size"), optimiser);
  }

  private static Step train(Network network, Golden golden, double rate) {
    int batch = (int) golden.number("/train/batch");
    int[] labels = IntStream.range(0, batch).map(i -> i % Golden.CLASSES).toArray();
    return network.train(images(golden), labels, rate);
  }

  private static Batch images(Golden golden) {
    return GoldenWeights.images(
        (int) golden.number("/train/batch"), (int) golden.number("/train/size"));
  }

  private static Network network(
      Engine engine, String name, double width, int size, Optimiser optimiser) {
    Architecture architecture = Architectures.named(name).build(Golden.CLASSES, width, size);
    Network network = engine.compile(architecture, optimiser, 1);
    network.load(GoldenWeights.of(architecture));
    return network;
  }

  private static List<Tensor> learnt(String name) {
    return Architectures.named(name).build(Golden.CLASSES, 1, 64).tensors().stream()
        .filter(Tensor::learnt)
        .toList();
  }

  private static double gradientNorm(Golden golden, Tensor tensor) {
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
