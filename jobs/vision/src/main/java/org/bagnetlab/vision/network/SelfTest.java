package org.bagnetlab.vision.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;

/**
 * Compares what an engine computes for a small network on its device with stored numbers, which
 * were computed in double precision. A GPU with a wrong driver or broken memory would otherwise
 * train networks to results that look like any others.
 */
public final class SelfTest {

  private static final int SIDE = 33;
  private static final int CLASSES = 5;
  private static final int[] LABELS = {1, 4};

  /** Sums of a gradient's values with different signs, in place of all of them. */
  private static final int SUMS = 32;

  /**
   * What is compared.
   *
   * @param logits of two images in evaluation mode
   * @param imageGradient sums over the gradient of their labels' logits
   * @param weightGradient sums over the gradient of the loss of a training step
   */
  record Numbers(double[] logits, double[] imageGradient, double[] weightGradient) {}

  private SelfTest() {}

  /**
   * Runs it.
   *
   * @throws WrongResults if the device computes something else
   */
  public static void run(Engine engine, Precision precision) {
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

  /** Shares of the expected numbers' length; some ten times what was seen on CPUs. */
  private static double logitTolerance(Precision precision) {
    return switch (precision) {
      case FP32 -> 1e-4;
      case TF32 -> 1e-2;
      case BF16 -> 1e-1;
    };
  }

  /** Wider: rounding decides whether some ReLUs are open. */
  private static double gradientTolerance(Precision precision) {
    return switch (precision) {
      case FP32 -> 2e-2;
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
    // Not a number is no less than the tolerance.
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

  /** What an engine computes. */
  static Numbers numbers(Engine engine) {
    Architecture architecture = Architectures.named("bagnet17").build(CLASSES, 0.0625, SIDE);
    Batch images = images();
    try (Network network = engine.compile(architecture, Optimiser.ADAM, 1)) {
      float[][] logits = network.logits(images);
      double[] all = new double[LABELS.length * CLASSES];
      for (int i = 0; i < all.length; i++) {
        all[i] = logits[i / CLASSES][i % CLASSES];
      }
      double[] imageGradient = new double[SUMS];
      addSums(imageGradient, 1, network.inputGradient(images, LABELS));
      var unused = network.train(images, LABELS, 1e-4);
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

  /** Splitmix64: the same bits everywhere. */
  private static long mixed(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
