package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an engine must hold to when the logit map's mean absolute value is minimised beside the
 * cross-entropy.
 */
@Timeout(120)
public abstract class SparsityContract {

  private static final int[] LABELS = {0, 3, 14, 7, 3};
  private static final double RATE = 1e-4;

  /** Adam's first moment after one step is this part of the gradient. */
  private static final double FIRST_MOMENT = 1 - Optimiser.BETA1;

  /** So large that both parts of the gradient count. */
  private static final double SPARSITY = 3;

  /** The share of the gradient of the classifier that one in float32 may differ by. */
  private static final double OF_CLASSIFIER = 1e-4;

  /**
   * The same of all gradients below it together, where a ReLU that is barely open in double
   * precision may be closed: which is a matter of the processor and its threads (.018 for BagNet-33
   * in DL4J, .011 in libtorch).
   */
  private static final double BELOW = 5e-2;

  /** Compiles for the engine that is measured, to be trained with Adam. */
  protected abstract Network compile(Architecture architecture);

  /** Compiles for an engine in double precision, to be trained with Adam. */
  protected abstract Network compileExactly(Architecture architecture);

  /** Of 3 x 3 positions, or more: small enough for double precision. */
  private static Architecture small(String name, double width) {
    Architecture smallest = Architectures.named(name).build(15, width, TestedNetworks.side(name));
    int patch = smallest.localReceptiveField().orElseThrow();
    return Architectures.named(name).build(15, width, Math.max(40, patch + 23));
  }

  private static Batch images(Architecture architecture) {
    return GoldenWeights.images(LABELS.length, architecture.input().image().height());
  }

  private static Stream<String> bagNets() {
    return TestedNetworks.bagNetsInDouble();
  }

  private record Result(Step step, Map<String, float[]> optimiser) {

    static Result of(Network network, double sparsity) {
      network.load(GoldenWeights.of(network.architecture()));
      Step step =
          network.train(
              images(network.architecture()),
              Targets.of(LABELS),
              new Objective(0, sparsity),
              Update.of(RATE));
      var _ = step.loss();
      return new Result(step, network.optimiser());
    }

    float[] gradient(String tensor) {
      float[] moment = Objects.requireNonNull(optimiser.get("adam.first/" + tensor)).clone();
      for (int i = 0; i < moment.length; i++) {
        moment[i] /= (float) FIRST_MOMENT;
      }
      return moment;
    }
  }

  @ParameterizedTest
  @MethodSource("bagNets")
  void itsStepIsThatInDoublePrecision(String name) {
    Architecture architecture = small(name, .125);
    try (Network network = compile(architecture);
        Network other = compileExactly(architecture)) {
      Result exact = Result.of(other, SPARSITY);
      Result fast = Result.of(network, SPARSITY);
      assertThat(fast.step.loss()).isCloseTo(exact.step.loss(), within(1e-5 * exact.step.loss()));
      assertThat(fast.step.meanEvidence())
          .isCloseTo(exact.step.meanEvidence(), within(1e-5 * exact.step.meanEvidence()));
      assertThat(fast.step.correct()).isEqualTo(exact.step.correct());
      String classifier = architecture.classifier().name() + ".";
      double squares = 0;
      double squaredDistances = 0;
      for (Tensor tensor : architecture.tensors()) {
        if (tensor.learnt()) {
          float[] expected = exact.gradient(tensor.name());
          double distance = distance(fast.gradient(tensor.name()), expected);
          if (tensor.name().startsWith(classifier)) {
            assertThat(distance).as(tensor.name()).isLessThan(OF_CLASSIFIER * norm(expected));
          }
          squares += Math.pow(norm(expected), 2);
          squaredDistances += distance * distance;
        }
      }
      assertThat(Math.sqrt(squaredDistances)).isLessThan(BELOW * Math.sqrt(squares));
    }
  }

  /**
   * In double precision, for the parameters of the classifier, which both parts depend on directly,
   * and of the first and last layers before it.
   */
  @Test
  void theGradientIsThatOfFiniteDifferences() {
    Architecture architecture = small("bagnet17", .0625);
    List<Tensor> learnt = architecture.tensors().stream().filter(Tensor::learnt).toList();
    String classifier = architecture.classifier().name();
    try (Network network = compileExactly(architecture)) {
      Result result = Result.of(network, SPARSITY);
      Map<String, float[]> weights = GoldenWeights.of(architecture);
      for (String tensor :
          List.of(
              classifier + ".weight",
              classifier + ".bias",
              learnt.get(0).name(),
              learnt.get(learnt.size() - 3).name())) {
        float[] gradient = result.gradient(tensor);
        double norm = norm(gradient);
        for (int i : coordinates(gradient)) {
          double expected = slope(network, weights, tensor, i);
          assertThat((double) gradient[i])
              .as("%s[%d]", tensor, i)
              .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-4 * norm));
        }
      }
    }
  }

  /** The largest gradients and some others. */
  private static int[] coordinates(float[] gradient) {
    IntStream largest =
        IntStream.range(0, gradient.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(gradient[i])))
            .limit(2)
            .mapToInt(Integer::intValue);
    IntStream others = new Random(1).ints(2, 0, gradient.length);
    return IntStream.concat(largest, others).toArray();
  }

  /**
   * How what is minimised grows with a value of a tensor, by its values on both sides: so close
   * that hardly any ReLU opens between them, and no closer than float32 can tell apart.
   */
  private static double slope(
      Network network, Map<String, float[]> weights, String tensor, int coordinate) {
    double distance = 1e-6;
    float[] values = Objects.requireNonNull(weights.get(tensor));
    float[] above = values.clone();
    float[] below = values.clone();
    above[coordinate] += (float) distance;
    below[coordinate] -= (float) distance;
    return (minimised(network, weights, tensor, above) - minimised(network, weights, tensor, below))
        / ((double) above[coordinate] - below[coordinate]);
  }

  private static double minimised(
      Network network, Map<String, float[]> weights, String tensor, float[] values) {
    Map<String, float[]> changed = new HashMap<>(weights);
    changed.put(tensor, values);
    network.load(changed);
    Step step =
        network.train(
            images(network.architecture()),
            Targets.of(LABELS),
            new Objective(0, SPARSITY),
            Update.of(RATE));
    return step.loss() + SPARSITY * step.meanEvidence();
  }

  /** The features have no say in it: with no weights, every logit is its class's bias. */
  @Test
  void theMeanIsOverImagesClassesAndPositions() {
    Architecture architecture = small("bagnet17", .0625);
    String classifier = architecture.classifier().name();
    Map<String, float[]> weights = new HashMap<>(GoldenWeights.of(architecture));
    float[] bias = new float[15];
    for (int k = 0; k < bias.length; k++) {
      bias[k] = k - 4;
    }
    weights.put(
        classifier + ".weight",
        new float[Objects.requireNonNull(weights.get(classifier + ".weight")).length]);
    weights.put(classifier + ".bias", bias);
    try (Network network = compile(architecture)) {
      network.load(weights);
      Step step =
          network.train(
              images(architecture),
              Targets.of(LABELS),
              new Objective(0, SPARSITY),
              Update.of(RATE));
      assertThat(step.meanEvidence()).isCloseTo((10 + 55) / 15.0, within(1e-6));
      // A bias of 0 has no sign.
      double[] expected = new double[15];
      double sum = Arrays.stream(doubles(bias)).map(Math::exp).sum();
      for (int k = 0; k < 15; k++) {
        int wanted = k;
        double share = Arrays.stream(LABELS).filter(label -> label == wanted).count() / 5.0;
        expected[k] = Math.exp(bias[k]) / sum - share + SPARSITY * Math.signum(bias[k]) / 15;
      }
      float[] first =
          Objects.requireNonNull(network.optimiser().get("adam.first/" + classifier + ".bias"));
      for (int k = 0; k < 15; k++) {
        assertThat(first[k] / FIRST_MOMENT).as("class %d", k).isCloseTo(expected[k], within(1e-5));
      }
    }
  }

  @Test
  void itMakesEvidenceSmallerAndTheNextStepCanDoWithout() {
    Architecture architecture = small("bagnet17", .0625);
    Batch images = images(architecture);
    try (Network sparse = compile(architecture);
        Network dense = compile(architecture)) {
      sparse.load(GoldenWeights.of(architecture));
      dense.load(GoldenWeights.of(architecture));
      for (int i = 0; i < 10; i++) {
        assertThat(
                sparse
                    .train(images, Targets.of(LABELS), new Objective(0, 30), Update.of(3e-3))
                    .meanEvidence())
            .isPositive();
        assertThat(dense.train(images, LABELS, 3e-3).meanEvidence()).isZero();
      }
      assertThat(norm(sparse.logitMap(images).values()))
          .isLessThan(.7 * norm(dense.logitMap(images).values()));
      sparse.resetOptimiser();
      dense.resetOptimiser();
      Result afterSparse = Result.of(sparse, 0);
      Result afterDense = Result.of(dense, 0);
      String classifier = architecture.classifier().name() + ".weight";
      assertThat(afterSparse.step.loss()).isEqualTo(afterDense.step.loss());
      assertThat(afterSparse.gradient(classifier)).isEqualTo(afterDense.gradient(classifier));
    }
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - (double) other[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static double norm(float[] values) {
    return Math.sqrt(Arrays.stream(doubles(values)).map(value -> value * value).sum());
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
