package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an engine in double precision must hold to: its input gradient is the slope of the logits.
 */
public abstract class InputGradientContract {

  private static final int[] LABELS = {2, 0};

  /** Small, so that few ReLUs open or close on the way. */
  private static final double STEP = 1e-3;

  /** The engine whose gradients are measured. */
  protected abstract Engine engine();

  private static Stream<String> networks() {
    return TestedNetworks.inDouble();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itIsTheSlopeOfTheLogits(String name) {
    Architecture architecture = Architectures.named(name).build(3, 0.25, TestedNetworks.side(name));
    Batch images = GoldenWeights.images(LABELS.length, TestedNetworks.side(name));
    try (Network network = engine().compile(architecture, Optimiser.SGD, 1)) {
      network.load(GoldenWeights.of(architecture));
      float[] gradient = network.inputGradient(images, LABELS);
      double length = Math.sqrt(product(gradient, gradient));

      List<float[]> directions = new ArrayList<>(brightnesses(images));
      directions.add(gradient);
      for (float[] direction : directions) {
        double step = STEP / Math.sqrt(product(direction, direction));
        double uphill = logits(network, moved(images, direction, step));
        double downhill = logits(network, moved(images, direction, -step));

        assertThat((uphill - downhill) / 2)
            .isCloseTo(step * product(gradient, direction), within(0.01 * STEP * length));
      }
    }
  }

  /** Towards a brighter channel of an image, for each of them. */
  private static List<float[]> brightnesses(Batch images) {
    List<float[]> directions = new ArrayList<>();
    int plane = images.height() * images.width();
    for (int from = 0; from < images.values().length; from += plane) {
      float[] direction = new float[images.values().length];
      Arrays.fill(direction, from, from + plane, 1);
      directions.add(direction);
    }
    return directions;
  }

  private static Batch moved(Batch images, float[] direction, double factor) {
    float[] values = images.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (factor * direction[i]);
    }
    return new Batch(values, images.images(), images.channels(), images.height(), images.width());
  }

  /** The sum of each image's logit of its label. */
  private static double logits(Network network, Batch images) {
    float[][] logits = network.logits(images);
    double sum = 0;
    for (int n = 0; n < LABELS.length; n++) {
      sum += logits[n][LABELS[n]];
    }
    return sum;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
