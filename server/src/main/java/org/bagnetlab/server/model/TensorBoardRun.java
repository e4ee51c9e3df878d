package org.bagnetlab.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes the epochs and accuracies of a run as TensorBoard's events. */
public final class TensorBoardRun {

  private static final Map<String, String> TAGS =
      Map.of(
          "learningRate", "learning rate",
          "trainLoss", "loss/train",
          "trainAccuracy", "accuracy/train",
          "validationLoss", "loss/validation",
          "validationAccuracy", "accuracy/validation");

  private TensorBoardRun() {}

  /**
   * Writes a file that TensorBoard finds in a directory, which is the name of the run there.
   *
   * @param run what the server says about the run
   * @param ended when it ended
   * @return the file
   */
  public static Path write(JsonNode run, Instant ended, Path directory) throws IOException {
    // Counted back from the end: a training that was resumed started again in between.
    double at = ended.toEpochMilli() / 1e3;
    for (JsonNode epoch : run.path("history")) {
      at -= epoch.path("seconds").asDouble();
    }
    long began = (long) at;
    Path file =
        Files.createDirectories(directory)
            .resolve("events.out.tfevents.%d.bagnetlab".formatted(began));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      TensorBoardEvents events = new TensorBoardEvents(out, at);
      int last = 0;
      for (JsonNode epoch : run.path("history")) {
        last = epoch.path("epoch").asInt();
        at += epoch.path("seconds").asDouble();
        for (Map.Entry<String, JsonNode> number : epoch.properties()) {
          String tag = TAGS.get(number.getKey());
          if (tag != null) {
            // A loss that is not a number is null in JSON.
            events.add(tag, last, at, number.getValue().asDouble(Double.NaN));
          }
        }
      }
      for (Map.Entry<String, JsonNode> set : run.path("results").properties()) {
        events.add(
            "accuracy/%s, kept epoch".formatted(set.getKey()),
            last,
            at,
            set.getValue().path("accuracy").asDouble());
      }
    }
    return file;
  }
}
