package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of analyses: what an experiment found about two networks of two seeds each. */
@Timeout(600)
class AnalysesEndToEndTests {

  private static final String PROBABILITY = "masked-probability";
  private static final String HERE = "#/analyses?experiment=spatial-sensitivity&dataset=";

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeAll
  static void analyse() throws Exception {
    run(
        "analysed",
        """
        "grid": {"architecture": ["bagnet9", "resnet50"], "seed": [1, 2]},
        "then": [{"kind": "spatial-sensitivity", "tile": 16, "masked": "0, 1, 4", "mostImages": 8}]
        """);
    // Those without sparsity are trained already.
    run(
        "sparse",
        """
        "grid": {"architecture": ["bagnet9"], "sparsity": [0, 0.5], "seed": [1, 2]},
        "then": [{"kind": "evidence"}]
        """);
  }

  private static void run(String sweep, String jobs) throws Exception {
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "%s", "base": {"dataset": "small-scenes", "imageSize": 64, "width": 0.03,
                              "epochs": 1, "batchSize": 32, "heatmapStride": 8}, %s}
        """
            .formatted(sweep, jobs));
    for (JsonNode job : lab.get("sweeps/" + sweep).path("jobs")) {
      JsonNode ended =
          lab.await(
              job.path("id").asLong(),
              Duration.ofMinutes(8),
              each -> !each.path("state").asText().matches("QUEUED|RUNNING"));
      assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
    }
  }

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
  }

  private void visit(String place) {
    page.navigate(DASHBOARD.address() + place);
  }

  @Test
  void anAnalysisIsFiguresAndATableOverSeeds() throws Exception {
    visit(HERE + SmallScenes.NAME);
    Locator panel = page.locator("section[data-output=%s]".formatted(PROBABILITY));
    // A chart for each order of the tiles.
    assertThat(panel.locator("canvas")).hasCount(5);
    Locator ofRandom =
        panel.locator("canvas[aria-label*='small-scenes, Test, saliency map random']");
    assertThat(ofRandom)
        .hasAttribute("aria-label", Pattern.compile("ResNet-50: 0 .*; BagNet-9: 0 .*"));
    assertThat(panel.locator("canvas[aria-label*='saliency map heatmap']"))
        .hasAttribute("aria-label", Pattern.compile("saliency map heatmap\\. BagNet-9"));
    assertThat((Boolean) ofRandom.evaluate(DRAWN)).as("the chart is drawn").isTrue();

    // At 3 numbers of tiles, BagNet-9 has 5 orders; ResNet-50 has no heatmap.
    Locator rows = panel.getByTestId("numbers-" + PROBABILITY).locator("tbody tr");
    assertThat(rows).hasCount(3 * (5 + 4));
    Locator ofBagnet =
        panel.getByTestId("numbers-" + PROBABILITY).locator("tr[data-architecture=bagnet9]");
    assertThat(ofBagnet).hasCount(3 * 5);
    assertThat(ofBagnet.first()).containsText("BagNet-9");
    JsonNode found =
        DASHBOARD.lab().get("analyses/spatial-sensitivity?dataset=" + SmallScenes.NAME);
    JsonNode output = found.path("outputs").get(0);
    assertThat(output.at("/output/name").asText()).isEqualTo(PROBABILITY);
    for (JsonNode row : output.path("rows")) {
      assertThat(row.path("runs")).hasSize(2);
      assertThat(row.at("/value/values")).hasSize(2);
      assertThat(row.at("/value/images").asInt()).isEqualTo(8);
    }
    assertThat(rows.first().locator(".mean"))
        .hasText("%.1f %%".formatted(100 * output.at("/rows/0/value/mean").asDouble()));
    assertThat(panel.getByTestId("in-common-" + PROBABILITY))
        .hasText(Pattern.compile("All have: Set Test, .*Seeds 2"));
    assertThat(panel.getByTestId("reading-" + PROBABILITY))
        .hasText(output.at("/output/reading").asText());
    // Of two seeds, the difference from a random order has no interval.
    assertThat(panel.getByTestId("conclusions-" + PROBABILITY).locator("li"))
        .hasText(
            Pattern.compile("Nothing can be concluded from so few seeds: ResNet-50 .*BagNet-9 .*"));
    page.setViewportSize(1280, 900);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as("the page does not scroll sideways")
        .isLessThanOrEqualTo(1280);

    Download download =
        page.waitForDownload(
            () ->
                page.getByTestId("save-spatial-sensitivity-%s-csv".formatted(PROBABILITY)).click());
    try (InputStream content = download.createReadStream()) {
      String csv = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(csv.lines().count()).isEqualTo(1 + 3 * (5 + 4));
    }
  }

  private static final String DRAWN =
      """
      canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
          .some((value, i) => i % 4 === 3 && value > 0)
      """;

  @Test
  void theChoiceStandsInTheAddressAndIsRestored() {
    visit("#/");
    page.getByTestId("nav-analyses").click();
    Locator choice = page.getByTestId("analysis");
    choice.selectOption("spatial-sensitivity");
    page.getByTestId("setting-dataset").selectOption(SmallScenes.NAME);
    assertThat(page).hasURL(DASHBOARD.address() + HERE + SmallScenes.NAME);
    assertThat(page.getByTestId("numbers-" + PROBABILITY)).isVisible();
    page.reload();
    assertThat(choice).hasValue("spatial-sensitivity");
    assertThat(page.getByTestId("setting-dataset")).hasValue(SmallScenes.NAME);
    assertThat(page.getByTestId("numbers-" + PROBABILITY)).isVisible();
  }

  /** Runs that differ in a setting of their training alone are other networks, with their words. */
  @Test
  void networksOfDifferentSparsityAreToldApart() {
    visit("#/analyses?experiment=evidence&dataset=" + SmallScenes.NAME);
    Locator rows = page.getByTestId("numbers-evidence-sparseness").locator("tbody tr");
    assertThat(rows).hasCount(2);
    assertThat(rows.first()).containsText("BagNet-9 a");
    assertThat(rows.last()).containsText("sparsity 0.5");
  }

  @Test
  void accuracyOverSparsityIsAPageWithTheSparseness() throws Exception {
    JsonNode curve =
        DASHBOARD.lab().get("accuracy-over/sparsity?dataset=" + SmallScenes.NAME).at("/curves/0");
    assertThat(curve.path("architecture").asText()).isEqualTo("bagnet9");
    assertThat(curve.at("/points/1/at").asDouble()).isEqualTo(.5);
    assertThat(curve.at("/points/1/test/n").asInt()).isEqualTo(2);
    assertThat(curve.at("/points/1/sparseness/values")).hasSize(2);
    // Of the parameters, the first that has curves.
    visit("#/over");
    assertThat(page.getByTestId("parameter")).hasValue("sparsity");
    page.getByTestId("parameter").selectOption("learningRate");
    assertThat(page.getByTestId("no-curves"))
        .containsText("No finished trainings differ only in “Learning rate” yet");
    page.getByTestId("parameter").selectOption("sparsity");
    assertThat(page).hasURL(DASHBOARD.address() + "#/over?parameter=sparsity");
    page.reload();
    assertThat(page.getByTestId("accuracy-over-sparsity-table").locator("tbody tr")).hasCount(2);
    Locator chart = page.getByTestId("accuracy-over-sparsity-chart");
    assertThat(chart)
        .hasAttribute("aria-label", Pattern.compile("BagNet-9: sparsity 0 .*, sparsity 0.5 .*"));
    assertThat((Boolean) chart.evaluate(DRAWN)).as("the chart is drawn").isTrue();
  }

  @Test
  void withoutResultsThePageSaysWhatToQueue() {
    visit("#/analyses?experiment=faithfulness&dataset=" + SmallScenes.NAME);
    assertThat(page.getByTestId("analysis")).hasValue("faithfulness");
    assertThat(page.getByText("No results of")).isVisible();
    page.getByText("Choose a run").click();
    assertThat(page).hasURL(Pattern.compile("#/queue\\?form=faithfulness&section=form$"));
    assertThat(page.getByTestId("field-mostImages")).isAttached();
  }

  /** From the row of Table 1 that lacks a seed, and from an analysis that no network has. */
  @Test
  void whatIsMissingIsQueuedFromItsPage() throws Exception {
    visit("#/?dataset=" + SmallScenes.NAME);
    page.locator("tr[data-architecture=resnet50]")
        .getByText("Train with seed 3", new Locator.GetByTextOptions().setExact(true))
        .click();
    Locator question = page.getByRole(AriaRole.DIALOG);
    assertThat(question.locator("li")).hasCount(1);
    assertThat(question.locator("li")).containsText("ResNet-50");
    page.getByTestId("queue-missing").click();
    assertThat(page.getByText("Queued 1 job.")).isVisible();
    JsonNode training = DASHBOARD.lab().get("jobs?limit=1").path("jobs").get(0);
    assertThat(training.at("/spec/architecture").asText()).isEqualTo("resnet50");
    assertThat(training.at("/spec/seed").asInt()).isEqualTo(3);
    assertThat(training.at("/spec/width").asDouble()).isEqualTo(.03);

    visit("#/analyses?experiment=interactions&dataset=" + SmallScenes.NAME);
    page.getByTestId("queue-analysis").click();
    page.getByTestId("queue-missing").click();
    assertThat(page.getByTestId("queue-analysis-outcome")).containsText("Queued ");
    JsonNode analysis = DASHBOARD.lab().get("jobs?limit=1&kind=interactions").path("jobs").get(0);
    assertThat(analysis.at("/spec/run").isIntegralNumber()).isTrue();
  }
}
