package org.bagnetlab.vision.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;

/**
 * Compares an engine's results for a small network on its device with stored numbers, which were
 * computed in double precision. Without this test, wrong results of a GPU with an unsuitable driver
 * or faulty memory could go unnoticed.
 */
public final class SelfTest {

  private static final int SIDE = 33;
  private static final int CHANNELS = 16;
  private static final int CLASSES = 5;
  private static final int[] LABELS = {1, 4};

  /**
   * Number of sums of a gradient's values with random signs. These sums are compared instead of all
   * values.
   */
  private static final int SUMS = 32;

  /**
   * The compared numbers.
   *
   * @param logits logits of two images in evaluation mode
   * @param imageGradient sums over the input gradient of the logits of the images' labels
   * @param weightGradient sums over the gradient of a training step's loss with respect to the
   *     weights
   */
  record Numbers(double[] logits, double[] imageGradient, double[] weightGradient) {}

  private SelfTest() {}

  /**
   * Runs the test.
   *
   * @throws WrongResults if the device's results differ
   */
  public static void run(Engine engine, ComputePrecision precision) {
    Numbers expected = stored();
    Numbers computed = numbers(engine);
    compare("logits", expected.logits, computed.logits, logitTolerance(precision))
        .or(
            () ->
                compare(
                    "gradients of images",
                    expected.imageGradient,
                    computed.imageGradient,
                    gradientTolerance(precision)))
        .or(
            () ->
                compare(
                    "gradients of weights",
                    expected.weightGradient,
                    computed.weightGradient,
                    gradientTolerance(precision)))
        .ifPresent(
            difference -> {
              throw new WrongResults(engine.facts().device(), difference);
            });
  }

  /**
   * The tolerance relative to the norm of the expected numbers. Engines on CPUs differ by 2e-7, and
   * in bfloat16 by 3.5e-3; other convolution algorithms differ by more.
   */
  private static double logitTolerance(ComputePrecision precision) {
    return switch (precision) {
      case FP32 -> 1e-3;
      case TF32 -> 1e-2;
      case BF16 -> 5e-2;
    };
  }

  /**
   * The tolerance for gradients. It is larger if rounding affects which ReLUs are active: in
   * bfloat16, CPUs differ by 8e-2.
   */
  private static double gradientTolerance(ComputePrecision precision) {
    return switch (precision) {
      case FP32 -> 1e-3;
      case TF32 -> 1e-1;
      case BF16 -> 3e-1;
    };
  }

  private static Optional<String> compare(
      String what, double[] expected, double[] computed, double tolerance) {
    double squares = 0;
    double squaredDistances = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += expected[i] * expected[i];
      squaredDistances += (computed[i] - expected[i]) * (computed[i] - expected[i]);
    }
    double share = Math.sqrt(squaredDistances / squares);
    // The comparison is false for NaN, so NaN fails the test.
    return share <= tolerance
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "its %s differ by %.3g %% from the expected ones (%.3g %% allowed; the first is"
                    + " %.6g instead of %.6g)",
                what,
                100 * share,
                100 * tolerance,
                computed[0],
                expected[0]));
  }

  private static Numbers stored() {
    try (InputStream file =
        Objects.requireNonNull(SelfTest.class.getResourceAsStream("self-test.json"))) {
      return new ObjectMapper().readValue(file, Numbers.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Computes the numbers with an engine. */
  static Numbers numbers(Engine engine) {
    Batch images = images();
    try (Network network = engine.compile(network(), Optimiser.ADAM, 1)) {
      float[][] logits = network.logits(images);
      double[] all = new double[LABELS.length * CLASSES];
      for (int i = 0; i < all.length; i++) {
        all[i] = logits[i / CLASSES][i % CLASSES];
      }
      double[] imageGradient = new double[SUMS];
      addSums(imageGradient, 1, network.inputGradient(images, LABELS));
      var _ = network.train(images, LABELS, 1e-4).loss();
      double[] weightGradient = new double[SUMS];
      // Adam's first moment after one step is a tenth of the gradient.
      for (Map.Entry<String, float[]> moment : new TreeMap<>(network.optimiser()).entrySet()) {
        if (moment.getKey().startsWith("adam.first/")) {
          addSums(weightGradient, 10, moment.getValue());
        }
      }
      return new Numbers(all, imageGradient, weightGradient);
    }
  }

  /** A residual block, which contains all operations of a BagNet and compiles quickly. */
  private static Architecture network() {
    return new Architecture(
        "self-test",
        List.of(
            new Node.Input("images", new Shape(3, SIDE, SIDE)),
            convolution("conv1", "images", 3, 1),
            new Node.BatchNorm("bn1", "conv1", 0.1, 1),
            new Node.Relu("relu1", "bn1"),
            convolution("conv2", "relu1", 3, 2),
            new Node.BatchNorm("bn2", "conv2", 0.1, 1),
            new Node.Relu("relu2", "bn2"),
            convolution("conv3", "relu2", 1, 1),
            new Node.BatchNorm("bn3", "conv3", 0.1, 1),
            new Node.Add("add", "bn3", "relu2"),
            new Node.Relu("relu3", "add"),
            new Node.GlobalAveragePool("pool", "relu3"),
            new Node.Linear("fc", "pool", CLASSES)));
  }

  private static Node convolution(String name, String input, int kernel, int stride) {
    return new Node.Convolution(
        name, input, CHANNELS, new Window(kernel, stride, 0), Node.Convolution.Fan.OUT);
  }

  private static Batch images() {
    float[] values = new float[LABELS.length * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (mixed(i) >>> 40) / (float) (1 << 23) - 1;
    }
    return new Batch(values, LABELS.length, 3, SIDE, SIDE);
  }

  private static void addSums(double[] sums, double factor, float[] values) {
    for (int i = 0; i < values.length; i++) {
      long signs = mixed(i);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += (signs >>> j & 1) == 0 ? factor * values[i] : -factor * values[i];
      }
    }
  }

  /** The splitmix64 generator, which gives the same bits on every machine. */
  private static long mixed(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
