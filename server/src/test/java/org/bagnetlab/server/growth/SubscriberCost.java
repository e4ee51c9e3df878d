package org.bagnetlab.server.growth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.storage.directory.FileTree;

/**
 * How long the same training takes without and with subscribers to events. Machines drift, so both
 * kinds of runs take turns, and what counts is the ratio of those that follow each other.
 */
final class SubscriberCost {

  private static final int SUBSCRIBERS = 1_000;
  private static final int PAIRS = 5;
  private static final String TRAINING =
      """
      {"kind": "train", "architecture": "bagnet9", "dataset": "controlled-15", "imageSize": 64,
       "width": 0.05, "epochs": 4, "batchSize": 16, "seed": 1}
      """;

  private final LabProcess lab;

  private SubscriberCost(LabProcess lab) {
    this.lab = lab;
  }

  /** A job's times. The epochs are its work alone, without the start of its process. */
  private record Timed(double seconds, double epochSeconds, List<String> received) {}

  static MarkdownTable measure() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bagnetlab-growth");
    try (LabProcess lab = LabProcess.serve(data)) {
      return new SubscriberCost(lab).table();
    } finally {
      FileTree.delete(data);
    }
  }

  private MarkdownTable table() throws IOException, InterruptedException {
    run(0); // warms up the server and the disk
    List<List<String>> rows = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      Timed alone = run(0);
      Timed heard = run(SUBSCRIBERS);
      ratios.add(heard.epochSeconds / alone.epochSeconds);
      rows.add(row(0, alone, ""));
      rows.add(row(SUBSCRIBERS, heard, "%.2f".formatted(heard.epochSeconds / alone.epochSeconds)));
    }
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    rows.add(List.of("median", "", "", "%.2f".formatted(sorted[PAIRS / 2]), "", ""));
    return new MarkdownTable(
        List.of(
            "subscribers",
            "whole job",
            "epochs",
            "epochs with / without",
            "events to each",
            "subscribers that received all"),
        rows);
  }

  private static List<String> row(int subscribers, Timed timed, String ratio) {
    List<String> row =
        new ArrayList<>(
            List.of(
                "%,d".formatted(subscribers),
                "%.1f s".formatted(timed.seconds),
                "%.1f s".formatted(timed.epochSeconds),
                ratio));
    row.addAll(timed.received);
    return row;
  }

  private Timed run(int count) throws IOException, InterruptedException {
    try (Subscribers subscribers = Subscribers.listen(lab.address(), count)) {
      long id = lab.submit(TRAINING);
      JsonNode job = lab.json("jobs/" + id);
      while (!job.has("endedAt")) {
        TimeUnit.SECONDS.sleep(1);
        job = lab.json("jobs/" + id);
      }
      Subscribers.Received received = subscribers.stop();
      double epochs = 0;
      for (JsonNode epoch : lab.json("runs/" + id).path("history")) {
        epochs += epoch.path("seconds").asDouble();
      }
      return new Timed(
          seconds(job),
          epochs,
          count == 0
              ? List.of("", "")
              : List.of(
                  "%,d".formatted(received.most()), "%,d".formatted(received.pagesWithAll())));
    }
  }

  private static double seconds(JsonNode job) {
    return Duration.between(
                Instant.parse(job.path("startedAt").asText()),
                Instant.parse(job.path("endedAt").asText()))
            .toMillis()
        / 1e3;
  }
}
