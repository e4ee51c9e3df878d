package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.GoldenWeights;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchNetworkTests {

  private static final TorchEngine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);
  private static final int[] LABELS = {0, 1, 4};

  private final Architecture architecture = Architectures.named("cbam_resnet50").build(5, 0.25, 64);
  private final Batch images = GoldenWeights.images(LABELS.length, 64);

  private Network network(Optimiser optimiser, long seed) {
    return ENGINE.compile(architecture, optimiser, seed);
  }

  private void train(Network network, int steps) {
    for (int step = 0; step < steps; step++) {
      network.train(images, LABELS, 1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingGoesOnBitForBitInAnotherNetwork(Optimiser optimiser) {
    try (Network whole = network(optimiser, 1);
        Network first = network(optimiser, 1);
        Network second = network(optimiser, 2)) {
      train(whole, 5);
      train(first, 3);
      second.load(first.weights());
      second.loadOptimiser(first.optimiser());
      train(second, 2);

      assertBitEqual(second.weights(), whole.weights());
      assertBitEqual(second.optimiser(), whole.optimiser());
      assertThat(second.logits(images)).isDeepEqualTo(whole.logits(images));
    }
  }

  private static void assertBitEqual(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void weightsComeBackAsTheyWereLoaded() {
    Map<String, float[]> weights = InitialWeights.of(architecture, 7);
    try (Network network = network(Optimiser.SGD, 1)) {
      network.load(weights);

      assertBitEqual(network.weights(), weights);
    }
  }

  /** Under the names that the other engines give and take. */
  @ParameterizedTest
  @EnumSource
  void anOptimisersStateComesBackAsItWasLoaded(Optimiser optimiser) {
    Set<String> moments =
        switch (optimiser) {
          case ADAM, ADAMW -> Set.of("adam.first", "adam.second");
          case SGD, NESTEROV -> Set.of("sgd.velocity");
        };
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put("steps", new float[] {41});
    for (Tensor tensor : architecture.tensors()) {
      for (String moment : tensor.learnt() ? moments : Set.<String>of()) {
        float[] values = new float[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
          values[i] = i + 1;
        }
        state.put(moment + "/" + tensor.name(), values);
      }
    }
    try (Network network = network(optimiser, 1)) {
      network.loadOptimiser(state);

      assertBitEqual(network.optimiser(), state);
    }
  }

  /** Channels in numbers for which oneDNN's strided 1x1 convolutions write past their buffers. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.125, 0.2})
  void narrowNetworksAreTrainedInBatchesOfSixteen(double width) {
    Architecture narrow = Architectures.named("bagnet9").build(4, width, 64);
    Batch images = GoldenWeights.images(16, 64);
    int[] labels = IntStream.range(0, 16).map(i -> i % 4).toArray();
    try (Network network = ENGINE.compile(narrow, Optimiser.ADAM, 1)) {
      double first = network.train(images, labels, 1e-3).loss();
      for (int i = 0; i < 8; i++) {
        network.train(images, labels, 1e-3);
      }
      assertThat(network.train(images, labels, 1e-3).loss()).isLessThan(first);
    }
  }

  @Test
  void aResetOptimiserIsANewOne() {
    try (Network trained = network(Optimiser.ADAM, 1);
        Network fresh = network(Optimiser.ADAM, 2)) {
      train(trained, 2);
      trained.resetOptimiser();
      assertBitEqual(trained.optimiser(), fresh.optimiser());

      fresh.load(trained.weights());
      train(trained, 1);
      train(fresh, 1);
      assertBitEqual(trained.weights(), fresh.weights());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWhole() {
    Map<String, float[]> weights = InitialWeights.of(architecture, 7);
    Map<String, float[]> longer = new LinkedHashMap<>(weights);
    String last = new LinkedHashSet<>(weights.keySet()).stream().reduce((a, b) -> b).orElseThrow();
    longer.put(last, new float[1]);
    Map<String, float[]> unknown = new LinkedHashMap<>(weights);
    unknown.put("other", new float[1]);
    Map<String, float[]> missing = new LinkedHashMap<>(weights);
    missing.remove(last);
    try (Network network = network(Optimiser.SGD, 1)) {
      Map<String, float[]> before = network.weights();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.load(longer))
          .withMessageContaining(last + " has 1 values");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.load(unknown))
          .withMessageContaining("no tensor other");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.load(missing))
          .withMessageContaining("no tensor " + last);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.loadOptimiser(Map.of("steps", new float[] {1})))
          .withMessageContaining("no sgd.velocity/");

      assertBitEqual(network.weights(), before);
    }
  }
}
