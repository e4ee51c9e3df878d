package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an engine in float32 must hold to: every registered network is the same function as its
 * original in PyTorch, and training changes it in the same way. The tolerances are some ten times
 * what PyTorch's own float32 differs by.
 */
public abstract class GoldenNetworkContract extends GoldenComparison {

  @ParameterizedTest
  @MethodSource("architectures")
  void logitsAreThoseOfPyTorch(String name) throws IOException {
    assertLogits(name, TestedNetworks.side(name));
    if (TestedNetworks.isDistinct(name)) {
      assertLogits(name, 224);
    }
  }

  private void assertLogits(String name, int size) throws IOException {
    try (Network network = network(name, 1, size, Optimiser.ADAM)) {
      assertLogits(
          network.logits(GoldenWeights.images(2, size)),
          Golden.of(name).rows("/eval/" + size + "/logits"),
          2e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("bagNets")
  void patchLogitsAreThoseOfPyTorch(String name) throws IOException {
    Golden golden = Golden.of(name);
    List<Integer> labels = List.of(0, 7, 14);
    int side = TestedNetworks.side(name);
    try (Network network = network(name, 1, side, Optimiser.ADAM)) {
      Batch image = GoldenWeights.images(1, side);
      assertMap(network.logitMap(image), golden, 2e-4);
      List<Heatmap> heatmaps = Heatmap.of(network, image, labels, 1, done -> {});
      double[][] positions = golden.rows("/maps/dense_logits/positions_row_col");
      double[][] expected = golden.rows("/maps/dense_logits/values");
      for (int i = 0; i < positions.length; i++) {
        int at = (int) (positions[i][0] * side + positions[i][1]);
        for (int k = 0; k < labels.size(); k++) {
          assertThat((double) heatmaps.get(k).values()[at])
              .as("patch %d", i)
              .isCloseTo(expected[i][labels.get(k)], within(2e-4));
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
    try (Network network = training(golden, name, Optimiser.ADAM)) {
      assertThat(train(network, golden, 0).loss()).isCloseTo(loss, within(1e-5 * loss));
      assertGradients(network, golden, name, norm -> 1e-3 * whole);
    }
  }

  /** At a small rate, where rounding does not decide which ReLUs are open. */
  @ParameterizedTest
  @MethodSource("architectures")
  void fiveStepsOfSgdAreThoseOfPyTorch(String name) throws IOException {
    double logits =
        switch (name) {
          case "densenet121", "densenet169" -> 2e-2;
          case "vgg16_bn" -> 1e-2;
          default -> 1e-3;
        };
    fiveSteps(name, Optimiser.SGD, 1e-4, "sgd_momentum_lr0.0001", 1e-3, logits);
  }
}
