package org.bagnetlab.vision.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * What PyTorch computes of a network in double precision, from weights that follow from their names
 * ({@link GoldenWeights}), to nine digits.
 */
record Golden(JsonNode json) {

  static final int CLASSES = 15;

  static Golden of(String architecture) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            Golden.class.getResourceAsStream("/golden/" + architecture + ".json"))) {
      return new Golden(new ObjectMapper().readTree(in));
    }
  }

  /** Shape of each tensor of a checkpoint, in its order, but for counters without any effect. */
  Map<String, List<Integer>> tensors() {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.get("state_dict").properties()) {
      if (!entry.getKey().endsWith("num_batches_tracked")) {
        tensors.put(entry.getKey(), integers(entry.getValue()));
      }
    }
    return tensors;
  }

  double number(String pointer) {
    return json.at(pointer).doubleValue();
  }

  double[] numbers(String pointer) {
    return numbers(json.at(pointer));
  }

  double[][] rows(String pointer) {
    return StreamSupport.stream(json.at(pointer).spliterator(), false)
        .map(Golden::numbers)
        .toArray(double[][]::new);
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static List<Integer> integers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::intValue).toList();
  }
}
