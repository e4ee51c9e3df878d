package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of runs over HTTP, and their annotations. */
@Timeout(120)
class RunListTests {

  @TempDir static Path data;
  static TestServer server;
  static EventStream events;
  static long first;
  static long second;
  static long resnet;

  @BeforeAll
  static void train() throws Exception {
    server = new TestServer(data);
    events = server.events("");
    first = server.train("bagnet9", 1);
    second = server.train("bagnet9", 11);
    resnet = server.train("resnet50", 1);
    events.await(resnet, "SUCCEEDED");
  }

  @AfterAll
  static void stop() {
    events.close();
    server.close();
  }

  private static HttpResponse<String> put(String path, String body) throws Exception {
    return server.send(
        "/api/v1" + path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> patch(String path, String body) throws Exception {
    return server.send(
        "/api/v1" + path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  private static List<Long> listed(String query) throws Exception {
    List<Long> numbers = new ArrayList<>();
    server.json("/runs" + query).path("runs").forEach(run -> numbers.add(run.path("id").asLong()));
    return numbers;
  }

  /** The tiny worker says what it has used; nothing measures a device. */
  @Test
  void runsSayWhatTheyUsed() throws Exception {
    JsonNode cost = server.json("/runs/" + first).path("cost");
    assertThat(cost.path("deviceSeconds").asDouble()).isPositive();
    assertThat(cost.path("processorSeconds").asDouble()).isEqualTo(1.5);
    assertThat(cost.path("peakMemoryBytes").asLong()).isEqualTo(300L << 20);
    assertThat(cost.path("peakDeviceMemoryBytes").asLong()).isEqualTo(200L << 20);
    assertThat(cost.has("utilisation")).isFalse();
    JsonNode listed = server.json("/runs?sort=peakMemory").path("runs").get(0);
    assertThat(listed.path("peakMemory").asLong()).isEqualTo(300L << 20);
    assertThat(listed.path("deviceSeconds").asDouble()).isPositive();
    String dataset = server.json("/runs/" + first).path("spec").path("dataset").asText();
    JsonNode sum = server.json("/costs?dataset=" + dataset);
    assertThat(sum.path("jobs").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(sum.path("processorSeconds").asDouble()).isGreaterThanOrEqualTo(3 * 1.5);
    assertThat(server.json("/costs?dataset=none").path("jobs").asInt()).isZero();
    assertThat(server.sendUndescribed("/api/v1/costs", HttpRequest.newBuilder()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void theNewestRunIsFirstAndHasItsParametersAndAccuracies() throws Exception {
    assertThat(listed("")).containsExactly(resnet, second, first);
    JsonNode page = server.json("/runs");
    assertThat(page.path("total").asInt()).isEqualTo(3);
    JsonNode run = page.path("runs").get(2);
    assertThat(run.path("label").asText()).isEqualTo("BagNet-9");
    assertThat(run.path("receptiveField").asInt()).isEqualTo(9);
    assertThat(run.at("/parameters/seed").asInt()).isEqualTo(1);
    JsonNode result = server.json("/runs/" + first).at("/results/test");
    assertThat(run.at("/test/accuracy")).isEqualTo(result.path("accuracy"));
    assertThat(run.at("/test/low")).isEqualTo(result.path("low"));
    assertThat(run.at("/test/images")).isEqualTo(result.path("images"));
    assertThat(texts(page.path("varying"))).contains("run", "network", "seed");
    assertThat(texts(page.path("varying"))).doesNotContain("dataset", "regime", "width", "weights");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void aListIsFilteredSortedAndCutIntoPages() throws Exception {
    assertThat(listed("?network=bagnet9")).containsExactly(second, first);
    assertThat(listed("?query=RESNET%20seed")).containsExactly(resnet);
    assertThat(listed("?runs=" + first + "," + resnet)).containsExactly(resnet, first);
    assertThat(listed("?sort=run")).containsExactly(first, second, resnet);
    assertThat(listed("?sort=network&limit=1&offset=2")).containsExactly(resnet);
    assertThat(listed("?sort=-seed").get(0)).isEqualTo(second);
    assertThat(listed("?dataset=scene15")).isEmpty();
    assertThat(listed("?offset=9")).isEmpty();
    // None started from weights: then the newest is first.
    assertThat(listed("?sort=-weights")).containsExactly(resnet, second, first);
  }

  @Test
  void aListIsFilteredByParametersOfWhichItTellsTheValues() throws Exception {
    assertThat(listed("?parameter=seed:1")).containsExactly(resnet, first);
    assertThat(listed("?parameter=seed:1.0&network=bagnet9")).containsExactly(first);
    JsonNode run = server.json("/runs?runs=" + second).path("runs").get(0);
    String recipe = run.at("/parameters/recipe").asText();
    assertThat(listed("?parameter=recipe:%s,seed:11".formatted(recipe))).containsExactly(second);
    assertThat(listed("?parameter=seed:2")).isEmpty();
    // Those of all runs, whatever is chosen of them.
    assertThat(server.json("/runs?parameter=seed:2").path("parameters").toString())
        .isEqualTo("[{\"name\":\"seed\",\"values\":[1,11]}]");
    assertThat(server.get("/api/v1/export/runs.csv?parameter=seed:11").body().lines()).hasSize(2);
  }

  @Test
  void tablesHaveTheColumnsThatWereAskedFor() throws Exception {
    String csv =
        server.get("/api/v1/export/runs.csv?columns=run,network,test&sort=run&limit=2").body();
    assertThat(csv.lines().toList())
        .hasSize(3)
        .first()
        .isEqualTo("run,architecture,network,test,testLow,testHigh,testImages");
    assertThat(
            server.get("/api/v1/export/runs.csv?columns=run,trainImages&sort=run&limit=1").body())
        .isEqualTo("run,trainImages\r\n%d,all\r\n".formatted(first));
    assertThat(server.get("/api/v1/export/runs.csv").body().lines()).hasSize(4);
    assertThat(server.get("/api/v1/export/runs.tex?network=resnet50").body())
        .contains("Data set: controlled-15.", "ResNet-50")
        .doesNotContain("BagNet");
  }

  private static List<Long> queried(String query) throws Exception {
    return listed("?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  @Test
  void aListIsFilteredByAQueryOfColumnsAndWords() throws Exception {
    JsonNode newest = server.json("/runs?limit=1").path("runs").get(0);
    double accuracy = newest.at("/test/accuracy").asDouble();
    assertThat(queried("seed = 1 and network != bagnet9")).containsExactly(resnet);
    assertThat(queried("SEED >= 2 or network = \"ResNet-50\"")).containsExactly(resnet, second);
    assertThat(queried("not (seed = 11 or resnet50)")).containsExactly(first);
    assertThat(queried("bagnet seed=11.0")).containsExactly(second);
    assertThat(queried("Receptive Field < 10 resnet")).isEmpty();
    assertThat(queried("receptive field < 10")).containsExactly(second, first);
    assertThat(queried("receptiveField > 1e6")).containsExactly(resnet);
    assertThat(queried("network > BagNet-10")).containsExactly(resnet);
    assertThat(queried("test <= %s and run = %d".formatted(accuracy, resnet)))
        .containsExactly(resnet);
    assertThat(queried("test <= 100 %")).hasSize(3);
    assertThat(queried("test > 100%")).isEmpty();
    assertThat(queried("\"Peak memory\" > 300MB and peakMemory < 1 and note = none")).isEmpty();
    assertThat(queried("peak memory > 300MB duration < 1h")).hasSize(3);
    assertThat(queried("weights = none")).hasSize(3);
    assertThat(queried("weights != none")).isEmpty();
    assertThat(queried("weights != imagenet")).hasSize(3);
    assertThat(queried("weights < imagenet")).isEmpty();
    assertThat(queried("finished >= 2020-01-01 and finished < 2021-01-01")).isEmpty();
    String day = newest.path("endedAt").asText().substring(0, 10);
    assertThat(queried("finished = %s".formatted(day))).contains(resnet);
    assertThat(queried("finished > %s".formatted(day))).isEmpty();
    assertThat(queried("finished <= %s".formatted(newest.path("endedAt").asText()))).hasSize(3);
    assertThat(queried("  ")).hasSize(3);
    patch("/runs/" + second + "/tags", "{\"add\":[\"one\",\"two\"]}");
    assertThat(queried("tags = two")).containsExactly(second);
    assertThat(queried("tags != two")).containsExactly(resnet, first);
    patch("/runs/" + second + "/tags", "{\"remove\":[\"one\",\"two\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tst > 0.9          | There is no column 'tst' (at character 1). Did you mean test?
          seed = 1 and x = 2 | There is no column 'x' (at character 14). Known: run, network, receptiveField,
          test >             | After test >, a share such as 0.9 or 90 % is missing at the end.
          test > and seed    | test is compared with a share such as 0.9 or 90 %, not with 'and' (at character 8).
          test > > 1         | After test >, a share such as 0.9 or 90 % is missing at character 8.
          test > 90          | test is compared with a share such as 0.9 or 90 %, not with '90' (at character 8).
          seed = one         | seed is compared with a number, not with 'one' (at character 8).
          finished > today   | endedAt is compared with a date such as 2026-01-31, or a time
          tags > best        | tags can be compared with = and !=, but not with > (at character 6).
          > 0.9              | The name of a column is missing before '>' at character 1. Known: run,
          (test > 0.9        | The parenthesis at character 1 is not closed.
          endedAt > -999999999-01-01 | endedAt is compared with a date such as 2026-01-31, or a time such as 2026-01-31T12:00Z, not with '-999999999-01-01' (at character 11).
          test > 0.9)        | The parenthesis at character 11 has no opening one.
          test > 0.9 and     | A comparison such as test > 0.9, or a word to search for, is missing at the end.
          or test            | A comparison such as test > 0.9, or a word to search for, is missing at character 1.
          note = "two words  | The quotation mark at character 8 has no second one.
          """)
  void aWrongQueryIsRefusedWithThePlaceAndWhatIsAllowed(String query, String detail)
      throws Exception {
    HttpResponse<String> refused =
        server.get("/api/v1/runs?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    JsonNode problem = Json.MAPPER.readTree(refused.body());
    assertThat(problem.path("field").asText()).isEqualTo("query");
    assertThat(problem.path("detail").asText()).startsWith(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sort=color    | There is no column 'color'. Known: run, network
          columns=run,x  | There is no column 'x'.
          runs=1-2       | runs must be the numbers of at most 2000 runs, separated by commas, but is 1-2.
          parameter=x:1  | parameter must be names and values such as seed:3,batchSize:64, but is x:1. Known: trainImages,
          parameter=seed | parameter must be names and values such as seed:3,batchSize:64, but is seed.
          parameter=seed:one | seed must be a number, but is one.
          converged=1    | converged must be true or false, but is 1.
          limit=0        | limit must be a whole number from 1 to 2000, but is 0.
          limit=2001     | limit must be a whole number from 1 to 2000, but is 2001.
          """)
  void whatIsNoListIsRefused(String query, String detail) throws Exception {
    HttpResponse<String> refused = server.get("/api/v1/runs?" + query);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains(detail);
  }

  @Test
  void theParametersOfTheListOfRunsAreThoseOfNoOtherView() throws Exception {
    HttpResponse<String> claims =
        server.sendUndescribed("/api/v1/claims?limit=0&sort=color", HttpRequest.newBuilder().GET());
    assertThat(claims.statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/export/claims.csv?columns=x").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/export/runs.csv?columns=x").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/export/runs.csv?limit=100000").statusCode()).isEqualTo(200);
  }

  @Test
  void tagsAndNotesAreStoredShownAndTold() throws Exception {
    HttpResponse<String> tagged =
        patch("/runs/" + first + "/tags", "{\"add\":[\"paper\",\"best\",\"paper\"]}");
    assertThat(tagged.body())
        .isEqualTo("{\"job\":%d,\"tags\":[\"best\",\"paper\"]}".formatted(first));
    put("/runs/" + first + "/note", "{\"note\":\" Diverged after\\nepoch 2 \"}");
    events.await(
        event ->
            event.type().equals("annotation")
                && event.data().path("note").asText().equals("Diverged after\nepoch 2")
                && event.data().path("tags").size() == 2);
    JsonNode run = server.json("/runs/" + first);
    assertThat(texts(run.path("tags"))).containsExactly("best", "paper");
    assertThat(run.path("note").asText()).isEqualTo("Diverged after\nepoch 2");
    assertThat(listed("?tag=paper")).containsExactly(first);
    assertThat(listed("?query=diverged%20epoch")).containsExactly(first);
    assertThat(texts(server.json("/runs").path("tags"))).containsExactly("best", "paper");
    patch("/runs/" + first + "/tags", "{\"remove\":[\"best\",\"paper\",\"unknown\"]}");
    put("/runs/" + first + "/note", "{\"note\":\"\"}");
    assertThat(server.json("/runs/" + first).has("note")).isFalse();
    assertThat(listed("?tag=paper")).isEmpty();
  }

  @Test
  void aNoteOfSeveralLinesIsOneCellOfATable() throws Exception {
    put("/runs/" + resnet + "/note", "{\"note\":\"Diverged\\n\\n\\tafter epoch 2\"}");
    String address = "/api/v1/export/runs.%s?columns=run,note&runs=" + resnet;
    assertThat(server.get(address.formatted("txt")).body()).contains("Diverged after epoch 2\n");
    assertThat(server.get(address.formatted("tex")).body())
        .contains("%d & Diverged after epoch 2 ".formatted(resnet));
    assertThat(server.get(address.formatted("csv")).body())
        .contains("\"Diverged\n\n\tafter epoch 2\"");
    put("/runs/" + resnet + "/note", "{\"note\":\"\"}");
  }

  @Test
  void aColumnSaysWhetherItsValuesAreNumbersAndTheirUnit() throws Exception {
    ObjectNode columns = JsonNodeFactory.instance.objectNode();
    server
        .json("/runs")
        .path("columns")
        .forEach(column -> columns.set(column.path("name").asText(), column));
    assertThat(columns.path("imageSize").toString())
        .isEqualTo(
            "{\"name\":\"imageSize\",\"label\":\"Image"
                + " size\",\"unit\":\"px\",\"type\":\"number\",\"parameter\":true}");
    assertThat(
            Stream.of("trainImages", "seed", "width", "sparsity", "receptiveField", "precision")
                .map(name -> columns.path(name).path("type").asText()))
        .containsExactly("number", "number", "number", "number", "number", "text");
    assertThat(columns.path("receptiveField").path("unit").asText()).isEqualTo("px");
    assertThat(columns.path("seconds").path("label").asText()).isEqualTo("Duration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          add    | {"add":["two words"]} | A tag has 1 to 32 letters, digits
          remove | {"remove":[7]}        | A tag has 1 to 32 letters, digits
          add    | {"add":"paper"}       | add must be a list of tags.
          tags   | {"tags":["paper"]}    | Tags must be
          tags   | {}                    | Tags must be
          note   | {"note":7}            | A note must be
          note   | {"note":"","x":1}     | A note must be
          """)
  void whatIsNoAnnotationIsRefused(String field, String body, String detail) throws Exception {
    String run = "/runs/" + second;
    HttpResponse<String> refused =
        field.equals("note") ? put(run + "/note", body) : patch(run + "/tags", body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Json.MAPPER.readTree(refused.body()).path("field").asText()).isEqualTo(field);
    assertThat(refused.body()).contains(detail);
  }

  @Test
  void annotationsHaveLimits() throws Exception {
    String note = "{\"note\":\"%s\"}".formatted("x".repeat(2000));
    assertThat(put("/runs/" + second + "/note", note).statusCode()).isEqualTo(200);
    HttpResponse<String> longer = put("/runs/" + second + "/note", note.replace("xx\"", "xxx\""));
    assertThat(longer.body())
        .contains("A note has at most 2000 characters, but this one has 2001.");
    put("/runs/" + second + "/note", "{\"note\":\"\"}");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      many.add("\"tag-%028d\"".formatted(i));
    }
    String most = "{\"add\":%s}".formatted(many.subList(0, 20));
    assertThat(patch("/runs/" + second + "/tags", most).statusCode()).isEqualTo(200);
    HttpResponse<String> more =
        patch("/runs/" + second + "/tags", "{\"add\":[%s]}".formatted(many.get(20)));
    assertThat(more.statusCode()).isEqualTo(400);
    assertThat(more.body()).contains("A run has at most 20 tags.", "\"field\":\"add\"");
    patch("/runs/" + second + "/tags", "{\"remove\":%s}".formatted(many));
    assertThat(server.json("/runs/" + second).path("tags")).isEmpty();
    assertThat(patch("/runs/98765/tags", "{\"add\":[]}").statusCode()).isEqualTo(404);
  }

  @Test
  void tagsThatSeveralAddAtOnceAreAllKept() throws Exception {
    List<String> names = IntStream.range(0, 16).mapToObj("at-once-%02d"::formatted).toList();
    ExecutorService writers = Executors.newFixedThreadPool(names.size());
    try {
      List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
      for (String name : names) {
        requests.add(
            () -> patch("/runs/" + resnet + "/tags", "{\"add\":[\"%s\"]}".formatted(name)));
      }
      for (Future<HttpResponse<String>> answer : writers.invokeAll(requests)) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    } finally {
      writers.shutdown();
    }
    assertThat(texts(server.json("/runs/" + resnet).path("tags"))).isEqualTo(names);
    patch("/runs/" + resnet + "/tags", Json.line(Json.MAPPER.valueToTree(Map.of("remove", names))));
  }
}
