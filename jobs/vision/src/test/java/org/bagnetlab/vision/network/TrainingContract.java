package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine must hold to: each optimiser, objective and kind of target is PyTorch's. The
 * golden numbers are by {@code docs/checks/training-in-pytorch.py}.
 */
@Timeout(120)
public abstract class TrainingContract {

  private static final int CLASSES = 5;
  private static final int SIZE = 10;
  private static final int[] LABELS = {0, 3, 1, 4, 2, 3};
  private static final int STEPS = 20;

  /** In float32, losses differ by up to 1e-6, but by more once rounding opens or closes a ReLU. */
  private static final double OF_LOSSES = 1e-4;

  /** Logits and weights afterwards differ by up to 5e-6, but by more after that. */
  private static final double AFTERWARDS = 1e-3;

  /** A step with everything at once: several parts of the loss, soft targets, decay, clipping. */
  private static final Objective MIXTURE = new Objective(.4, .2);

  private static final Update FULL = new Update(.01, .5, .3);

  /** The engine that is compared. */
  protected abstract Engine engine();

  /** Whether it computes in double precision; its weights and logits are rounded to float32. */
  protected boolean inDouble() {
    return false;
  }

  /**
   * The share of a number that it may differ by. In double precision, that is what rounding logits
   * and weights to float32 and golden numbers to nine digits allows.
   */
  private double tolerance(double inFloat) {
    return inDouble() ? 3e-7 : inFloat;
  }

  private static Stream<String> cases() throws IOException {
    return Golden.of("training").json().get("cases").propertyStream().map(Map.Entry::getKey);
  }

  private Network network(Optimiser optimiser, int size) {
    Architecture architecture = SmallBagNet.build(CLASSES, size);
    Network network = engine().compile(architecture, optimiser, 1);
    network.load(GoldenWeights.of(architecture));
    return network;
  }

  private static Batch images(int step) {
    return GoldenWeights.images(String.valueOf(step % 3), LABELS.length, SIZE);
  }

  /** Label smoothing as in PyTorch. */
  private static Targets smooth(double smoothing) {
    float[] probabilities = new float[LABELS.length * CLASSES];
    for (int i = 0; i < probabilities.length; i++) {
      int hit = LABELS[i / CLASSES] == i % CLASSES ? 1 : 0;
      probabilities[i] = (float) (hit * (1 - smoothing) + smoothing / CLASSES);
    }
    return Targets.of(LABELS, probabilities);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twentyStepsAreThoseOfPyTorch(String name) throws IOException {
    Golden golden = new Golden(Golden.of("training").json().get("cases").get(name));
    JsonNode settings = golden.json();
    double smoothing = golden.number("/smoothing");
    Targets targets = smoothing == 0 ? Targets.of(LABELS) : smooth(smoothing);
    Objective objective = new Objective(golden.number("/local_share"), golden.number("/sparsity"));
    Update update =
        new Update(
            golden.number("/learning_rate"),
            golden.number("/weight_decay"),
            golden.number("/clip_norm"));
    double[] losses = golden.numbers("/losses");
    double[] evidence =
        objective.sparsity() > 0 ? golden.numbers("/mean_evidence") : new double[STEPS];
    try (Network network = network(Optimiser.valueOf(settings.get("optimiser").asText()), SIZE)) {
      for (int step = 0; step < STEPS; step++) {
        Step made = network.train(images(step), targets, objective, update);
        assertThat(made.loss())
            .as("loss after %d steps", step)
            .isCloseTo(losses[step], within(tolerance(OF_LOSSES) * losses[step]));
        assertThat(made.meanEvidence())
            .as("evidence after %d steps", step)
            .isCloseTo(evidence[step], within(tolerance(OF_LOSSES) * evidence[step]));
        assertThat(made.correct()).isEqualTo((int) golden.number("/correct/" + step));
      }
      assertLogits(network.logits(images(0)), golden.rows("/eval_logits"));
      assertNorms(network.weights(), golden);
    }
  }

  private void assertLogits(float[][] actual, double[][] expected) {
    for (int n = 0; n < expected.length; n++) {
      for (int k = 0; k < CLASSES; k++) {
        assertThat((double) actual[n][k])
            .as("image %d, class %d", n, k)
            .isCloseTo(expected[n][k], within(tolerance(AFTERWARDS)));
      }
    }
  }

  private void assertNorms(Map<String, float[]> weights, Golden golden) {
    assertThat(weights.keySet()).hasSize(golden.json().get("weight_norms").size());
    weights.forEach(
        (name, values) -> {
          double expected = golden.json().get("weight_norms").get(name).doubleValue();
          assertThat(norm(values))
              .as(name)
              .isCloseTo(expected, within(tolerance(AFTERWARDS) * expected));
        });
  }

  private static double norm(float[] values) {
    return Math.sqrt(
        IntStream.range(0, values.length).mapToDouble(i -> values[i]).map(v -> v * v).sum());
  }

  /** In images as large as a patch, which have a single position. */
  @ParameterizedTest
  @ValueSource(doubles = {.3, 1})
  void localEqualsGlobalForOnePosition(double localShare) {
    Batch patches = GoldenWeights.images(LABELS.length, SmallBagNet.PATCH);
    try (Network local = network(Optimiser.SGD, SmallBagNet.PATCH);
        Network global = network(Optimiser.SGD, SmallBagNet.PATCH)) {
      for (Targets targets : new Targets[] {Targets.of(LABELS), smooth(.2)}) {
        double expected = global.train(patches, targets, Objective.GLOBAL, Update.of(.1)).loss();
        double loss =
            local.train(patches, targets, new Objective(localShare, 0), Update.of(.1)).loss();
        assertThat(loss).isCloseTo(expected, within(1e-5));
      }
      assertClose(local.weights(), global.weights(), 1e-5f);
    }
  }

  /**
   * In evaluation mode, of a ResNet-50 on images whose side is a power of two plus one: then every
   * stride starts and ends at an edge. BagNets crop their shortcuts on the far edges only, so for
   * them the law does not hold.
   */
  @Test
  void aMirroredNetworkMapsMirroredImagesToMirroredLogits() {
    Architecture architecture = Architectures.named("resnet50").build(CLASSES, .0625, 65);
    Batch images = GoldenWeights.images(2, 65);
    Map<String, float[]> mirrored = new HashMap<>(GoldenWeights.of(architecture));
    for (Tensor tensor : architecture.tensors()) {
      if (tensor.shape().size() == 4) {
        mirrored.computeIfPresent(
            tensor.name(), (_, values) -> mirrored(values, tensor.shape().get(3)));
      }
    }
    Batch mirroredImages = new Batch(mirrored(images.values(), 65), 2, 3, 65, 65);
    try (Network network = engine().compile(architecture, Optimiser.SGD, 1)) {
      network.load(GoldenWeights.of(architecture));
      LogitMap expected = network.logitMap(images);
      network.load(mirrored);
      LogitMap actual = network.logitMap(mirroredImages);
      assertThat(expected.width()).isEqualTo(3);
      assertThat(actual.values()).containsExactly(mirrored(expected.values(), 3), within(1e-4f));
      assertThat(actual.values()).isNotEqualTo(expected.values());
    }
  }

  /** Reverses each row. */
  private static float[] mirrored(float[] values, int width) {
    float[] reversed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[i - i % width + width - 1 - i % width];
    }
    return reversed;
  }

  @ParameterizedTest
  @EnumSource
  void aRestoredStateGoesOnBitForBit(Optimiser optimiser) {
    try (Network whole = network(optimiser, SIZE);
        Network first = network(optimiser, SIZE);
        Network second = network(optimiser, SIZE)) {
      train(whole, 0, 5);
      train(first, 0, 3);
      second.load(first.weights());
      second.loadOptimiser(first.optimiser());
      train(second, 3, 5);
      // A state is saved in float32.
      float tolerance = inDouble() ? 1e-6f : 0;
      assertClose(second.weights(), whole.weights(), tolerance);
      assertClose(second.optimiser(), whole.optimiser(), tolerance);
    }
  }

  private static void train(Network network, int from, int to) {
    for (int step = from; step < to; step++) {
      var _ = network.train(images(step), smooth(.1), MIXTURE, FULL).loss();
    }
  }

  private static void assertClose(
      Map<String, float[]> actual, Map<String, float[]> expected, float tolerance) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) ->
            assertThat(actual.get(name)).as(name).containsExactly(values, within(tolerance)));
  }

  /** The first step shows it: later ones depend on weights that have decayed. */
  @ParameterizedTest
  @EnumSource
  void weightsDecayButBiasesAndNormsDoNot(Optimiser optimiser) {
    try (Network decaying = network(optimiser, SIZE);
        Network other = network(optimiser, SIZE)) {
      decaying.train(images(0), Targets.of(LABELS), Objective.GLOBAL, new Update(.01, 1, 0));
      other.train(images(0), Targets.of(LABELS), Objective.GLOBAL, Update.of(.01));
      Map<String, float[]> decayed = decaying.weights();
      Map<String, float[]> plain = other.weights();
      for (Tensor tensor : decaying.architecture().tensors()) {
        float[] actual = Objects.requireNonNull(decayed.get(tensor.name()));
        float[] expected = Objects.requireNonNull(plain.get(tensor.name()));
        if (tensor.name().endsWith("conv2.weight") || tensor.name().equals("fc.weight")) {
          assertThat(norm(actual)).as(tensor.name()).isLessThan(.999 * norm(expected));
        } else if (tensor.shape().size() == 1) {
          assertThat(actual).as(tensor.name()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aNormBelowTheLimitIsNotChanged() {
    try (Network limited = network(Optimiser.SGD, SIZE);
        Network free = network(Optimiser.SGD, SIZE)) {
      limited.train(images(0), Targets.of(LABELS), Objective.GLOBAL, new Update(.1, 0, 1e3));
      free.train(images(0), LABELS, .1);
      assertClose(limited.weights(), free.weights(), 0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .5})
  void certainTargetsAreClasses(double localShare) {
    Objective objective = new Objective(localShare, 0);
    try (Network soft = network(Optimiser.SGD, SIZE);
        Network hard = network(Optimiser.SGD, SIZE)) {
      Step expected = hard.train(images(0), Targets.of(LABELS), objective, Update.of(.1));
      Step actual = soft.train(images(0), smooth(0), objective, Update.of(.1));
      assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-6));
      assertThat(actual.correct()).isEqualTo(expected.correct());
      assertClose(soft.weights(), hard.weights(), 1e-6f);
    }
  }
}
