package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An experiment that comes as one more jar is listed, asked for, run, swept, stored and exported as
 * those of the product are.
 */
@Timeout(300)
class ExampleExperimentEndToEndTests {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> ENDED = List.of("SUCCEEDED", "FAILED", "CANCELLED");
  private static final String CURVE = "accuracy-by-masked-tiles";

  @RegisterExtension
  static final ServedDashboard DASHBOARD =
      new ServedDashboard(
          data -> Application.from(ExtendedApplication.WITH_EXPERIMENT.directory(), data));

  private static Lab lab;
  private static long run;

  @BeforeAll
  static void train() throws Exception {
    lab = Lab.ofItsOwnContract(DASHBOARD.address());
    run =
        submitted(
            "train",
            "--arch",
            "bagnet9",
            "--dataset",
            "small-scenes",
            "--size",
            "64",
            "--width",
            "0.03",
            "--epochs",
            "1",
            "--stride",
            "8");
    succeeded(run);
  }

  private static Application.Outcome submit(String... arguments) throws Exception {
    return DASHBOARD
        .application()
        .run(
            Stream.of(
                    Stream.of("submit"),
                    Stream.of(arguments),
                    Stream.of("--server", DASHBOARD.address(), "--json"))
                .flatMap(each -> each)
                .toArray(String[]::new));
  }

  private static long submitted(String... arguments) throws Exception {
    Application.Outcome outcome = submit(arguments);
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return Json.MAPPER.readTree(outcome.output()).path("id").asLong();
  }

  private static JsonNode succeeded(long id) throws Exception {
    JsonNode ended = lab.await(id, PATIENCE, job -> ENDED.contains(job.path("state").asText()));
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
    return ended;
  }

  /** The curve that a job found, among results. */
  private static List<JsonNode> curve(JsonNode results, long job) {
    return StreamSupport.stream(results.path("results").spliterator(), false)
        .filter(result -> result.path("job").asLong() == job)
        .filter(result -> result.path("output").asText().equals(CURVE))
        .toList();
  }

  @Test
  void itIsDescribed() throws Exception {
    JsonNode described =
        StreamSupport.stream(lab.get("experiments").path("experiments").spliterator(), false)
            .filter(each -> each.path("name").asText().equals("occlusion"))
            .findFirst()
            .orElseThrow();
    assertThat(described.at("/subject/kind").asText()).isEqualTo("network");
    assertThat(described.at("/outputs/0/axes/0/name").asText()).isEqualTo("maskedTiles");
    JsonNode checked = lab.post("experiments/occlusion/check", "{\"run\": 1, \"tiles\": 4}");
    assertThat(checked.path("values"))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"run\": 1, \"subsetSeed\": 1, \"tiles\": 4, \"most\": 4, \"seed\": 1}"));
    assertThat(checked.path("problems")).isEmpty();
  }

  @Test
  void itHasACommand() throws Exception {
    Application.Outcome help = DASHBOARD.application().run("submit", "occlusion", "--help");
    assertThat(help.output().replaceAll("\\s+", " "))
        .contains("Measure a network while more and more tiles")
        .contains("--run=RUN")
        .contains("--tiles=TILES", "2 to 16. Default: 8.")
        .contains("--most=MOST", "1 to 256. Default: a quarter of the tiles.")
        .contains("--seed=SEED", "Default: 1.");
    assertThat(DASHBOARD.application().run("submit", "--help").output()).contains("occlusion");
  }

  @Test
  void itsCurveIsStoredAndExported() throws Exception {
    long id = submitted("occlusion", "--run", Long.toString(run), "--tiles", "4", "--most", "10");
    assertThat(succeeded(id).path("title").asText())
        .isEqualTo("Occlusion of run %d, up to 10 of 16 tiles, seed 1".formatted(run));
    List<JsonNode> curve = curve(lab.get("runs/" + run + "/results"), id);
    assertThat(curve)
        .extracting(point -> point.at("/axes/maskedTiles").asInt(-1))
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 10).boxed().toList());
    JsonNode whole = lab.get("runs/" + run).at("/results/test");
    assertThat(curve.get(0).path("value").asDouble()).isEqualTo(whole.path("accuracy").asDouble());
    assertThat(curve.get(0).path("images").asInt()).isEqualTo(whole.path("images").asInt());
    assertThat(curve(lab.get("results?experiment=occlusion"), id)).isEqualTo(curve);
    assertThat(lab.text("results?experiment=occlusion", "text/csv").lines())
        .anyMatch(
            line ->
                line.contains(",precision,preparation,duplicates,")
                    && line.endsWith(",maskedTiles"))
        .anyMatch(
            line ->
                line.startsWith("occlusion,accuracy-by-masked-tiles,accuracy,test,")
                    && line.contains(
                        ",%d,%d,bagnet9,from scratch,1,,small-scenes,".formatted(id, run))
                    && line.endsWith(",10"));
    // Table 1 is of the network on whole images.
    assertThat(measured("bagnet9").at("/test/mean").asDouble())
        .isEqualTo(whole.path("accuracy").asDouble());
  }

  /** A row of Table 1. */
  private static JsonNode measured(String architecture) throws Exception {
    return StreamSupport.stream(
            lab.get("comparison?dataset=small-scenes").path("rows").spliterator(), false)
        .filter(row -> row.path("architecture").asText().equals(architecture))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSweepQueuesItsGridAfterEachTraining() throws Exception {
    lab.post(
        "sweeps",
        """
        {"name": "hidden", "grid": {"seed": [1]},
         "base": {"dataset": "small-scenes", "architecture": "bagnet9", "imageSize": 64,
                  "width": 0.03, "epochs": 1, "heatmapStride": 8},
         "then": [{"kind": "occlusion", "tiles": [4, 8], "most": 1}]}
        """);
    List<JsonNode> jobs =
        StreamSupport.stream(lab.get("jobs?kind=occlusion").path("jobs").spliterator(), false)
            .filter(job -> job.path("sweep").asText().equals("hidden"))
            .toList();
    assertThat(jobs)
        .extracting(job -> job.at("/spec/tiles").asInt())
        .containsExactlyInAnyOrder(4, 8);
    for (JsonNode job : jobs) {
      long id = job.path("id").asLong();
      succeeded(id);
      assertThat(curve(lab.get("results?experiment=occlusion"), id)).hasSize(2);
    }
  }

  @Test
  void whatIsWrongIsRefusedInALine() throws Exception {
    Application.Outcome refused =
        submit("occlusion", "--run", Long.toString(run), "--tiles", "2", "--most", "5");
    assertThat(refused.status()).isNotZero();
    assertThat(refused.errors().strip())
        .isEqualTo("bagnetlab: --most must be a whole number from 1 to 4, but is 5.");
  }

  /** The dashboard has no code for it: form and panel are drawn from its description. */
  @Test
  void itHasAFormAndAPanelInTheDashboard() throws Exception {
    Page page = DASHBOARD.open("#/queue?form=occlusion");
    assertThat(page.getByText("Measure a network while more and more tiles")).isVisible();
    ServedDashboard.pick(page.getByTestId("field-run"), "#" + run);
    assertThat(page.getByTestId("field-run")).hasAttribute("data-value", String.valueOf(run));
    page.getByText("More settings").click();
    page.getByTestId("field-tiles").fill("4");
    page.getByTestId("field-most").fill("17");
    assertThat(page.getByTestId("error-most"))
        .hasText("Most masked tiles must be a whole number from 1 to 16, but is 17.");
    page.getByTestId("field-most").fill("3");
    assertThat(page.getByTestId("error-most")).hasCount(0);
    page.getByTestId("submit").click();
    Locator queued = page.getByTestId("submitted").getByRole(AriaRole.LINK);
    succeeded(Long.parseLong(queued.getAttribute("data-job-id")));

    page.navigate(DASHBOARD.address() + "#/jobs/%d/analyses".formatted(run));
    Locator panel = page.locator("article[data-output='%s']".formatted(CURVE));
    assertThat(panel.getByTestId("output-curve"))
        .hasAttribute("aria-label", Pattern.compile("Accuracy.* over masked tiles.*"));
  }
}
