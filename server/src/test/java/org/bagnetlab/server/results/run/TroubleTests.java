package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.cli.TerminalOfTests;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that ran to their end and learnt nothing are left out of means and tests. */
class TroubleTests {

  @TempDir static Path data;
  static TestServer server;
  static long sound;
  static long second;
  static long diverged;
  static long atChance;

  @BeforeAll
  static void run() throws Exception {
    server = new TestServer(data);
    try (EventStream events = server.events("")) {
      sound = server.train("bagnet9", 1);
      second = server.train("bagnet17", 1);
      server.train("bagnet17", -45);
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
    assertThat(server.json("/runs/" + diverged).path("troubleSince").asInt()).isPositive();
    assertThat(server.json("/runs/" + atChance).path("troubleSince").asInt()).isPositive();
    assertThat(server.json("/runs/" + atChance).path("trouble").asText()).isEqualTo("chance");
    assertThat(server.json("/runs/" + atChance).path("chance").asDouble())
        .isCloseTo(1.0 / 15, within(1e-9));
    List<String> listed = new ArrayList<>();
    server
        .json("/runs?sort=run")
        .path("runs")
        .forEach(run -> listed.add(run.path("trouble").asText()));
    assertThat(listed).containsExactly("", "", "chance", "chance", "diverged");
  }

  @Test
  void listsMarkIt() throws Exception {
    assertThat(troubles(server.json("/jobs")))
        .containsEntry(diverged, "diverged")
        .containsEntry(atChance, "chance")
        .doesNotContainKey(sound);
    assertThat(server.job(diverged).path("trouble").asText()).isEqualTo("diverged");
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      terminal.run("jobs", "--server", server.at("").toString());
      assertThat(terminal.said().lines())
          .anyMatch(
              line -> line.contains(" %d ".formatted(diverged)) && line.endsWith(", diverged"))
          .anyMatch(
              line -> line.contains(" %d ".formatted(atChance)) && line.endsWith(", at chance"))
          .anyMatch(line -> line.contains(" %d ".formatted(sound)) && line.endsWith("seed 1"));
    }
  }

  private static Map<Long, String> troubles(JsonNode list) {
    Map<Long, String> troubles = new HashMap<>();
    list.path("jobs")
        .forEach(
            job -> {
              if (job.has("trouble")) {
                troubles.put(job.path("id").asLong(), job.path("trouble").asText());
              }
            });
    return troubles;
  }

  @Test
  void theEpochIsTheFirstOfThoseAtTheEnd() {
    double[] losses = {2.7, 40, 2.6, 31, Double.NaN};
    List<EpochRow> history =
        IntStream.rangeClosed(1, losses.length)
            .mapToObj(epoch -> new EpochRow(epoch, 1, losses[epoch - 1], .1, 2, .1, false, 1))
            .toList();
    assertThat(Trouble.DIVERGED.since(history, Optional.empty())).contains(4);
    assertThat(Trouble.DIVERGED.since(history.subList(0, 3), Optional.empty())).isEmpty();
    assertThat(Trouble.ofLoss(history.getLast().trainLoss())).contains(Trouble.DIVERGED);
  }

  @Test
  void noViewHasItUnlessAsked() throws Exception {
    JsonNode table = server.json("/comparison");
    assertThat(runs(table.path("rows"))).containsExactly(sound, second);
    assertThat(table.path("leftOut")).hasSize(3);
    assertThat(table.path("leftOut").get(1).path("run").asLong()).isEqualTo(atChance);
    assertThat(table.path("leftOut").get(1).path("trouble").asText()).isEqualTo("chance");
    assertThat(table.path("leftOut").get(2).path("label").asText()).isEqualTo("ResNet-50");
    assertThat(server.get("/api/v1/export/comparison.txt").body())
        .contains(
            "BagNet-9, seed -45, run %d (it is not clearly better than guessing, even on its training images)"
                .formatted(atChance));

    JsonNode all = server.json("/comparison?troubled=true");
    assertThat(runs(all.path("rows"))).hasSize(5).contains(sound, atChance, diverged);
    assertThat(all.path("leftOut")).isEmpty();

    assertThat(server.json("/differences").path("networks")).hasSize(2);
    // Of their setting: the one that diverged has another recipe.
    assertThat(server.json("/differences").path("leftOut")).hasSize(2);
    assertThat(server.json("/claims").path("leftOut")).hasSize(2);
    assertThat(server.json("/receptive-fields").path("accuracies")).hasSize(2);
    assertThat(server.json("/scrambling").path("rows")).hasSize(2);
    assertThat(server.json("/scrambling?troubled=true").path("rows")).hasSize(3);
    assertThat(server.get("/api/v1/differences?setting=" + diverged).body())
        .contains(
            "Run %d is left out, since the loss exploded. With troubled=true it counts."
                .formatted(diverged));
  }

  @Test
  void everyTableSaysWhatItLeavesOut() throws Exception {
    for (View<?> view : View.all()) {
      String text = server.get("/api/v1/export/%s.txt".formatted(view.name())).body();
      if (view.listsRuns()) {
        assertThat(text).as(view.name()).doesNotContain("left out");
      } else {
        assertThat(text)
            .as(view.name())
            .contains("run %d (it is not clearly better".formatted(atChance));
      }
    }
    assertThat(server.get("/api/v1/export/claims.txt?troubled=true").body())
        .doesNotContain("left out");
  }

  @Test
  void commandsSayWhatIsWrongWithARun() throws Exception {
    String address = server.at("").toString();
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      assertThat(terminal.run("show", String.valueOf(atChance), "--server", address)).isZero();
      assertThat(terminal.said())
          .contains(
              "This training learnt nothing: it is not clearly better than guessing, even on its training images, from epoch 2 on. Try")
          .contains("It is left out of means and tests.");
      assertThat(terminal.run("compare", "" + sound, "" + diverged, "--server", address)).isZero();
      assertThat(terminal.said())
          .contains("Run %d learnt nothing: the loss exploded.".formatted(diverged))
          .doesNotContain("Run %d learnt".formatted(sound));
    }
  }

  private static List<Long> runs(JsonNode rows) {
    List<Long> runs = new ArrayList<>();
    rows.forEach(row -> row.path("runs").forEach(run -> runs.add(run.asLong())));
    return runs;
  }

  /** Two runs that were asked for are compared, but their networks over seeds without failures. */
  @Test
  void failedSeedsAreInNoComparisonOverSeeds() throws Exception {
    JsonNode pair = server.json("/pairs?a=%d&b=%d".formatted(sound, second));
    assertThat(pair.has("overSeeds")).isFalse();
    JsonNode failed = server.json("/pairs?a=%d&b=%d".formatted(atChance, sound));
    assertThat(failed.path("images").asInt()).isEqualTo(2);
  }

  private static Optional<Trouble> trouble(
      double loss, double learnt, double chance, double accuracy, int images) {
    return Trouble.of(
        Optional.of(loss),
        Optional.of(learnt),
        Optional.of("{\"chance\":\"%s\",\"train\":\"1200\"}".formatted(chance)),
        Optional.of(
            new ResultRow(1, "accuracy", "accuracy", "test", "{}", accuracy, Optional.of(images))));
  }

  /** Wilson's interval of 96 of 1200 begins at .06596, of 98 at .06747. */
  @Test
  void aNetworkLearntNothingIfBothItsIntervalsHoldChance() {
    double chance = 1 / 15.0;
    assertThat(trouble(2.7, .08, chance, 96 / 1200.0, 1200)).contains(Trouble.CHANCE);
    assertThat(trouble(2.7, .08, chance, 98 / 1200.0, 1200)).isEmpty();
    assertThat(trouble(2.7, 98 / 1200.0, chance, .08, 1200)).isEmpty();
    assertThat(trouble(2.7, .02, chance, .02, 1200)).contains(Trouble.CHANCE);
  }

  /** What learnt its training images and generalises badly is a result, and so is a bare number. */
  @Test
  void aBadResultIsNoTrouble() {
    assertThat(trouble(.3, .95, 1 / 15.0, .06, 1200)).isEmpty();
    assertThat(trouble(.6, .7, .5, .52, 200)).isEmpty();
    assertThat(trouble(2.7, .06, 1 / 15.0, .06, 0)).isEmpty();
  }

  /** Wilson's interval of 46 of 92 is .200 wide, that of 48 of 96 .196. */
  @Test
  void fewImagesDoNotTellWhetherANetworkLearnt() {
    assertThat(trouble(.7, .5, .5, 46 / 92.0, 92)).isEmpty();
    assertThat(trouble(.7, .5, .5, 48 / 96.0, 96)).contains(Trouble.CHANCE);
    assertThat(trouble(.7, .5, .5, 2 / 8.0, 8)).isEmpty();
  }

  @Test
  void aLossHasExplodedWhereNoNetworkComesBackFrom() {
    assertThat(trouble(1.1e9, .5, 1 / 15.0, .5, 1200)).contains(Trouble.DIVERGED);
    assertThat(trouble(Double.NaN, .5, 1 / 15.0, .5, 1200)).contains(Trouble.DIVERGED);
    assertThat(trouble(9, .5, 1 / 15.0, .5, 1200)).isEmpty();
  }

  /** Workers of earlier versions did not say what chance is. */
  @Test
  void whatIsNotKnownIsNoTrouble() {
    Optional<Double> little = Optional.of(.05);
    assertThat(Trouble.of(Optional.of(2.7), little, Optional.of("{}"), Optional.empty())).isEmpty();
    assertThat(Trouble.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
        .isEmpty();
  }
}
