package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.dl4j.Dl4jEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same function as PyTorch's: golden numbers computed there in double precision from weights
 * that follow from their names. Tolerances are four times and more what PyTorch's own float32
 * differs by.
 */
class GoldenNetworkTests {

  private static Dl4jEngine engine;

  @BeforeAll
  static void start() {
    engine = Dl4jEngine.start();
  }

  static Stream<String> architectures() {
    return Architectures.all().stream().map(blueprint -> blueprint.name());
  }

  @Test
  void theFastPathIsActive() {
    assertThat(engine.facts().fastPath()).as(engine.facts().evidence()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void logitsAreThoseOfPyTorch(String name) throws IOException {
    JsonNode golden = golden(name);
    try (Network network = network(name, 1, 64)) {
      float[][] logits = network.logits(GoldenWeights.images(2, 64));
      for (int image = 0; image < 2; image++) {
        for (int label = 0; label < 15; label++) {
          assertThat((double) logits[image][label])
              .isCloseTo(golden.at("/logits/" + image + "/" + label).doubleValue(), within(2e-4));
        }
      }
      if (golden.has("map")) {
        LogitMap map = network.logitMap(GoldenWeights.images(1, 64));
        assertThat(map.height()).isEqualTo(golden.get("map").size());
        for (int row = 0; row < map.height(); row++) {
          for (int column = 0; column < map.width(); column++) {
            for (int label = 0; label < 15; label++) {
              assertThat((double) map.at(0, label, row, column))
                  .isCloseTo(
                      golden.at("/map/%d/%d/%d".formatted(row, column, label)).doubleValue(),
                      within(2e-4));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void trainingInDoubleFollowsPyTorch(String name) throws IOException {
    JsonNode golden = golden(name).get("train");
    int batch = golden.get("batch").intValue();
    int size = golden.get("size").intValue();
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % 15;
    }
    Batch images = GoldenWeights.images(batch, size);
    try (Network network =
        network(engine.inDouble(), name, golden.get("width").doubleValue(), size)) {
      for (int step = 0; step < 5; step++) {
        double expected = golden.get("losses").get(step).doubleValue();
        assertThat(network.train(images, labels, 1e-3).loss())
            .as("loss after %d steps", step)
            .isCloseTo(expected, within(1e-6 * expected));
      }
      // The golden BagNets have the originals' momentum in bn1, ours one for training from scratch.
      if (!name.startsWith("bagnet")) {
        float[][] logits = network.logits(images);
        for (int label = 0; label < 15; label++) {
          double expected = golden.at("/logits_after/0/" + label).doubleValue();
          assertThat((double) logits[0][label]).isCloseTo(expected, within(2e-5));
        }
      }
    }
  }

  private static Network network(String name, double width, int size) {
    return network(engine, name, width, size);
  }

  private static Network network(Engine engine, String name, double width, int size) {
    Network network = engine.compile(Architectures.named(name).build(15, width, size), 1);
    network.load(GoldenWeights.of(network.architecture()));
    return network;
  }

  private static JsonNode golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenNetworkTests.class.getResourceAsStream("/golden/" + name + ".json"))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
