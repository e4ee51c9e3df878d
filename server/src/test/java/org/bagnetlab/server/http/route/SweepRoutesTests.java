package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over HTTP. */
@Timeout(120)
class SweepRoutesTests {

  private static final String LADDER =
      """
      {"name":"ladder","base":{"dataset":"controlled-15","architecture":"bagnet9"},
       "grid":{"seed":[1,2]}}
      """;

  @TempDir Path data;
  TestServer server;
  EventStream events;

  @BeforeEach
  void start() {
    server = new TestServer(data);
    events = server.events("");
  }

  @AfterEach
  void stop() {
    events.close();
    server.close();
  }

  private JsonNode post(String path, String body, int status) throws Exception {
    HttpResponse<String> response = server.post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Json.MAPPER.readTree(response.body());
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return server.send("/api/v1" + path, HttpRequest.newBuilder().DELETE());
  }

  @Test
  void aSweepIsCheckedBeforeItIsQueued() throws Exception {
    assertThat(
            post(
                "/sweeps/check",
                """
                {"base":{"dataset":"controlled-15"},
                 "grid":{"architecture":["bagnet9","resnet50"],"seed":[1,2]},
                 "then":[{"kind":"heatmap","stride":[4,8]}]}
                """,
                200))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"trainings":4,"about":4,"deviceSeconds":0.0,"timed":0,"problems":[{"field":"name","detail":
                  "name must start with a letter or digit, followed by up to 63 letters, digits, dots, dashes or underscores, but is ''."}],
                 "warnings":[]}
                """));
    assertThat(post("/sweeps/check", "{\"preset\":\"demo\"}", 200).path("problems")).isEmpty();
    assertThat(server.json("/sweeps").path("sweeps")).isEmpty();
  }

  @Test
  void failuresAreGroupedByCauseAndByWhatFailedJobsHaveInCommon() throws Exception {
    assertThat(server.json("/failures").path("failures")).isEmpty();
    post(
        "/sweeps",
        """
        {"name":"batches","base":{"dataset":"controlled-15","architecture":"bagnet9"},
         "grid":{"seed":[1,2,3],"batchSize":[8,512]},"stopAfterFailures":0,
         "then":[{"kind":"heatmap","stride":8}]}
        """,
        201);
    events.await(
        event ->
            event.type().equals("sweep")
                && event.data().path("id").asText().equals("batches")
                && event.data().has("endedAt"));
    JsonNode failures = server.json("/failures?sweep=batches").path("failures");
    assertThat(failures).hasSize(1); // heatmaps of failed trainings are left out
    JsonNode failure = failures.get(0);
    assertThat(failure.path("code").asText()).isEqualTo("out-of-memory");
    assertThat(failure.path("jobs").asInt()).isEqualTo(3);
    // The numbers of one job would be wrong for the others.
    assertThat(failure.path("cause").asText())
        .isEqualTo("Out of memory: tried to allocate … bytes");
    assertThat(failure.path("newest")).hasSize(3);
    assertThat(failure.path("values"))
        .containsExactly(
            Json.MAPPER.readTree(
                """
                {"parameter":"batchSize","label":"Batch size","value":512,"failed":3,"of":3,
                 "text":"3 of 3 with batch size 512"}
                """));
    assertThat(server.json("/failures?sweep=none").path("failures")).isEmpty();
    JsonNode sweep = server.json("/sweeps/batches");
    assertThat(sweep.path("cost").path("jobs").asInt()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void valuesWithWhichMostJobsFailedAreWarnedAbout() throws Exception {
    post(
        "/sweeps",
        """
        {"name":"decays","base":{"dataset":"controlled-15","architecture":"bagnet9"},
         "cases":[{"batchSize":512,"weightDecay":0},{"batchSize":8,"weightDecay":0.1}],
         "grid":{"seed":[1,2,3]},"stopAfterFailures":0}
        """,
        201);
    events.await(event -> event.type().equals("sweep") && event.data().has("endedAt"));
    // A decay of 0 is stored as 0.0.
    assertThat(warnings("/experiments/train/check", "{\"weightDecay\":0}"))
        .singleElement()
        .asString()
        .startsWith("3 of 3 with weight decay 0 failed: Out of memory");
    assertThat(warnings("/experiments/train/check", "{\"weightDecay\":0.1}")).isEmpty();
    assertThat(warnings("/experiments/evaluate/check", "{}")).isEmpty();
    assertThat(warnings("/sweeps/check", "{\"grid\":{\"weightDecay\":[0.1]}}")).isEmpty();
    String follower =
        """
        {"base":{"dataset":"controlled-15","architecture":"bagnet9","weightDecay":0.1},
         "then":[{"kind":"train","dataset":"controlled-15","weightDecay":0.1,"batchSize":%d}]}
        """;
    assertThat(warnings("/sweeps/check", follower.formatted(64))).isEmpty();
    assertThat(warnings("/sweeps/check", follower.formatted(512)))
        .singleElement()
        .asString()
        .startsWith("3 of 3 with batch size 512 failed: Out of memory");
  }

  private List<String> warnings(String path, String request) throws Exception {
    List<String> warnings = new ArrayList<>();
    post(path, request, 200).path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return warnings;
  }

  @Test
  void aSweepIsHeldReleasedResumedAndDeleted() throws Exception {
    // It waits to be told to stop, so that the others stay queued.
    events.await(server.train("bagnet33", 99), "RUNNING");
    JsonNode submitted = post("/sweeps", LADDER, 201);
    assertThat(submitted.path("jobs")).hasSize(2);
    assertThat(submitted.path("withoutResult")).isEmpty();
    JsonNode wider =
        post("/sweeps", LADDER.replace("ladder", "wider").replace("[1,2]", "[2,3]"), 201);
    assertThat(wider.path("reused")).hasSize(1);
    JsonNode held = post("/sweeps/ladder/hold", "", 202);
    assertThat(held.path("hold").asText()).isEqualTo("held by user");
    assertThat(held.path("holdCode").asText()).isEqualTo("held-by-hand");
    assertThat(held.path("shared")).isEqualTo(wider.path("reused"));
    assertThat(post("/sweeps/ladder/release", "", 202).has("hold")).isFalse();
    HttpResponse<String> refused = delete("/sweeps/ladder");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("cancel the sweep first");
    JsonNode cancelled = post("/sweeps/ladder/cancel", "", 202);
    assertThat(cancelled.path("shared")).isEqualTo(wider.path("reused"));
    assertThat(cancelled.path("counts").toString()).isEqualTo("{\"CANCELLED\":1}");
    JsonNode again = post("/sweeps", LADDER, 201);
    assertThat(again.path("withoutResult")).hasSize(1);
    JsonNode resumed = post("/sweeps/ladder/resume", "", 202);
    assertThat(resumed.path("resumed")).isEqualTo(again.path("withoutResult"));
    var _ = post("/sweeps/ladder/cancel", "", 202);
    HttpResponse<String> deleted = delete("/sweeps/ladder");
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(Json.MAPPER.readTree(deleted.body()))
        .isEqualTo(
            Json.MAPPER.valueToTree(Map.of("id", "ladder", "jobs", again.path("withoutResult"))));
    events.await(
        event ->
            event.data().path("sweep").asText().equals("ladder") && event.type().equals("deleted"));
    assertThat(server.get("/api/v1/sweeps/ladder").statusCode()).isEqualTo(404);
  }

  @Test
  void whichSettingsMatteredIsMeasured() throws Exception {
    var _ =
        post(
            "/sweeps",
            """
            {"name":"widths","base":{"dataset":"controlled-15","architecture":"bagnet9"},
             "grid":{"width":[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1],"seed":[1,2]}}
            """,
            201);
    assertThat(server.json("/sweeps/widths/importance").path("fewest").asInt()).isEqualTo(10);
    events.await(
        event -> event.data().path("id").asText().equals("widths") && event.data().has("endedAt"));
    assertThat(server.json("/sweeps/widths/importance").path("datasets"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.path("trainings").asInt()).isEqualTo(20);
              assertThat(found.path("configurations").asInt()).isEqualTo(10);
              assertThat(found.path("forest").path("error").isNumber()).isTrue();
            });
    assertThat(server.get("/api/v1/sweeps/none/importance").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() throws Exception {
    JsonNode problem = post("/sweeps", LADDER.replace("[1,2]", "[1],\"width\":[0.25,5]"), 400);
    assertThat(problem.path("field").asText()).isEqualTo("grid.width");
    assertThat(problem.path("detail").asText())
        .isEqualTo("In grid: width must be from 0.01 to 4, but is 5.");
    assertThat(server.json("/sweeps").path("sweeps")).isEmpty();
  }

  /** Jobs were given its name one by one, so nobody ever defined it. */
  @Test
  void aSweepWithoutADefinitionIsHeld() throws Exception {
    post(
        "/jobs",
        "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\",\"seed\":99,\"sweep\":\"loose\"}",
        201);
    assertThat(post("/sweeps/loose/hold", "", 202).has("definition")).isFalse();
    assertThat(post("/sweeps/loose/cancel", "", 202).has("definition")).isFalse();
  }
}
