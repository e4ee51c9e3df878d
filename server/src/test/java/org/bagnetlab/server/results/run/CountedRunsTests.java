package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.cli.TerminalOfTests;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials of searches are in no table until their settings were trained otherwise, or are asked. */
@Timeout(120)
class CountedRunsTests {

  private static final String SEARCH =
      """
      {"name": "%s", "random": {"trials": %d, "learningRate": [%s]},
       "base": {"dataset": "controlled-15", "architecture": "bagnet9", "epochs": 4}}
      """;

  @TempDir static Path data;
  static TestServer server;
  static List<Long> study;
  static List<Long> searched;
  static List<Long> halved;

  @BeforeAll
  static void run() throws Exception {
    server = new TestServer(data);
    study =
        sweep(
            "study",
            """
            {"name": "study", "grid": {"architecture": ["bagnet9", "bagnet17"], "seed": [1, 2]},
             "base": {"dataset": "controlled-15"}}
            """);
    searched = sweep("search", SEARCH.formatted("search", 2, "0.001, 0.002"));
    halved =
        sweep(
            "halving",
            """
            {"name": "halving", "grid": {"weightDecay": [0.002, 0.003]},
             "base": {"dataset": "controlled-15", "architecture": "bagnet9", "epochs": 4},
             "halving": {"factor": 2, "firstEpochs": 1}}
            """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Long> sweep(String name, String definition) throws Exception {
    try (EventStream events = server.events("")) {
      assertThat(server.post("/sweeps", definition).statusCode()).isEqualTo(201);
      events.await(
          event ->
              event.type().equals("sweep")
                  && event.data().path("id").asText().equals(name)
                  && event.data().has("endedAt"));
    }
    List<Long> jobs = new ArrayList<>();
    server
        .json("/sweeps/" + name)
        .path("jobs")
        .forEach(
            job -> {
              if (job.path("state").asText().equals("SUCCEEDED")) {
                jobs.add(job.path("id").asLong());
              }
            });
    return jobs;
  }

  @Test
  void aTableOfOneSettingHasEachNetworkOnce() throws Exception {
    JsonNode all = server.json("/comparison?trials=true");
    JsonNode most = server.json("/comparison?trials=true&setting=most");
    assertThat(all.has("setting")).isFalse();
    assertThat(all.path("otherConfigurations").asInt()).isZero();
    assertThat(most.path("settings"))
        .isEqualTo(server.json("/claims?trials=true").path("settings"));
    assertThat(most.path("setting")).isEqualTo(server.json("/claims?trials=true").path("setting"));
    assertThat(runs(most.path("rows"))).containsExactlyInAnyOrderElementsOf(study);
    assertThat(most.path("otherConfigurations").asInt())
        .isEqualTo(measured(all) - measured(most))
        .isPositive();
    // One of the two learning rates of the search; the others can be trained in its setting.
    JsonNode search = server.json("/comparison?trials=true&setting=" + searched.getFirst());
    assertThat(runs(search.path("rows"))).hasSize(1).isSubsetOf(searched);
    assertThat(search.path("rows")).hasSize(7);
    assertThat(search.at("/missing/0/0/spec/epochs").asInt()).isEqualTo(4);
    assertThat(server.get("/api/v1/comparison?trials=true&setting=all").body())
        .isEqualTo(server.get("/api/v1/comparison?trials=true").body());
    assertThat(server.get("/api/v1/comparison?setting=several").body())
        .contains("setting must be the number of a run, 'most' or 'all', but is 'several'.");
    assertThat(server.get("/api/v1/export/comparison.txt?setting=most&trials=true").body())
        .contains(
            "%d configurations of other settings or learning rates are left out."
                .formatted(measured(all) - measured(most)));
    assertThat(server.get("/api/v1/comparison?setting=" + searched.getFirst()).body())
        .contains("is left out, since it is a trial of a search.");
  }

  private static int measured(JsonNode comparison) {
    int measured = 0;
    for (JsonNode row : comparison.path("rows")) {
      measured += row.path("runs").isEmpty() ? 0 : 1;
    }
    return measured;
  }

  private static List<Long> runs(JsonNode rows) {
    List<Long> runs = new ArrayList<>();
    rows.forEach(row -> row.path("runs").forEach(run -> runs.add(run.asLong())));
    return runs;
  }

  @Test
  void aStudyCountsAndTrialsOnlyIfAsked() throws Exception {
    int trials = searched.size() + halved.size();
    assertThat(searched).hasSize(2);
    assertThat(halved).isNotEmpty();
    JsonNode table = server.json("/comparison");
    assertThat(runs(table.path("rows"))).containsExactlyInAnyOrderElementsOf(study);
    assertThat(table.path("trialsLeftOut").asInt()).isEqualTo(trials);
    JsonNode all = server.json("/comparison?trials=true");
    assertThat(runs(all.path("rows"))).containsAll(study).containsAll(searched).containsAll(halved);
    assertThat(all.path("trialsLeftOut").asInt()).isZero();
  }

  @Test
  void everyViewOfNetworksLeavesThemOutAndSaysSo() throws Exception {
    int trials = searched.size() + halved.size();
    assertThat(server.json("/receptive-fields").path("accuracies")).hasSize(2);
    assertThat(server.json("/scrambling").path("rows")).hasSize(2);
    assertThat(server.json("/claims").path("settings")).hasSize(1);
    assertThat(server.json("/claims?trials=true").path("settings").size()).isGreaterThan(1);
    for (String view : List.of("comparison", "receptive-field", "scrambling", "claims")) {
      assertThat(server.get("/api/v1/export/%s.tex".formatted(view)).body())
          .as(view)
          .contains("%d trials of searches are left out.".formatted(trials));
    }
    assertThat(server.get("/api/v1/differences?setting=" + searched.getFirst()).body())
        .contains("is left out, since it is a trial of a search. With trials=true it counts.");
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      String address = server.at("").toString();
      assertThat(terminal.run("results", "--server", address)).isZero();
      assertThat(terminal.said()).contains("%d trials of searches are left out.".formatted(trials));
      assertThat(terminal.run("results", "--trials", "--format", "json", "--server", address))
          .isZero();
    }
  }

  /** What a setting changes is what a search asks. */
  @Test
  void accuracyOverASettingHasThem() throws Exception {
    assertThat(server.json("/accuracy-over/learningRate").path("curves").findValues("points"))
        .anyMatch(points -> points.size() > 1);
    assertThat(server.get("/api/v1/export/accuracy-over-learningRate.txt").body())
        .doesNotContain("left out");
  }

  @Test
  void aTrialCountsOnceItsSettingIsTrainedWithAnotherSeed(@TempDir Path other) throws Exception {
    TestServer all = server;
    try (TestServer own = new TestServer(other)) {
      server = own;
      List<Long> trials = sweep("search", SEARCH.formatted("search", 2, "0.001, 0.002"));
      JsonNode spec = own.job(trials.getFirst()).path("spec");
      assertThat(runs(own.json("/comparison").path("rows"))).isEmpty();
      long again;
      try (EventStream events = own.events("")) {
        JsonNode request = spec.deepCopy();
        ((ObjectNode) request).put("seed", 2);
        again =
            Json.MAPPER.readTree(own.post("/jobs", request.toString()).body()).path("id").asLong();
        events.await(again, "SUCCEEDED");
      }
      JsonNode table = own.json("/comparison");
      assertThat(runs(table.path("rows"))).containsExactlyInAnyOrder(trials.getFirst(), again);
      assertThat(table.path("trialsLeftOut").asInt()).isEqualTo(1);
    } finally {
      server = all;
    }
  }

  @Test
  void aTrainingThatFollowsATrialIsNoResultEither(@TempDir Path other) throws Exception {
    TestServer all = server;
    try (TestServer own = new TestServer(other)) {
      server = own;
      String search = SEARCH.formatted("search", 2, "0.001, 0.002").strip();
      String then = "{\"kind\": \"train\", \"dataset\": \"controlled-15\", \"weightDecay\": 0.1}";
      List<Long> trainings =
          sweep(
              "search",
              search.substring(0, search.length() - 1) + ", \"then\": [%s]}".formatted(then));
      assertThat(trainings).hasSize(4);
      JsonNode table = own.json("/comparison");
      assertThat(runs(table.path("rows"))).isEmpty();
      assertThat(table.path("trialsLeftOut").asInt()).isEqualTo(4);
    } finally {
      server = all;
    }
  }

  @Test
  void aFurtherSeedThatIsLeftOutDoesNotMakeATrialCount() {
    MeasuredRun trial = SimulatedRuns.run(1, "bagnet9", 1, .9);
    MeasuredRun sound = SimulatedRuns.run(2, "bagnet9", 2, .5);
    MeasuredRun further = SimulatedRuns.run(3, "bagnet9", 3, .1);
    MeasuredRun exploded =
        new MeasuredRun(
            further.spec(),
            new MeasuredRunRow(
                3,
                further.row().spec(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                further.row().splitFacts(),
                Optional.of(true),
                Optional.of(2 * Trouble.EXPLODED),
                Optional.of(.1),
                Optional.empty()),
            further.accuracies(),
            further.code());
    CountedRuns alone =
        CountedRuns.of(List.of(trial, exploded), Set.of(trial.job()), Counted.USUAL);
    assertThat(alone.runs()).isEmpty();
    assertThat(alone.trials()).containsExactly(trial);
    assertThat(alone.troubled()).containsExactly(exploded);
    CountedRuns balanced =
        CountedRuns.of(List.of(trial, sound, exploded), Set.of(trial.job()), Counted.USUAL);
    assertThat(balanced.runs()).containsExactly(trial, sound);
    assertThat(balanced.troubled()).containsExactly(exploded);
  }
}
