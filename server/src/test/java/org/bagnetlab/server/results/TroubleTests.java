package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.storage.result.ResultRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that ran to their end and learnt nothing are in no mean and no test. */
class TroubleTests {

  @TempDir static Path data;
  static TestServer server;
  static long sound;
  static long diverged;
  static long atChance;

  @BeforeAll
  static void run() throws Exception {
    server = new TestServer(data);
    try (EventStream events = server.events("")) {
      sound = server.train("bagnet9", 1);
      // 5 of 100 images, where one of 16 classes would be 6.
      atChance = server.train("bagnet9", -45);
      diverged =
          Json.MAPPER
              .readTree(
                  server
                      .post(
                          "/jobs",
                          """
                          {"kind": "train", "architecture": "resnet50", "recipe": "sgd",
                           "dataset": "controlled-15", "learningRate": 1}
                          """)
                      .body())
              .path("id")
              .asLong();
      events.await(diverged, "SUCCEEDED");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRunSaysWhatIsWrongWithIt() throws Exception {
    assertThat(server.json("/runs/" + sound).has("trouble")).isFalse();
    assertThat(server.json("/runs/" + diverged).path("trouble").asText()).isEqualTo("diverged");
    assertThat(server.json("/runs/" + atChance).path("trouble").asText()).isEqualTo("chance");
    List<String> listed = new ArrayList<>();
    server
        .json("/runs?sort=run")
        .path("runs")
        .forEach(run -> listed.add(run.path("trouble").asText()));
    assertThat(listed).containsExactly("", "chance", "diverged");
  }

  @Test
  void noViewHasItUnlessAsked() throws Exception {
    JsonNode table = server.json("/comparison");
    assertThat(runs(table.path("rows"))).containsExactly(sound);
    assertThat(table.path("leftOut")).hasSize(2);
    assertThat(table.path("leftOut").get(0).path("run").asLong()).isEqualTo(atChance);
    assertThat(table.path("leftOut").get(0).path("trouble").asText()).isEqualTo("chance");
    assertThat(table.path("leftOut").get(1).path("label").asText()).isEqualTo("ResNet-50");
    assertThat(server.get("/api/v1/export/comparison.txt").body())
        .contains("BagNet-9, seed -45, run %d (the accuracy is at chance)".formatted(atChance));

    JsonNode all = server.json("/comparison?troubled=true");
    assertThat(runs(all.path("rows"))).containsExactlyInAnyOrder(sound, atChance, diverged);
    assertThat(all.path("leftOut")).isEmpty();

    assertThat(server.json("/differences").path("networks")).hasSize(1);
    assertThat(server.json("/differences").path("leftOut")).hasSize(2);
    assertThat(server.json("/claims").path("leftOut")).hasSize(2);
    assertThat(server.json("/receptive-fields").path("accuracies")).hasSize(1);
    assertThat(server.json("/scrambling").path("rows")).hasSize(1);
    assertThat(server.json("/scrambling?troubled=true").path("rows")).hasSize(2);
  }

  private static List<Long> runs(JsonNode rows) {
    List<Long> runs = new ArrayList<>();
    rows.forEach(row -> row.path("runs").forEach(run -> runs.add(run.asLong())));
    return runs;
  }

  private static Optional<Trouble> trouble(
      double loss, double chance, double accuracy, int images) {
    return Trouble.of(
        Optional.of(loss),
        Optional.of("{\"chance\":\"%s\"}".formatted(chance)),
        Optional.of(
            new ResultRow(1, "accuracy", "accuracy", "test", "{}", accuracy, Optional.of(images))));
  }

  /** Wilson's interval of 96 of 1200 begins at .066, of 98 at .0674. */
  @Test
  void anAccuracyIsAtChanceIfItsIntervalHoldsIt() {
    assertThat(trouble(1, 1 / 15.0, 96 / 1200.0, 1200)).contains(Trouble.CHANCE);
    assertThat(trouble(1, 1 / 15.0, 98 / 1200.0, 1200)).isEmpty();
    assertThat(trouble(1, 1 / 15.0, .02, 1200)).contains(Trouble.CHANCE);
    assertThat(trouble(1, .5, .52, 1200)).contains(Trouble.CHANCE);
  }

  @Test
  void aLossHasExplodedWhereNoNetworkComesBackFrom() {
    assertThat(trouble(1.1e9, 1 / 15.0, .5, 1200)).contains(Trouble.DIVERGED);
    assertThat(trouble(Double.NaN, 1 / 15.0, .5, 1200)).contains(Trouble.DIVERGED);
    assertThat(trouble(9, 1 / 15.0, .5, 1200)).isEmpty();
  }

  /** Workers of earlier versions did not say what chance is. */
  @Test
  void whatIsNotKnownIsNoTrouble() {
    assertThat(Trouble.of(Optional.empty(), Optional.of("{}"), Optional.empty())).isEmpty();
    assertThat(Trouble.of(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
  }
}
