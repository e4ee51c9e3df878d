package org.bagnetlab.server.growth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long a training step takes over images and pixels. */
final class TrainingCost {

  private static final List<Integer> BATCHES = List.of(4, 8, 16, 32, 64);
  private static final List<Integer> SIZES = List.of(64, 96, 128, 192, 224);
  private static final int SIZE = 64;
  private static final int BATCH = 4;

  private TrainingCost() {}

  static MarkdownTable measure() throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    for (int batch : BATCHES) {
      rows.add(row(batch, SIZE));
    }
    for (int size : SIZES) {
      rows.add(row(BATCH, size));
    }
    return new MarkdownTable(List.of("images", "pixels", "step", "an image", "a megapixel"), rows);
  }

  private static List<String> row(int batch, int size) throws IOException, InterruptedException {
    JsonNode answer =
        LabProcess.ask(
            "bench",
            "train",
            "--arch",
            "bagnet33",
            "--width",
            "0.25",
            "--size",
            String.valueOf(size),
            "--batch",
            String.valueOf(batch),
            "--iterations",
            "15",
            "--json");
    double image = 1 / answer.path("imagesPerSecond").asDouble();
    return List.of(
        String.valueOf(batch),
        size + " x " + size,
        "%.3f s".formatted(image * batch),
        "%.4f s".formatted(image),
        "%.2f s".formatted(image / (size * size / 1e6)));
  }
}
