package org.bagnetlab.vision.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bagnetlab.vision.dataset.image.Pixels;

/** What torchvision makes of images by a formula: docs/checks/augmentations-in-torchvision.py. */
record GoldenAugmentations(JsonNode json) {

  static final int SIDE = 16;

  /** An image after a change with the given parameters. */
  record Change(String name, double[] parameters, Pixels result) {
    int whole(int index) {
      return (int) parameters[index];
    }
  }

  static GoldenAugmentations read() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenAugmentations.class.getResourceAsStream("/golden/augmentations.json"))) {
      return new GoldenAugmentations(new ObjectMapper().readTree(in));
    }
  }

  Stream<Change> changes() {
    return elements(json.get("changes"))
        .map(
            each ->
                new Change(
                    each.get("change").textValue(),
                    numbers(each.get("parameters")),
                    new Pixels(
                        SIDE,
                        SIDE,
                        each.get("channels").intValue(),
                        HexFormat.of().parseHex(each.get("values").textValue()))));
  }

  double[] numbers(String pointer) {
    return numbers(json.at(pointer));
  }

  double[][] rows(String pointer) {
    return elements(json.at(pointer)).map(GoldenAugmentations::numbers).toArray(double[][]::new);
  }

  /** The image that is changed. */
  static Pixels image(int channels) {
    byte[] values = new byte[SIDE * SIDE * channels];
    int position = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        for (int channel = 0; channel < channels; channel++) {
          values[position++] = (byte) level(row, column, channel);
        }
      }
    }
    return new Pixels(SIDE, SIDE, channels, values);
  }

  static int level(int row, int column, int channel) {
    return (7 * row * row + 13 * column + 71 * channel + 3 * row * column) % 256;
  }

  private static double[] numbers(JsonNode array) {
    return elements(array).mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
