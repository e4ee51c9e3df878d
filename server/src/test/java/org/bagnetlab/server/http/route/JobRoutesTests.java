package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.WorkerThread;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over HTTP. */
class JobRoutesTests {

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

  @Test
  void aBadJobIsRefusedWithItsFieldAndNothingIsStored() throws Exception {
    HttpResponse<String> response =
        server.post(
            "/jobs",
            "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"controlled-15\","
                + "\"width\":-1}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(Json.MAPPER.readTree(response.body()))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"type":"about:blank","title":"Invalid job","status":400,"code":"invalid-field",
                 "field":"width","detail":"width must be from 0.01 to 4, but is -1."}
                """));
    assertThat(field("{\"kind\":\"train\",\"architecture\":\"vgg\"}")).isEqualTo("architecture");
    assertThat(field("{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"none\"}"))
        .isEqualTo("dataset");
    assertThat(
            field(
                "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15-cue-conflict\"}"))
        .isEqualTo("dataset");
    assertThat(field("{\"kind\":\"evaluate\",\"run\":7}")).isEqualTo("run");
    assertThat(server.json("/jobs").path("total").asInt()).isZero();
  }

  @Test
  void aTrainingOnFractalsNamesTheirNumbersOfClassesAndImages() throws Exception {
    HttpResponse<String> response = server.post("/jobs", training("fractals-12x20"));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(Json.MAPPER.readTree(response.body()).path("title").asText())
        .startsWith("BagNet-9 on fractals-12x20, 64 px");
    assertThat(server.json("/datasets/fractals-12x20").path("split"))
        .isEqualTo(Json.MAPPER.readTree("{\"train\":144,\"validation\":48,\"test\":48}"));
    assertThat(refusal("fractals-12x2"))
        .startsWith("There is no data set 'fractals-12x2'. Data sets of fractals are fractals-60,");
    assertThat(refusal("none")).endsWith("fractals-60, fractals-CxN.");
  }

  /** The dashboard tells from this which seeds of a row are queued. */
  @Test
  void aMissingTrainingThatIsQueuedHasAllItsSettings() throws Exception {
    events.await(server.train("bagnet9", 1), "SUCCEEDED");
    for (JsonNode row : server.json("/comparison").path("missing")) {
      for (JsonNode missing : row) {
        HttpResponse<String> queued =
            server.post("/job-batches", "{\"jobs\":[%s]}".formatted(missing));
        assertThat(queued.statusCode()).as(queued.body()).isEqualTo(201);
        long id = Json.MAPPER.readTree(queued.body()).path("queued").path(0).asLong();
        JsonNode spec = server.json("/jobs/" + id).path("spec");
        assertThat(missing.path("spec").properties())
            .isNotEmpty()
            .allSatisfy(
                setting ->
                    assertThat(spec.path(setting.getKey()))
                        .as(setting.getKey())
                        .isEqualTo(setting.getValue()));
      }
    }
  }

  /** The run, its table and its results are checked against the contract. */
  @Test
  void aTrainingFromARunSaysWhereItsNetworkComesFrom() throws Exception {
    server.post("/jobs", training("controlled-15"));
    events.await(1, "SUCCEEDED");
    String next = training("controlled-15").replace("}", ",\"fromRun\":1}");
    assertThat(server.post("/jobs", next).statusCode()).isEqualTo(201);
    events.await(2, "SUCCEEDED");
    JsonNode spec = server.json("/jobs/2").path("spec");
    assertThat(spec.at("/fromRun/run").asLong()).isEqualTo(1);
    assertThat(server.json("/runs/2").path("regime").asText())
        .isEqualTo("pretrained on controlled-15 by run 1");
    assertThat(server.json("/runs/2/results").path("results"))
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.path("run").asLong()).isEqualTo(2));
    assertThat(server.json("/runs").path("runs"))
        .extracting(run -> run.path("regime").asText())
        .containsExactly("pretrained on controlled-15 by run 1", "from scratch");
    assertThat(server.json("/comparison?troubled=true").path("rows").isEmpty()).isFalse();
    assertThat(field(training("controlled-15").replace("}", ",\"fromRun\":7}")))
        .isEqualTo("fromRun");
  }

  private static String training(String dataset) {
    return "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"%s\"}"
        .formatted(dataset);
  }

  @Test
  void howLongAJobRanIsTheTimeOfItsWorkers() throws Exception {
    server.post("/jobs", training("controlled-15"));
    events.await(1, "SUCCEEDED");
    double ran = server.json("/runs/1").at("/cost/deviceSeconds").asDouble();
    assertThat(ran).isPositive();
    assertThat(server.json("/jobs/1").path("seconds").asDouble()).isEqualTo(ran);
    assertThat(server.json("/jobs").at("/jobs/0/seconds").asDouble()).isEqualTo(ran);
    assertThat(server.json("/runs").at("/runs/0/seconds").asDouble()).isEqualTo(ran);
    JsonNode like = check(training("controlled-15"));
    assertThat(like.path("deviceSeconds").asDouble()).isEqualTo(ran);
    assertThat(like.path("judgedBy").asText()).isEqualTo("LIKE_JOBS");
    String otherNetwork = training("controlled-15").replace("bagnet9", "bagnet33");
    JsonNode guess = check(otherNetwork);
    assertThat(guess.path("deviceSeconds").asDouble()).isEqualTo(ran);
    assertThat(guess.path("judgedBy").asText()).isEqualTo("OTHER_NETWORKS");
    String otherSize = training("controlled-15").replace("}", ",\"imageSize\":96}");
    assertThat(check(otherSize).has("deviceSeconds")).as("no like job").isFalse();
  }

  /** What is known of a training before it is queued. */
  private JsonNode check(String training) throws Exception {
    String body = training.replace("\"kind\":\"train\",", "");
    return Json.MAPPER.readTree(server.post("/experiments/train/check", body).body());
  }

  private String refusal(String dataset) throws Exception {
    HttpResponse<String> response = server.post("/jobs", training(dataset));
    assertThat(response.statusCode()).isEqualTo(400);
    return Json.MAPPER.readTree(response.body()).path("detail").asText();
  }

  private String field(String body) throws Exception {
    HttpResponse<String> response = server.post("/jobs", body);
    assertThat(response.statusCode()).isEqualTo(400);
    return Json.MAPPER.readTree(response.body()).path("field").asText();
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() throws Exception {
    for (String body :
        new String[] {"{", "[]", "", "null", "\"train\"", "{\"a\":NaN}", "[".repeat(100_000)}) {
      assertThat(malformed(body)).isNotEmpty();
    }
    assertThat(malformed("{\"a\":{\"b\":[\"x\\ud800\"]}}")).contains("half of a character");
    assertThat(malformed("{\"\\udfff\":1}")).contains("surrogate");
    assertThat(server.post("/jobs", "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
  }

  private String malformed(String body) throws Exception {
    HttpResponse<String> response = server.post("/jobs", body);
    assertThat(response.statusCode()).as(body).isEqualTo(400);
    JsonNode problem = Json.MAPPER.readTree(response.body());
    assertThat(problem.path("code").asText()).isEqualTo("malformed-json");
    return problem.path("detail").asText();
  }

  @Test
  void aFieldThatIsThereTwiceAndTextAfterTheBodyAreRefused() throws Exception {
    String train =
        "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\",\"seed\":1%s";
    assertThat(malformed(train.formatted(",\"seed\":2}"))).contains("Duplicate", "'seed'");
    assertThat(malformed(train.formatted("}{\"seed\":2}"))).contains("more follows");
    assertThat(malformed(train.formatted("} seed"))).contains("not valid JSON, line 1, column");
    assertThat(server.json("/jobs").path("total").asInt()).isZero();
  }

  @Test
  void aJobIsSubmittedAndWatched() throws Exception {
    HttpResponse<String> response =
        server.post(
            "/jobs",
            "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"controlled-15\"}");
    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode job = Json.MAPPER.readTree(response.body());
    long id = job.path("id").asLong();
    assertThat(response.headers().firstValue("Location")).contains("/api/v1/jobs/" + id);
    assertThat(job.path("state").asText()).isEqualTo("QUEUED");
    assertThat(job.path("title").asText())
        .isEqualTo("BagNet-33 on controlled-15, 64 px, width 0.25, seed 1");
    assertThat(job.path("spec").path("epochs").asInt()).isEqualTo(6);
    assertThat(job.has("startedAt")).isFalse();
    assertThat(events.await("progress").data().path("done").asInt()).isEqualTo(31);
    assertThat(
            events
                .await(event -> event.data().path("set").asText().equals("scrambled"))
                .data()
                .path("value")
                .asDouble())
        .isEqualTo(.25);
    assertThat(events.await("artifact").data().path("url").asText()).startsWith("/api/v1/artif");
    JsonNode done = events.await(id, "SUCCEEDED");
    // Events do not say how long it ran.
    assertThat(done).isEqualTo(((ObjectNode) server.job(id)).without(List.of("seconds")));
    assertThat(done.path("worker").path("provenance").path("engine").path("name").asText())
        .isEqualTo("tiny 1");
    assertThat(server.json("/jobs?state=SUCCEEDED&limit=1").path("jobs")).hasSize(1);
    assertThat(server.json("/jobs?state=SUCCEEDED&kind=train").path("total").asInt()).isEqualTo(1);
    assertThat(server.json("/jobs?kind=heatmap").path("total").asInt()).isZero();
    assertThat(server.json("/jobs?kind=heatmap").path("jobs")).isEmpty();
    assertThat(server.json("/jobs").path("counts").path("SUCCEEDED").asInt()).isEqualTo(1);
    assertThat(server.json("/jobs/" + id + "/timeline").path("transitions")).hasSize(3);
    assertThat(server.get("/api/v1/jobs/" + id + "/log").body())
        .contains("the worker's first words");
    assertThat(server.get("/api/v1/jobs/" + id + "/log?bytes=40").body()).isEqualTo("");

    HttpResponse<String> reproduction = server.post("/jobs/" + id + "/reproduce", "{}");
    assertThat(reproduction.statusCode()).isEqualTo(201);
    JsonNode again = Json.MAPPER.readTree(reproduction.body());
    assertThat(again.path("id").asLong()).isNotEqualTo(id);
    assertThat(again.path("spec")).isEqualTo(job.path("spec"));
    assertThat(again.path("title")).isEqualTo(job.path("title"));
    events.await(again.path("id").asLong(), "SUCCEEDED");
    JsonNode difference =
        server.json("/runs/%d/difference?from=%d".formatted(again.path("id").asLong(), id));
    assertThat(difference.path("same").asBoolean()).as("%s", difference).isTrue();
    assertThat(difference.path("settings")).isEmpty();
    assertThat(difference.path("provenance")).isEmpty();
    assertThat(difference.path("sentence").asText()).contains("bit for bit");
    JsonNode pair = server.json("/pairs?a=%d&b=%d".formatted(again.path("id").asLong(), id));
    assertThat(pair.path("images").asInt()).as("%s", pair).isPositive();
    assertThat(pair.path("onlyA").asInt() + pair.path("onlyB").asInt()).isZero();
    assertThat(server.get("/api/v1/runs/%d/difference".formatted(id)).body())
        .contains("from is missing");
    assertThat(server.post("/jobs/99/reproduce", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void parametersAreChecked() throws Exception {
    assertThat(server.get("/api/v1/jobs?state=DONE").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/jobs?kind=training").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/jobs?limit=0").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/jobs?offset=-1").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/jobs/7").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/jobs/7/log").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/sweeps/none").statusCode()).isEqualTo(404);
  }

  @Test
  void aRunningJobIsCancelledThenDeleted() throws Exception {
    long id = server.train("bagnet9", 99);
    events.await("progress");
    assertThat(delete(id)).isEqualTo(409);
    HttpResponse<String> asked = server.post("/jobs/" + id + "/cancel", "");
    assertThat(asked.statusCode()).isEqualTo(202);
    assertThat(Json.MAPPER.readTree(asked.body()).path("cancelRequested").asBoolean()).isTrue();
    JsonNode cancelled = events.await(id, "CANCELLED");
    assertThat(cancelled.path("checkpoint").asBoolean()).isTrue();
    assertThat(cancelled.path("reason").asText()).isEqualTo("cancelled by user");
    assertThat(cancelled.path("causeCode").asText()).isEqualTo("cancel-requested");
    assertThat(server.json("/jobs/" + id + "/timeline").findValuesAsText("causeCode"))
        .containsExactly("submitted", "started", "cancel-requested", "stopped-with-checkpoint");
    assertThat(server.post("/jobs/" + id + "/cancel", "").statusCode()).isEqualTo(409);
    assertThat(server.post("/jobs/" + id + "/pause", "").statusCode()).isEqualTo(409);
    assertThat(delete(id)).isEqualTo(204);
    assertThat(delete(id)).isEqualTo(404);
    events.await(event -> event.type().equals("deleted"));
  }

  @Test
  void aFileThatSomebodyTookIsToldToBeLost() throws Exception {
    long id = server.train("bagnet9", 1);
    events.await(id, "SUCCEEDED");
    JsonNode artifact = server.json("/runs/" + id).path("artifacts").get(0);
    FileTree.delete(data.resolve("artifacts").resolve("" + id));
    HttpResponse<String> answer = server.get(artifact.path("url").asText());
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body()).contains("artifact-lost", artifact.path("name").asText());
  }

  private int delete(long id) throws Exception {
    return server.send("/api/v1/jobs/" + id, HttpRequest.newBuilder().DELETE()).statusCode();
  }

  @Test
  void aKilledWorkerIsToldTrulyAndItsJobResumed() throws Exception {
    long id = server.train("bagnet9", 99);
    events.await("progress");
    long pid = server.job(id).path("worker").path("pid").asLong();
    WorkerThread.running(pid).orElseThrow().destroyForcibly();
    JsonNode job = events.await(id, "INTERRUPTED");
    assertThat(job.path("reason").asText())
        .isEqualTo("worker process was killed by signal 9 (SIGKILL) in epoch 2, batch 31 of 150");
    assertThat(job.path("causeCode").asText()).isEqualTo("worker-killed");
    assertThat(job.path("causeArguments"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"done": 31, "epoch": 2, "number": 9, "phase": "training", "signal": "SIGKILL",
                 "total": 150}
                """));
    assertThat(server.json("/health/ready").path("status").asText()).isEqualTo("UP");
    assertThat(server.post("/jobs/" + id + "/resume", "").statusCode()).isEqualTo(202);
    events.await("progress");
    // One epoch, not two: what the first attempt found out is gone.
    assertThat(server.json("/runs/" + id).path("history")).hasSize(1);
    server.post("/jobs/" + id + "/cancel", "");
    events.await(id, "CANCELLED");
  }

  @Test
  void aJobIsPausedAndGoesOn() throws Exception {
    long id = server.train("bagnet9", 99);
    events.await("progress");
    HttpResponse<String> asked = server.post("/jobs/" + id + "/pause", "");
    assertThat(asked.statusCode()).isEqualTo(202);
    assertThat(Json.MAPPER.readTree(asked.body()).path("state").asText()).isEqualTo("PAUSING");
    events.await(id, "PAUSED");
    assertThat(server.post("/jobs/" + id + "/resume", "").statusCode()).isEqualTo(202);
    events.await("progress");
    server.post("/jobs/" + id + "/cancel", "");
    events.await(id, "CANCELLED");
  }

  @Test
  void queuedJobsAreReordered() throws Exception {
    long running = server.train("bagnet9", 99);
    events.await("progress");
    long first = server.train("bagnet9", 1);
    long second = server.train("bagnet9", 2);
    long third = server.train("bagnet9", 3);
    assertThat(move(third, "{\"to\":\"first\"}").statusCode()).isEqualTo(202);
    assertThat(move(first, "{\"before\":%d}".formatted(second)).statusCode()).isEqualTo(202);
    HttpResponse<String> urgent = move(second, "{\"priority\":1}");
    assertThat(Json.MAPPER.readTree(urgent.body()).path("priority").asInt()).isEqualTo(1);
    assertThat(server.json("/jobs?state=QUEUED").path("jobs").findValuesAsText("id"))
        .containsExactly("" + second, "" + third, "" + first);
    assertThat(move(running, "{\"to\":\"last\"}").statusCode()).isEqualTo(409);
    assertThat(move(first, "{\"to\":\"top\"}").statusCode()).isEqualTo(400);
    assertThat(move(first, "{\"before\":9999}").statusCode()).isEqualTo(404);
    for (String priority : List.of("5000", "-1001", "1.5", "\"high\"")) {
      HttpResponse<String> refused = move(first, "{\"priority\":%s}".formatted(priority));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(Json.MAPPER.readTree(refused.body()).path("field").asText()).isEqualTo("priority");
      assertThat(refused.body()).contains("a whole number from -1000 to 1000");
    }
    server.post("/jobs/" + running + "/cancel", "");
    events.await(second, "SUCCEEDED");
    events.await(third, "SUCCEEDED");
    events.await(first, "SUCCEEDED");
  }

  private HttpResponse<String> move(long id, String body) throws Exception {
    return server.post("/jobs/" + id + "/move", body);
  }

  @Test
  void aPageThatComesBackHearsWhatItMissed() throws Exception {
    String before = events.await(event -> !event.id().isEmpty()).id();
    long id = server.train("bagnet9", 1);
    events.await(id, "SUCCEEDED");
    try (EventStream again = server.events(before)) {
      again.await(id, "QUEUED");
      again.await(id, "SUCCEEDED");
    }
    try (EventStream foreign = server.events("another-7")) {
      foreign.await("reset");
    }
  }

  @Test
  void aPageThatLeavesCostsOthersNothing() throws Exception {
    long id = server.train("bagnet9", 1);
    for (int i = 0; i < 20; i++) {
      server.events("").close();
    }
    events.await(id, "SUCCEEDED");
  }

  /** The order and the fields are checked against the contract. */
  @Test
  void jobsAreListedInTheOrderOfTheirExecution() throws Exception {
    for (int seed = 1; seed <= 3; seed++) {
      server.post("/jobs", waiting(seed));
    }
    events.await(1, "RUNNING");
    server.post("/jobs/3/move", "{\"to\":\"first\"}");
    JsonNode jobs = server.json("/jobs?order=execution").path("jobs");
    assertThat(jobs).extracting(job -> job.path("id").asInt()).containsExactly(1, 3, 2);
    assertThat(jobs).extracting(job -> job.path("position").asInt()).containsExactly(0, 1, 2);
    assertThat(server.json("/jobs/2").path("position").asInt()).isEqualTo(2);
    assertThat(server.json("/jobs/1").has("position")).isFalse();
    assertThat(server.json("/jobs?order=execution&state=QUEUED&limit=1&offset=1").at("/jobs/0/id"))
        .hasToString("2");
    assertThat(
            server
                .sendUndescribed("/api/v1/jobs?order=alphabet", HttpRequest.newBuilder().GET())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void severalJobsAreChangedTogetherOrNot() throws Exception {
    for (int seed = 1; seed <= 4; seed++) {
      server.post("/jobs", waiting(seed));
    }
    events.await(1, "RUNNING");
    assertThat(changed("{\"jobs\":[4,3],\"move\":{\"to\":\"first\"}}")).isEqualTo(202);
    assertThat(server.json("/jobs?order=execution").path("jobs"))
        .extracting(job -> job.path("id").asInt())
        .containsExactly(1, 4, 3, 2);
    assertThat(changed("{\"jobs\":[2,1],\"move\":{\"to\":\"first\"}}")).isEqualTo(409);
    assertThat(changed("{\"jobs\":[2,9],\"action\":\"pause\"}")).isEqualTo(404);
    assertThat(server.json("/jobs/2").path("state").asText()).isEqualTo("QUEUED");
    assertThat(changed("{\"jobs\":[2,3],\"action\":\"pause\"}")).isEqualTo(202);
    assertThat(changed("{\"jobs\":[1,2,3,4],\"action\":\"cancel\"}")).isEqualTo(202);
    events.await(1, "CANCELLED");
    assertThat(server.json("/jobs").path("counts")).hasToString("{\"CANCELLED\":4}");
    for (String wrong : List.of("[1,1],\"action\":\"pause\"", "[1],\"move\":{\"to\":\"top\"}")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder()
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"jobs\":%s}".formatted(wrong)));
      assertThat(server.sendUndescribed("/api/v1/jobs/change", request).statusCode())
          .isEqualTo(400);
    }
  }

  /** The first of them waits until it is stopped, and the others wait for it. */
  private static String waiting(int number) {
    return training("controlled-15").replace("}", ",\"seed\":%d}".formatted(100 - number));
  }

  private JsonNode equal() throws Exception {
    String body = waiting(1).replace("\"kind\":\"train\",", "");
    return Json.MAPPER.readTree(server.post("/experiments/train/check", body).body()).path("equal");
  }

  private int changed(String body) throws Exception {
    return server.post("/jobs/change", body).statusCode();
  }

  @Test
  void anEqualJobIsNamedBeforeItIsQueuedAgain() throws Exception {
    assertThat(equal()).isEmpty();
    server.post("/jobs", waiting(1));
    assertThat(equal()).extracting(job -> job.path("id").asInt()).containsExactly(1);
    server.post("/jobs/1/cancel", "");
    events.await(1, "CANCELLED");
    assertThat(equal()).extracting(job -> job.path("state").asText()).containsExactly("CANCELLED");
  }
}
