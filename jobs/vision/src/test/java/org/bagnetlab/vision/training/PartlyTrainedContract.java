package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.SplitArchitecture;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.randomisation.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The last layers of a network learn as they would by themselves, from the features before them.
 */
@Timeout(120)
public abstract class PartlyTrainedContract {

  private static final int CLASSES = 3;
  private static final int IMAGES = 8;
  private static final int SIDE = 64;
  private static final double RATE = 0.1;

  private final Random random = new Random(1);

  /** The engine under test. */
  protected abstract Engine engine();

  /** Random images. An untrained network does not normalise its features. */
  private Batch images(double scale) {
    float[] values = new float[IMAGES * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return new Batch(values, IMAGES, 3, SIDE, SIDE);
  }

  private Network compile(Architecture architecture) {
    return engine().compile(architecture, Optimiser.SGD, 1);
  }

  private static SplitArchitecture split(Architecture whole, int trainedStages) {
    List<Stage> stages = Stage.of(whole);
    return SplitArchitecture.of(
        whole,
        stages.subList(stages.size() - trainedStages, stages.size()).stream()
            .flatMap(stage -> stage.tensors().stream())
            .collect(Collectors.toSet()));
  }

  /** A first layer may be a convolution, a normalisation or a pool, and be read twice. */
  @ParameterizedTest
  @CsvSource({
    "bagnet9, 1",
    "bagnet9, 2",
    "bagnet9, 3",
    "resnet50, 2",
    "densenet121, 2",
    "densenet121, 3",
    "cbam_resnet50, 2"
  })
  void bothPartsTogetherAreTheWholeNetwork(String name, int stages) {
    Architecture architecture = Architectures.named(name).build(CLASSES, 0.05, SIDE);
    Map<String, float[]> weights = InitialWeights.of(architecture, 3);
    Batch images = images(1);
    for (Objective objective : new Objective[] {Objective.GLOBAL, new Objective(0.5, 0)}) {
      try (Network whole = compile(architecture);
          PartlyTrainedNetwork last =
              PartlyTrainedNetwork.of(
                  split(architecture, stages), weights, objective, this::compile)) {
        whole.load(weights);
        int[] labels = {0, 1, 2, 0, 1, 2, 0, 1};
        var _ = last.train(images, labels, RATE);
        Map<String, float[]> trained = new HashMap<>(weights);
        trained.putAll(last.weights());
        assertThat(trained).hasSameSizeAs(weights);
        whole.load(trained);
        float[][] expected = whole.logits(images);
        float[][] found = last.logits(images);
        for (int n = 0; n < IMAGES; n++) {
          // The last rounding of a map may differ in a batch that is computed in two networks.
          assertThat(found[n]).usingComparatorWithPrecision(1e-4f).containsExactly(expected[n]);
        }
      }
    }
  }

  /** A linear probe is softmax regression on the means of the features. */
  @Test
  void aClassifierAloneIsSoftmaxRegression() {
    Architecture architecture = Architectures.named("bagnet9").build(CLASSES, 0.05, SIDE);
    Map<String, float[]> weights = InitialWeights.of(architecture, 3);
    SplitArchitecture split = split(architecture, 1);
    Batch images = images(1e-4);
    int[] labels = {0, 1, 2, 0, 1, 2, 0, 1};
    float[][] features;
    try (Network network = compile(split.features())) {
      network.load(split.ofFeatures(weights));
      features = network.logits(images);
    }
    String head = architecture.classifier().name();
    double[] w = doubles(Objects.requireNonNull(weights.get(head + ".weight")));
    double[] b = doubles(Objects.requireNonNull(weights.get(head + ".bias")));
    double[] velocity = new double[w.length + b.length];
    try (PartlyTrainedNetwork last =
        PartlyTrainedNetwork.of(split, weights, Objective.GLOBAL, this::compile)) {
      for (int step = 0; step < 5; step++) {
        double loss = last.train(images, labels, RATE).loss();
        assertThat(loss).isCloseTo(descend(features, labels, w, b, velocity), within(1e-4));
      }
      assertClose(Objects.requireNonNull(last.weights().get(head + ".weight")), w);
      assertClose(Objects.requireNonNull(last.weights().get(head + ".bias")), b);
    }
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }

  private static void assertClose(float[] found, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      // Single against double precision, over five steps.
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-4));
    }
  }

  /** A step of gradient descent with momentum 0.9; returns the loss before it. */
  private static double descend(
      float[][] features, int[] labels, double[] w, double[] b, double[] velocity) {
    int channels = features[0].length;
    double[] gradient = new double[w.length + b.length];
    double loss = 0;
    for (int n = 0; n < labels.length; n++) {
      double[] exponentials = new double[CLASSES];
      double sum = 0;
      for (int k = 0; k < CLASSES; k++) {
        double logit = b[k];
        for (int c = 0; c < channels; c++) {
          logit += w[k * channels + c] * features[n][c];
        }
        exponentials[k] = Math.exp(logit);
        sum += exponentials[k];
      }
      loss -= Math.log(exponentials[labels[n]] / sum) / labels.length;
      for (int k = 0; k < CLASSES; k++) {
        double error = (exponentials[k] / sum - (k == labels[n] ? 1 : 0)) / labels.length;
        gradient[w.length + k] += error;
        for (int c = 0; c < channels; c++) {
          gradient[k * channels + c] += error * features[n][c];
        }
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      velocity[i] = 0.9 * velocity[i] + gradient[i];
      if (i < w.length) {
        w[i] -= RATE * velocity[i];
      } else {
        b[i - w.length] -= RATE * velocity[i];
      }
    }
    return loss;
  }
}
