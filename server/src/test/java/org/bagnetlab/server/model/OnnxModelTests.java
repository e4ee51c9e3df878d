package org.bagnetlab.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Family;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.GoldenWeights;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes of an exported network what PyTorch does of the original. */
@Timeout(120)
class OnnxModelTests {

  private static final int CLASSES = 15;

  /** VGG's hidden layers alone have half a gigabyte of weights. */
  static Stream<String> networks() {
    return Architectures.all().stream()
        .filter(blueprint -> blueprint.family() != Family.VGG)
        .map(Blueprint::name);
  }

  private static int side(String network) {
    return switch (network) {
      case "bagnet65" -> 96;
      case "bagnet129" -> 160;
      default -> 64;
    };
  }

  private static JsonNode golden(String network) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenWeights.class.getResourceAsStream("/golden/" + network + ".json"))) {
      return Json.MAPPER.readTree(in);
    }
  }

  private static OrtSession.Result run(OrtSession session, OrtEnvironment runtime, Batch images)
      throws OrtException {
    try (OnnxTensor input =
        OnnxTensor.createTensor(
            runtime,
            FloatBuffer.wrap(images.values()),
            new long[] {images.images(), 3, images.height(), images.width()})) {
      return session.run(Map.of(OnnxModel.IMAGE, input));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void logitsAndPatchLogitsAreThoseOfPyTorch(String name) throws Exception {
    int side = side(name);
    JsonNode golden = golden(name);
    Architecture architecture = Architectures.named(name).build(CLASSES, 1, side);
    byte[] model =
        OnnxModel.of(architecture, GoldenWeights.of(architecture), Map.of("name", name))
            .toByteArray();
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession session = runtime.createSession(model)) {
      try (OrtSession.Result result = run(session, runtime, GoldenWeights.images(2, side))) {
        float[][] logits = (float[][]) result.get(OnnxModel.LOGITS).orElseThrow().getValue();
        assertClose(logits, golden.at("/eval/%d/logits".formatted(side)), name);
        assertThat(result.get(OnnxModel.LOGIT_MAP).isPresent())
            .isEqualTo(architecture.localReceptiveField().isPresent());
      }
      JsonNode map = golden.at("/maps/strided_logit_map/values");
      if (architecture.localReceptiveField().isPresent() && !map.isMissingNode()) {
        try (OrtSession.Result result = run(session, runtime, GoldenWeights.images(1, side))) {
          assertMap(
              (float[][][][]) result.get(OnnxModel.LOGIT_MAP).orElseThrow().getValue(), map, name);
        }
      }
    }
  }

  private static void assertClose(float[][] logits, JsonNode expected, String name) {
    assertThat(logits).hasNumberOfRows(expected.size());
    for (int image = 0; image < logits.length; image++) {
      for (int label = 0; label < CLASSES; label++) {
        assertThat((double) logits[image][label])
            .as("%s, image %d, class %d", name, image, label)
            .isCloseTo(expected.get(image).get(label).doubleValue(), within(1e-4));
      }
    }
  }

  private static void assertMap(float[][][][] map, JsonNode expected, String name) {
    for (int row = 0; row < map[0][0].length; row++) {
      for (int column = 0; column < map[0][0][row].length; column++) {
        for (int label = 0; label < CLASSES; label++) {
          assertThat((double) map[0][label][row][column])
              .as("%s, row %d, column %d, class %d", name, row, column, label)
              .isCloseTo(expected.get(row).get(column).get(label).doubleValue(), within(1e-4));
        }
      }
    }
  }
}
