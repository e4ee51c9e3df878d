package org.bagnetlab.server.results.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.Published;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views over three runs of BagNet-9 and ResNet-50. */
class ViewTests {

  @TempDir static Path data;
  static TestServer server;
  static long first;
  static long second;
  static long resnet;

  @BeforeAll
  static void run() throws Exception {
    server = new TestServer(data);
    try (EventStream events = server.events("")) {
      first = server.train("bagnet9", 1);
      second = server.train("bagnet9", 11);
      resnet = server.train("resnet50", 1);
      events.await(resnet, "SUCCEEDED");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.path(field).asText()));
    return texts;
  }

  @Test
  void theComparisonHasEveryNetworkInTheOrderOfTable1() throws Exception {
    JsonNode comparison = server.json("/comparison");
    assertThat(comparison.path("dataset").asText()).isEqualTo("controlled-15");
    assertThat(comparison.path("datasets")).hasSize(1);
    JsonNode rows = comparison.path("rows");
    assertThat(texts(rows, "architecture"))
        .containsExactly(
            "resnet50",
            "densenet121",
            "densenet169",
            "cbam_resnet50",
            "bagnet9",
            "bagnet17",
            "bagnet33");
    assertThat(texts(server.json("/comparison?dataset=none").path("rows"), "architecture"))
        .hasSize(7);
  }

  @Test
  void aRowIsOverTheSeedsOfAConfiguration() throws Exception {
    JsonNode row = server.json("/comparison").path("rows").get(4);
    assertThat(row.path("label").asText()).isEqualTo("BagNet-9");
    assertThat(row.path("receptiveField").asInt()).isEqualTo(9);
    assertThat(row.path("regime").asText()).isEqualTo("from scratch");
    assertThat(row.path("runs")).hasSize(2);
    assertThat(row.path("test").path("mean").asDouble()).isCloseTo(.56, within(1e-9));
    assertThat(row.path("test").path("n").asInt()).isEqualTo(2);
    assertThat(row.path("test").path("values")).hasSize(2);
    assertThat(row.path("test").has("low")).isFalse();
    assertThat(row.path("published").path("test").asDouble()).isEqualTo(.84);
    assertThat(row.path("published").has("scrambled")).isFalse();
    assertThat(row.path("ceiling").asDouble()).isBetween(.2, .5);
    assertThat(row.path("readouts").path("linear").asDouble()).isEqualTo(.72);
    assertThat(row.path("readouts").path("best").asDouble()).isEqualTo(.991);
  }

  @Test
  void aNetworkThatSeesTheWholeImageHasNoReceptiveField() throws Exception {
    JsonNode row = server.json("/comparison").path("rows").get(0);
    assertThat(row.has("receptiveField")).isFalse();
    assertThat(row.path("test").path("interval").asText()).isEqualTo("wilson");
    assertThat(row.path("test").has("sd")).isFalse();
    assertThat(row.path("ceiling").asDouble()).isEqualTo(1);
    assertThat(row.has("readouts")).isFalse();
    JsonNode unmeasured = server.json("/comparison").path("rows").get(1);
    assertThat(unmeasured.has("test")).isFalse();
    assertThat(unmeasured.path("published").path("scrambled").asDouble()).isEqualTo(.57);
  }

  @Test
  void networksAreComparedInPairsOverTheSeedsThatBothHave() throws Exception {
    JsonNode differences = server.json("/differences");
    assertThat(differences.path("measure").asText()).isEqualTo("test");
    assertThat(differences.path("settings")).hasSize(1);
    assertThat(differences.path("setting").path("networks").asInt()).isEqualTo(2);
    assertThat(texts(differences.path("networks"), "architecture"))
        .containsExactly("resnet50", "bagnet9");
    JsonNode pair = differences.path("pairs").get(0);
    assertThat(pair.path("seeds")).hasSize(1);
    assertThat(pair.path("seeds").get(0).path("firstRun").asLong()).isEqualTo(resnet);
    assertThat(pair.path("seeds").get(0).path("table").path("both").asInt()).isEqualTo(1);
    assertThat(pair.path("method").asText()).isEqualTo("exact-mcnemar");
    assertThat(pair.path("adjusted").asDouble()).isEqualTo(1);
    assertThat(pair.path("sentence").asText()).startsWith("ResNet-50 is 0.0 points above BagNet-9");
    // These runs have no scrambled predictions.
    assertThat(server.json("/differences?measure=scrambled").path("pairs")).isEmpty();
    assertThat(server.json("/differences?setting=" + first).path("networks")).hasSize(2);
    assertThat(server.json("/differences?dataset=none").path("settings")).isEmpty();
    assertThat(server.get("/api/v1/differences?measure=beauty").body())
        .contains("There is no measure 'beauty'. Known: test, scrambled, scrambling-loss.");
  }

  @Test
  void everythingIsExportedAtOnceInLines() throws Exception {
    HttpResponse<String> response =
        server.post(
            "/exports?dataset=controlled-15&forms=files,site",
            """
            {"figures": [{"name": "comparison-test", "title": "Test accuracy", "svg": "<svg/>", "png": "AAEC", "pdf": "JVBE"}]}
            """);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Map<String, String> files = new HashMap<>();
    List<JsonNode> steps = new ArrayList<>();
    for (String text : response.body().lines().toList()) {
      JsonNode line = Json.MAPPER.readTree(text);
      if (line.has("path")) {
        files.put(
            line.path("form").asText() + "/" + line.path("path").asText(),
            new String(line.path("content").binaryValue(), StandardCharsets.UTF_8));
      } else {
        steps.add(line);
      }
    }
    assertThat(steps)
        .isSortedAccordingTo(Comparator.comparingInt(step -> step.path("done").asInt()));
    assertThat(steps.getLast().path("done")).isEqualTo(steps.getLast().path("total"));
    for (String file : List.of("comparison.csv", "differences.tex", "error-agreement.json")) {
      assertThat(files.get("files/" + file))
          .isEqualTo(server.get("/api/v1/export/" + file + "?dataset=controlled-15").body());
    }
    assertThat(files.get("files/README.md"))
        .contains(
            "| Test accuracy | [svg](comparison-test.svg), [png](comparison-test.png), [pdf](comparison-test.pdf) |")
        .contains("./bagnetlab results export --to DIR --dataset controlled-15\n");
    assertThat(files.get("files/comparison-test.svg")).isEqualTo("<svg/>");
    assertThat(files.get("files/comparison-test.pdf")).isEqualTo("%PD");
    assertThat(files.get("site/comparison.html")).contains("<svg/>", "BagNet-9");
    assertThat(files).doesNotContainKeys("files/accuracy-over-width.csv", "files/runs.txt");
  }

  @Test
  void anExportThatCannotBeMadeIsRefused() throws Exception {
    assertThat(server.post("/exports?dataset=controlled-15&forms=book", "{}").body())
        .contains("forms must be files, site or both.");
    assertThat(server.post("/exports?forms=files", "{}").statusCode()).isEqualTo(400);
    assertThat(
            server
                .post(
                    "/exports?dataset=controlled-15",
                    "{\"figures\": [{\"name\": \"../x\", \"title\": \"\", \"svg\": \"\", \"png\": \"\"}]}")
                .body())
        .contains("letters, digits and hyphens");
    assertThat(server.post("/exports?dataset=controlled-15&setting=4711", "{}").body().lines())
        .last()
        .asString()
        .contains("\"problem\":\"Run 4711 is not a training on controlled-15 that succeeded.\"");
  }

  /** These differ in no parameter alone, which is no curve yet; curves have tests of their own. */
  @Test
  void accuracyIsAFunctionOfAnyParameterThatIsANumber() throws Exception {
    assertThat(server.json("/accuracy-over/trainImages").path("curves")).isEmpty();
    assertThat(written("accuracy-over-trainImages.csv", "text/csv"))
        .startsWith("architecture,network,");
    assertThat(server.json("/accuracy-over/sparsity").at("/axis/label").asText())
        .isEqualTo("Sparsity");
    HttpResponse<String> refused = server.get("/api/v1/accuracy-over/recipe");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body())
        .contains("Accuracy is not a function of 'recipe'. Known: trainImages, imageSize, width");
    // The name that learning curves had at first leads on, too.
    assertThat(server.get("/api/v1/export/learning-curves.csv").body())
        .contains("those over a parameter, such as accuracy-over-trainImages");
  }

  @Test
  void errorsOfNetworksAreCompared() throws Exception {
    JsonNode view = server.json("/error-agreement");
    assertThat(view.path("setting").path("networks").asInt()).isEqualTo(2);
    assertThat(view.path("classes")).isEqualTo(Json.MAPPER.readTree("[\"a\"]"));
    JsonNode resnet50 = view.path("networks").get(0);
    assertThat(resnet50.path("runs").get(0).asLong()).isEqualTo(resnet);
    assertThat(resnet50.has("ceiling")).isFalse();
    JsonNode bagnet9 = view.path("networks").get(1);
    // The tiny worker's runs all see the same.
    assertThat(bagnet9.path("ceiling").path("kappa").asDouble()).isEqualTo(1);
    assertThat(bagnet9.path("ceiling").path("seeds").asInt()).isEqualTo(2);
    assertThat(bagnet9.path("classAccuracies").get(0).asDouble()).isEqualTo(.5);
    JsonNode pair = view.path("pairs").get(0);
    assertThat(pair.path("kappa").asDouble()).isEqualTo(1);
    assertThat(pair.path("expected").asDouble()).isEqualTo(.5);
    assertThat(pair.path("logitCorrelation").asDouble()).isCloseTo(1, within(1e-12));
    assertThat(pair.has("low")).isFalse();
    assertThat(pair.has("pearson")).isFalse();
    assertThat(written("error-agreement.csv", "text/csv"))
        .contains("first,second,dataset,", ",observed,expected,kappa,kappaLow,kappaHigh,")
        .contains("resnet50,bagnet9,controlled-15,all,from scratch");
    assertThat(written("error-agreement.txt", "text/plain")).contains("1.00*");
    assertThat(server.json("/error-agreement?dataset=none").path("curves")).isEmpty();
  }

  @Test
  void theReportsClaimsAreJudged() throws Exception {
    JsonNode claims = server.json("/claims");
    assertThat(claims.path("setting").path("networks").asInt()).isEqualTo(2);
    assertThat(claims.path("claims")).hasSize(8);
    assertThat(texts(claims.path("claims"), "verdict")).containsOnly("undecided");
    assertThat(claims.path("claims").get(0).path("toDecide")).hasSize(3);
    assertThat(server.json("/claims?dataset=none").path("claims")).isEmpty();
  }

  @Test
  void aSettingIsOfARunOnTheDataSet() throws Exception {
    String onControlled15 = "?dataset=controlled-15&setting=%d".formatted(first);
    String onOther = "?dataset=none&setting=%d".formatted(first);
    for (String view :
        List.of(
            "/claims",
            "/changes",
            "/comparison",
            "/differences",
            "/error-agreement",
            "/export/claims.csv")) {
      assertThat(server.get("/api/v1" + view + onControlled15).statusCode()).isEqualTo(200);
      HttpResponse<String> response = server.get("/api/v1" + view + onOther);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .contains("Run %d is not a training on none that succeeded.".formatted(first));
    }
  }

  @Test
  void anExperimentThatNobodyRanHasNoNumbers() throws Exception {
    JsonNode analysis = server.json("/analyses/faithfulness");
    assertThat(analysis.path("dataset").asText()).isEqualTo("controlled-15");
    assertThat(analysis.path("outputs")).isEmpty();
    assertThat(server.get("/api/v1/analyses/train").body())
        .contains("There is no analysis 'train'. Known: ", "faithfulness");
    assertThat(server.get("/api/v1/export/faithfulness-deletion.csv").body())
        .startsWith("architecture,network,receptiveField,set,removed,saliency,dataset");
  }

  @Test
  void twoRunsAreComparedOnTheImagesThatTheyShare() throws Exception {
    JsonNode pair = server.json("/pairs?a=%d&b=%d&set=test".formatted(first, resnet));
    assertThat(pair.path("images").asInt()).isEqualTo(2);
    assertThat(pair.path("both").asInt()).isEqualTo(1);
    assertThat(pair.path("neither").asInt()).isEqualTo(1);
    assertThat(pair.path("pValue").asDouble()).isEqualTo(1);
    assertThat(pair.path("a").path("label").asText()).isEqualTo("BagNet-9");
    assertThat(pair.has("overSeeds")).isFalse();
    assertThat(
            pair.at("/byClass/classes").findValues("images").stream()
                .mapToInt(JsonNode::asInt)
                .sum())
        .isEqualTo(2);
    assertThat(pair.at("/byClass/sentence").asText()).contains("no class tells");
    assertThat(server.get("/api/v1/pairs?a=%d".formatted(first)).body()).contains("b is missing");
    assertThat(server.get("/api/v1/pairs?a=%d&b=99".formatted(first)).body())
        .contains("Run 99 is not a training that succeeded.");
    assertThat(
            server
                .get("/api/v1/pairs?a=%d&b=%d&set=scrambled".formatted(first, resnet))
                .statusCode())
        .isEqualTo(409);
    assertThat(
            server
                .get("/api/v1/pairs?a=%d&b=%d&set=scrambling-loss".formatted(first, resnet))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void figure1IsComputed() throws Exception {
    JsonNode fields = server.json("/receptive-fields");
    JsonNode bagnet33 = fields.path("architectures").get(6);
    assertThat(bagnet33.path("name").asText()).isEqualTo("bagnet33");
    assertThat(texts(bagnet33.path("layers"), "receptiveField"))
        .containsExactly("3", "5", "9", "17", "33");
    assertThat(texts(bagnet33.path("layers"), "output"))
        .containsExactly("222", "110", "54", "26", "24");
    assertThat(fields.path("accuracies")).hasSize(2);
    assertThat(fields.path("published")).hasSize(7);
    assertThat(fields.path("effective").isArray()).isTrue();
    assertThat(fields.path("effective")).isEmpty();
    JsonNode same = fields.path("sameImage").get(0);
    assertThat(same.path("image").asText()).isEqualTo("test/a.png");
    assertThat(same.path("class").asText()).isEqualTo("a");
    assertThat(same.path("heatmaps")).hasSize(1);
    // The newest run of the network is shown.
    assertThat(same.path("heatmaps").get(0).path("run").asLong()).isEqualTo(second);
    assertThat(server.get(same.path("imageUrl").asText()).body()).isEqualTo("image");
  }

  @Test
  void scramblingIsShownInNumbersAndPictures() throws Exception {
    JsonNode scrambling = server.json("/scrambling");
    assertThat(texts(scrambling.path("rows"), "architecture"))
        .containsExactly("resnet50", "bagnet9");
    assertThat(scrambling.path("rows").get(1).path("scrambled").path("mean").asDouble())
        .isEqualTo(.25);
    assertThat(scrambling.path("published")).hasSize(7);
    JsonNode resnetExample = scrambling.path("examples").get(0);
    assertThat(resnetExample.path("run").asLong()).isEqualTo(resnet);
    assertThat(resnetExample.has("heatmapUrl")).isFalse();
    JsonNode example = scrambling.path("examples").get(1);
    assertThat(server.get(example.path("scrambledImageUrl").asText()).body())
        .isEqualTo("scrambled");
    assertThat(example.path("facts").path("predicted").asText()).isEqualTo("b");
    assertThat(example.path("facts").path("scrambledMaximum").asText()).isEqualTo("2");
  }

  @Test
  void chanceFollowsFromTheClassesAndPublishedNumbersAreOfOthers() throws Exception {
    for (String view : List.of("receptive-fields", "scrambling")) {
      JsonNode dataset = server.json("/" + view).path("datasets").get(0);
      assertThat(dataset.path("dataset").asText()).isEqualTo("controlled-15");
      assertThat(dataset.path("chance").asDouble()).isCloseTo(.06667, within(1e-5));
      assertThat(dataset.path("publishedApplies").asBoolean()).isFalse();
      assertThat(server.json("/" + view + "?dataset=none").path("datasets")).isEmpty();
    }
    assertThat(server.json("/comparison").path("chance").asDouble())
        .isCloseTo(.06667, within(1e-5));
    assertThat(server.json("/comparison").path("publishedApplies").asBoolean()).isFalse();
    assertThat(server.json("/comparison?dataset=none").has("chance")).isFalse();
    List<String> scenes =
        List.copyOf(requireNonNull(Published.read().testReports().get("bagnet33")).keySet());
    assertThat(MeasuredOn.of("scenes", scenes, Published.read()).publishedApplies()).isTrue();
    for (int classes : List.of(2, 10, 100)) {
      List<String> others = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
      MeasuredOn on = MeasuredOn.of("others", others, Published.read());
      assertThat(on.chance()).contains(1.0 / classes);
      assertThat(on.publishedApplies()).isFalse();
    }
  }

  private static String written(String file, String mediaType) throws Exception {
    HttpResponse<String> response = server.get("/api/v1/export/" + file);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains(mediaType + "; charset=utf-8");
    return response.body();
  }

  @Test
  void csvHasTheNumbersOfJson() throws Exception {
    JsonNode rows = server.json("/comparison").path("rows");
    String[] lines = written("comparison.csv", "text/csv").split("\r\n", -1);
    List<String> header = List.of(lines[0].split(",", -1));
    assertThat(lines).hasSize(rows.size() + 2);
    for (int i = 0; i < rows.size(); i++) {
      List<String> values = List.of(lines[i + 1].split(",", -1));
      for (String set : List.of("validation", "test", "scrambled")) {
        JsonNode measured = rows.get(i).path(set);
        assertThat(values.get(header.indexOf(set))).isEqualTo(measured.path("mean").asText());
        assertThat(values.get(header.indexOf(set + "Low")))
            .isEqualTo(measured.path("low").asText());
        assertThat(values.get(header.indexOf(set + "Seeds")))
            .isEqualTo(measured.path("n").asText());
      }
    }
  }

  @Test
  void everyViewHasEveryForm() throws Exception {
    for (View<?> view : View.all()) {
      assertThat(written(view.name() + ".csv", "text/csv")).contains("\r\n");
      assertThat(written(view.name() + ".tex", "application/x-latex"))
          .contains("\\toprule", "\\label{tab:" + view.name() + "}");
      assertThat(written(view.name() + ".txt", "text/plain")).isNotBlank();
      String measure =
          view.name().startsWith("differences-")
              ? "?measure=" + view.name().substring("differences-".length())
              : "";
      JsonNode same = server.json("/" + view.path() + measure);
      HttpResponse<String> json = server.get("/api/v1/export/" + view.name() + ".json");
      assertThat(Json.MAPPER.readTree(json.body())).isEqualTo(same);
      assertThat(json.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"%s.json\"".formatted(view.name()));
    }
    assertThat(server.get("/api/v1/export/weather.csv").body())
        .contains("There is no view 'weather.csv'. Known: comparison, receptive-field");
    assertThat(server.get("/api/v1/export/comparison").statusCode()).isEqualTo(404);
  }

  @Test
  void tablesOfAccuraciesHavePublishedColumnsOnlyIfAsked() throws Exception {
    for (String view : List.of("comparison", "receptive-field", "scrambling")) {
      assertThat(written(view + ".csv", "text/csv")).doesNotContain("published");
      assertThat(written(view + ".csv?published=true", "text/csv")).contains("publishedTest");
      assertThat(written(view + ".csv?dataset=none", "text/csv")).contains("publishedTest");
      assertThat(written(view + ".tex", "application/x-latex"))
          .contains("from scratch", "95 \\% intervals", "Chance on controlled-15: 6.7 \\%");
      assertThat(written(view + ".txt", "text/plain")).contains("BagNet-9");
    }
  }

  @Test
  void comparedNetworksAndClaimsAreWrittenWithTheirSettingAndTests() throws Exception {
    assertThat(written("differences.csv", "text/csv"))
        .contains("first,second,dataset,")
        .contains("resnet50,bagnet9,controlled-15,all,from scratch");
    assertThat(written("differences.txt", "text/plain")).contains("+0.0 (", "*");
    assertThat(written("claims.csv", "text/csv"))
        .contains("accuracy-grows-with-receptive-field", "undecided");
    assertThat(written("claims.tex", "application/x-latex"))
        .contains("from scratch", "p{0.3\\linewidth}");
    // None of the steps between the two has run.
    JsonNode changes = server.json("/changes").path("changes");
    assertThat(changes).hasSize(12);
    assertThat(changes.get(0).path("before").path("label").asText()).isEqualTo("ResNet-50");
    assertThat(changes.get(0).has("accuracyBefore")).isTrue();
    assertThat(changes.get(0).has("difference")).isFalse();
  }

  @Test
  void aRunTellsAllThatIsKnownOfIt() throws Exception {
    JsonNode run = server.json("/runs/" + first);
    assertThat(run.path("provenance").path("engine").path("fastPath").asBoolean()).isTrue();
    assertThat(run.path("provenance").path("code").path("digest").asText()).hasSize(64);
    assertThat(run.path("provenance").path("earlierCode")).isEmpty();
    assertThat(run.path("provenance").path("datasetChecksum").asText()).isEqualTo("abc");
    assertThat(run.path("provenance").path("splitChecksum").asText()).isEqualTo("def");
    assertThat(run.path("provenance").path("learntImages").asInt()).isEqualTo(1200);
    assertThat(run.path("history")).hasSize(1);
    assertThat(run.path("history").get(0).path("validationLoss").isNull()).isTrue();
    assertThat(run.path("results").path("test").path("accuracy").asDouble()).isEqualTo(.51);
    assertThat(run.path("results").path("test").path("low").asDouble()).isLessThan(.51);
    assertThat(run.path("artifacts")).hasSize(7);
  }

  @Test
  void aStatisticIsComputedFromStoredPredictions() throws Exception {
    JsonNode report = server.json("/runs/" + first + "/statistics/classes");
    assertThat(report.path("statistic").asText()).isEqualTo("classes");
    assertThat(report.path("results"))
        .filteredOn(row -> row.path("metric").asText().equals("recall"))
        .containsExactly(
            Json.MAPPER.readTree(
                """
                {"output": "class-recall", "metric": "recall", "set": "test", "axes": {"class": "a"},
                 "value": 0.5, "images": 2}
                """));
    assertThat(report.path("matrices").get(0).path("values"))
        .isEqualTo(Json.MAPPER.readTree("[[1.0, 1.0], [0.0, 0.0]]"));
    assertThat(report.has("published")).isFalse();
    assertThat(server.get("/api/v1/runs/987654/statistics/classes").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/runs/1/statistics/weather").statusCode()).isEqualTo(404);
  }

  @Test
  void calibrationIsComputedFromStoredLogits() throws Exception {
    JsonNode report = server.json("/runs/" + first + "/statistics/calibration");
    // Both of the two images have a confidence of e / (e + 1), and one is recognised.
    double confidence = Math.E / (Math.E + 1);
    assertThat(report.path("results"))
        .filteredOn(row -> row.path("output").asText().equals("expected-calibration-error"))
        .hasSize(1)
        .allSatisfy(
            row ->
                assertThat(row.path("value").asDouble()).isCloseTo(confidence - .5, within(1e-6)));
    assertThat(report.path("results"))
        .filteredOn(row -> row.path("output").asText().equals("reliability"))
        .hasSize(1)
        .allSatisfy(
            row -> {
              assertThat(row.path("axes").path("confidence").asDouble())
                  .isCloseTo(confidence, within(1e-6));
              assertThat(row.path("value").asDouble()).isEqualTo(.5);
              assertThat(row.path("images").asInt()).isEqualTo(2);
            });
    assertThat(texts(server.json("/experiments").path("experiments"), "name"))
        .endsWith("classes", "calibration");
  }

  @Test
  void aFileIsServedWithItsChecksum() throws Exception {
    JsonNode artifact = server.json("/runs/" + first).path("artifacts").get(0);
    HttpResponse<String> response = server.get(artifact.path("url").asText());
    assertThat(response.body()).isEqualTo("weights");
    String tag = "\"" + artifact.path("sha256").asText() + "\"";
    assertThat(response.headers().firstValue("ETag")).contains(tag);
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .contains("best.bin");
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    assertThat(
            server
                .send(
                    artifact.path("url").asText(),
                    HttpRequest.newBuilder().header("If-None-Match", tag))
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void networksDataSetsAndDevicesAreListed() throws Exception {
    JsonNode networks = server.json("/architectures").path("architectures");
    assertThat(texts(networks, "name"))
        .startsWith(
            "resnet50",
            "densenet121",
            "densenet169",
            "cbam_resnet50",
            "bagnet9",
            "bagnet17",
            "bagnet33");
    assertThat(networks.get(6).path("parameters").asLong()).isEqualTo(16_291_919);
    assertThat(networks.get(0).path("parameters").asLong()).isEqualTo(23_538_767);
    JsonNode dataset = server.json("/datasets").path("datasets").get(0);
    assertThat(dataset.path("name").asText()).isEqualTo("controlled-15");
    assertThat(dataset.path("classes")).hasSize(15);
    JsonNode device = server.json("/devices").path("devices").get(0);
    assertThat(device.path("threads").asInt()).isEqualTo(2);
  }
}
