package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an engine in double precision must hold to, as {@link GoldenNetworkContract}. The tolerances
 * allow for the nine digits of the golden numbers and for weights and logits that leave a network
 * as float32.
 */
public abstract class GoldenDoubleContract extends GoldenComparison {

  /** Of logits around 1, whose golden numbers have nine digits. */
  private static final double DOUBLE = 1e-7;

  private static Stream<String> networks() {
    return TestedNetworks.inDouble();
  }

  /** Of small images alone, because double takes long. */
  @ParameterizedTest
  @MethodSource("networks")
  void logitsInDoubleAreThoseOfPyTorch(String name) throws IOException {
    int side = TestedNetworks.side(name);
    try (Network network = network(name, 1, side, Optimiser.ADAM)) {
      assertLogits(
          network.logits(GoldenWeights.images(2, side)),
          Golden.of(name).rows("/eval/" + side + "/logits"),
          DOUBLE);
    }
  }

  /** The second is what makes a heatmap an explanation. */
  @ParameterizedTest
  @MethodSource("bagNets")
  void patchLogitsInDoubleAreThoseOfPyTorchAndTheirMeanIsTheLogit(String name) throws IOException {
    int side = TestedNetworks.side(name);
    try (Network network = network(name, 1, side, Optimiser.ADAM)) {
      Batch image = GoldenWeights.images(1, side);
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

  @ParameterizedTest
  @MethodSource("networks")
  void fiveStepsOfAdamAndTheGradientsInDoubleAreThoseOfPyTorch(String name) throws IOException {
    fiveSteps(name, Optimiser.ADAM, 1e-3, "adam", 2e-8, 1e-6);
  }

  /** An optimiser's steps do not depend on the network. */
  @ParameterizedTest
  @MethodSource("bagNets")
  void fiveStepsOfSgdInDoubleAreThoseOfPyTorch(String name) throws IOException {
    fiveSteps(name, Optimiser.SGD, 1e-2, "sgd_momentum", 2e-8, 1e-6);
  }
}
