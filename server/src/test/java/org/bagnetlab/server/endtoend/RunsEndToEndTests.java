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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The table of runs, their annotations, and their comparison. */
@Timeout(600)
class RunsEndToEndTests {

  private static final String SWEEP = "ladder";

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private static final List<Long> RUNS = new ArrayList<>();

  private Page page;

  @BeforeAll
  static void train() throws Exception {
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "%s", "base": {"dataset": "small-scenes", "imageSize": 64, "width": 0.03,
                                "epochs": 2, "batchSize": 32, "heatmapStride": 8},
         "grid": {"architecture": ["bagnet9", "bagnet17"], "learningRate": [0.001, 0.01]}}
        """
            .formatted(SWEEP));
    for (JsonNode job : lab.get("sweeps/" + SWEEP).path("jobs")) {
      JsonNode ended =
          lab.await(
              job.path("id").asLong(),
              Duration.ofMinutes(8),
              each -> !each.path("state").asText().matches("QUEUED|RUNNING"));
      assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
      RUNS.add(ended.path("id").asLong());
    }
  }

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
    SourceModules.route(page);
  }

  private void visit(String place) {
    page.navigate(DASHBOARD.address() + place);
  }

  private Locator rows() {
    return page.getByTestId("runs-table").locator("tbody tr");
  }

  private Locator row(long run) {
    return page.getByTestId("runs-table").locator("tr[data-run='%d']".formatted(run));
  }

  @Test
  void runsAreSortedFilteredAndShownAgainAtTheSameAddress() throws Exception {
    visit("#/");
    page.getByTestId("nav-runs").click();
    assertThat(rows()).hasCount(4);
    assertThat(rows().first()).hasAttribute("data-run", RUNS.get(3).toString());
    JsonNode newest = DASHBOARD.lab().get("runs?limit=1").path("runs").get(0);
    assertThat(rows().first())
        .containsText("%.1f %%".formatted(100 * newest.at("/test/accuracy").asDouble()));
    // In what all are alike no column is needed.
    Locator heads = page.getByTestId("runs-table").locator("thead th");
    assertThat(heads.filter(new Locator.FilterOptions().setHasText("Learning rate"))).hasCount(1);
    assertThat(heads.filter(new Locator.FilterOptions().setHasText("Image size"))).hasCount(0);

    page.getByTestId("sort-learningRate").click();
    assertThat(rows().first()).containsText("0.001");
    page.getByTestId("sort-learningRate").click();
    assertThat(rows().first()).containsText("0.01");
    page.getByTestId("runs-network").selectOption("bagnet17");
    assertThat(rows()).hasCount(2);
    page.getByTestId("runs-columns").click();
    page.getByTestId("check-column-imageSize").check();
    assertThat(page)
        .hasURL(
            Pattern.compile("#/runs\\?sort=-learningRate&network=bagnet17&columns=.*imageSize"));
    page.reload();
    assertThat(rows()).hasCount(2);
    assertThat(rows().first()).containsText("64 px");
    assertThat(rows().first()).containsText("0.01");
    assertThat(page.getByTestId("runs-network")).hasValue("bagnet17");
    page.getByTestId("runs-search").fill("nothing like this");
    assertThat(page.getByTestId("runs-none")).isVisible();
    page.getByTestId("runs-all").click();
    assertThat(rows()).hasCount(4);
    assertThat(page.getByTestId("table-terms").locator("[data-term=interval]")).isVisible();

    Download download = page.waitForDownload(() -> page.getByTestId("save-runs-csv").click());
    try (InputStream content = download.createReadStream()) {
      List<String> lines =
          new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(5);
      assertThat(lines.get(0)).contains("imageSize", "testImages").doesNotContain("batchSize");
    }
  }

  @Test
  void aParameterIsAFilterThatCanBeRemoved() {
    visit("#/runs");
    page.getByTestId("runs-parameter").selectOption("learningRate");
    page.getByTestId("runs-value").fill("0.01");
    page.getByTestId("runs-value").press("Enter");
    assertThat(rows()).hasCount(2);
    assertThat(page).hasURL(DASHBOARD.address() + "#/runs?parameter=learningRate%3A0.01");
    page.getByTestId("runs-network").selectOption("bagnet17");
    assertThat(rows()).hasCount(1);
    page.reload();
    assertThat(rows()).hasCount(1);
    page.getByTestId("without-learningRate").click();
    assertThat(rows()).hasCount(2);

    // Of what leaves no run, it is said what to remove.
    visit("#/runs?network=bagnet17&parameter=learningRate:0.01,seed:98765");
    assertThat(page.getByTestId("runs-none")).containsText("Seed 98765");
    page.getByTestId("runs-none")
        .getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText("Remove Seed 98765: 1 run"))
        .click();
    assertThat(rows()).hasCount(1);
    assertThat(page)
        .hasURL(DASHBOARD.address() + "#/runs?network=bagnet17&parameter=learningRate%3A0.01");
  }

  @Test
  void aQueryComparesColumnsAndSaysWhatIsWrongWithIt() {
    DASHBOARD.expectErrors("/api/v1/runs?query=");
    visit("#/runs");
    assertThat(rows()).hasCount(4);
    page.getByTestId("runs-search").focus();
    page.getByTestId("runs-query-columns")
        .getByText("learningRate", new Locator.GetByTextOptions().setExact(true))
        .click();
    assertThat(page.getByTestId("runs-search")).isFocused();
    assertThat(page.getByTestId("runs-search")).hasValue("learningRate ");
    page.getByTestId("runs-search").fill("learning rate >= 1e-2 and not bagnet9");
    assertThat(rows()).hasCount(1);
    assertThat(page.getByTestId("runs-query-columns")).hasCount(0);
    assertThat(page)
        .hasURL(DASHBOARD.address() + "#/runs?query=learning+rate+%3E%3D+1e-2+and+not+bagnet9");
    page.reload();
    assertThat(rows()).hasCount(1);
    page.getByTestId("runs-search").fill("tst > 0.9");
    Locator wrong = page.getByTestId("runs-query-wrong");
    assertThat(wrong).hasText("There is no column 'tst' (at character 1). Did you mean test?");
    assertThat(page.getByTestId("runs-query-columns")).containsText("test");
    assertThat(page.getByTestId("runs-table")).hasCount(0);
    page.reload();
    assertThat(wrong).containsText("Did you mean test?");
    page.getByTestId("runs-search").fill("");
    assertThat(rows()).hasCount(4);
    assertThat(wrong).isEmpty();
  }

  @Test
  void runsAreGroupedByConfiguration() {
    visit("#/runs");
    page.getByTestId("check-grouped").check();
    Locator groups = page.getByTestId("configurations-table").locator("tr.run-group");
    assertThat(groups).hasCount(4);
    assertThat(page.getByTestId("configurations-table").getByTestId("sparkline")).hasCount(4);
    page.getByTestId("sort-test").click();
    page.getByTestId("runs-search").fill("learningRate = 0.01");
    assertThat(groups).hasCount(2);
    assertThat(groups.first()).containsText("1 seed");
    assertThat(page.getByTestId("means-of-filtered")).isVisible();
    groups.first().getByRole(AriaRole.BUTTON).first().click();
    assertThat(page.getByTestId("configurations-table").locator("tr[data-run] .run-link"))
        .hasCount(1);
    page.reload();
    assertThat(groups).hasCount(2);
  }

  @Test
  void tagsAndNotesAreWrittenInTheTableAndSeenOnOtherPages() {
    long run = RUNS.get(0);
    Page other = DASHBOARD.newPage();
    other.navigate(DASHBOARD.address() + "#/jobs/" + run);
    assertThat(other.getByTestId("annotate-" + run)).hasText("Add tags or a note");
    visit("#/runs");
    page.getByTestId("annotate-" + run).click();
    assertThat(page.getByTestId("annotation-tags")).isFocused();
    page.getByTestId("annotation-tags").fill("paper, wrong!");
    page.getByTestId("annotation-save").click();
    assertThat(page.getByTestId("annotation-error-tags")).containsText("wrong!");
    page.getByTestId("annotation-tags").fill("paper best");
    page.getByTestId("annotation-note").fill("The one of the figure");
    page.getByTestId("annotation-save").click();
    assertThat(page.getByTestId("annotation-form")).hasCount(0);
    assertThat(page.getByTestId("annotate-" + run)).isFocused();
    assertThat(row(run)).containsText("The one of the figure");
    assertThat(other.getByTestId("annotation")).containsText("paper");
    assertThat(other.getByTestId("annotation")).containsText("The one of the figure");

    row(run).locator("button.tag-own").first().click();
    assertThat(rows()).hasCount(1);
    assertThat(page).hasURL(DASHBOARD.address() + "#/runs?tag=best");

    other.getByTestId("annotate-" + run).click();
    other.getByTestId("annotation-tags").fill("");
    other.getByTestId("annotation-note").fill("");
    other.getByTestId("annotation-save").click();
    // Its tag is gone, and so is the row.
    assertThat(page.getByTestId("runs-none")).isVisible();
  }

  @Test
  void aRunIsAmongTheRunsAndAJobInTheQueue() {
    visit("#/runs");
    row(RUNS.get(0)).locator("a.run-link").click();
    assertThat(page).hasURL(DASHBOARD.address() + "#/runs/" + RUNS.get(0));
    assertThat(page.getByTestId("facts")).isVisible();
    assertThat(page.getByTestId("nav-runs")).hasAttribute("aria-current", "page");
    assertThat(page.locator(".crumb")).hasText("Runs / run #" + RUNS.get(0));
    visit("#/jobs/" + RUNS.get(0));
    assertThat(page.locator(".crumb")).hasText("Queue / job #" + RUNS.get(0));
    assertThat(page.getByTestId("nav-queue")).hasAttribute("aria-current", "page");
  }

  @Test
  void aTagThatSomebodyElseAddsWhileTheFormIsOpenStays() throws Exception {
    long run = RUNS.get(1);
    visit("#/jobs/" + run);
    page.getByTestId("annotate-" + run).click();
    assertThat(page.getByTestId("annotation-tags")).isFocused();
    Application.Outcome tagged =
        DASHBOARD
            .application()
            .run("tag", Long.toString(run), "theirs", "--server", DASHBOARD.address());
    assertThat(tagged.status()).isZero();
    page.getByTestId("annotation-tags").fill("mine");
    page.getByTestId("annotation-save").click();
    assertThat(page.getByTestId("annotation")).containsText("mine");
    assertThat(page.getByTestId("annotation")).containsText("theirs");
  }

  @Test
  void aSweepHasItsRunsWithAPlotOfAParameter() {
    visit("#/sweeps/" + SWEEP);
    assertThat(rows()).hasCount(4);
    page.getByTestId("plot-x").selectOption("learningRate");
    Locator plot = page.getByTestId("runs-scatter");
    assertThat(plot)
        .hasAttribute("aria-label", Pattern.compile("Test accuracy over learning rate"));
    page.getByTestId("plot-y").selectOption("validation");
    assertThat(page)
        .hasURL(DASHBOARD.address() + "#/sweeps/" + SWEEP + "?y=validation&x=learningRate");
    page.reload();
    assertThat(plot)
        .hasAttribute("aria-label", Pattern.compile("Validation accuracy over learning rate"));
    page.getByTestId("plot-x").selectOption("network");
    assertThat(plot)
        .hasAttribute("aria-label", Pattern.compile("Validation accuracy over network"));
  }

  @Test
  void chosenRunsAreComparedSideBySide() throws Exception {
    visit("#/runs?sort=run");
    page.getByTestId("choose-" + RUNS.get(0)).check();
    assertThat(page.getByTestId("compare")).hasCount(0);
    page.getByTestId("choose-" + RUNS.get(2)).check();
    page.getByTestId("choose-" + RUNS.get(3)).check();
    page.getByTestId("compare").click();
    String ids = "%d,%d,%d".formatted(RUNS.get(0), RUNS.get(2), RUNS.get(3));
    assertThat(page).hasURL(DASHBOARD.address() + "#/compare?runs=" + ids);
    Locator differing = page.getByTestId("compared-configurations");
    assertThat(differing.locator("tr[data-column=learningRate]")).containsText("0.001");
    assertThat(differing.locator("tr[data-column=imageSize]")).hasCount(0);
    assertThat(page.getByTestId("common")).containsText("64 px");
    assertThat(page.getByTestId("compared-curves"))
        .hasAttribute(
            "aria-label", Pattern.compile("BagNet-9 #%d, after epoch 2".formatted(RUNS.get(0))));
    Locator pair = page.getByTestId("pairs").locator("li[data-run='%d']".formatted(RUNS.get(2)));
    JsonNode expected =
        DASHBOARD.lab().get("pairs?a=%d&b=%d&set=test".formatted(RUNS.get(2), RUNS.get(0)));
    assertThat(pair).containsText(expected.path("sentence").asText());
    Locator agreement = page.getByTestId("compared-agreement").locator("tbody tr");
    assertThat(agreement).hasCount(2);
    assertThat(agreement.first().locator("td").first()).hasText(expected.path("images").asText());
    assertThat(page.getByTestId("compared-recalls").locator("tbody tr").first()).isVisible();
    assertThat(page.getByTestId("same-heatmaps").locator("img")).hasCount(4);
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    assertThat(copied("copy-compared-configurations-text", "the table, with tabs"))
        .contains("\nTest accuracy, 95 % interval\t", "Learning rate\t0.001\t")
        .doesNotContain("leave out");
    assertThat(copied("copy-compared-recalls-tex", "a LaTeX table"))
        .contains("\\begin{tabular}{lrrrr}", "\\%");

    page.getByTestId("against").selectOption(RUNS.get(3).toString());
    page.getByTestId("curve").selectOption("trainLoss");
    ServedDashboard.choose(page.getByTestId("compared-scrambled"));
    assertThat(page)
        .hasURL(
            DASHBOARD.address()
                + "#/compare?runs=%s&against=%d&curve=trainLoss&set=scrambled"
                    .formatted(ids.replace(",", "%2C"), RUNS.get(3)));
    page.reload();
    assertThat(page.getByTestId("against")).hasValue(RUNS.get(3).toString());
    assertThat(page.getByTestId("compared-curves"))
        .hasAttribute("aria-label", Pattern.compile("^Training loss"));
    assertThat(page.getByTestId("pairs").locator("li").first()).containsText("scrambled");
    page.getByTestId("leave-out-" + RUNS.get(2)).click();
    assertThat(page.getByTestId("pairs").locator("li")).hasCount(1);
    assertThat(page.getByTestId("recalls-sentence")).containsText("corrected after Holm");
    assertThat(page.getByTestId("compared-recalls").locator("thead")).containsText("95 % interval");
  }

  /** Also after other permutations were measured, of which two are neither right nor wrong. */
  @Test
  void oneAnalysisIsQueuedForTheChosenRunsAtOnce() throws Exception {
    visit("#/runs");
    row(RUNS.get(0)).locator("input[type=checkbox]").check();
    row(RUNS.get(1)).locator("input[type=checkbox]").check();
    page.getByTestId("chosen-analysis").selectOption("heatmap");
    page.getByTestId("chosen-analyse").click();
    assertThat(page.locator("dialog p")).containsText("Queue 2 jobs?");
    page.getByTestId("queue-missing").click();
    assertThat(page.getByTestId("chosen-analyse-outcome")).containsText("Queued 2 jobs.");
    JsonNode heatmaps = DASHBOARD.lab().get("jobs?kind=heatmap").path("jobs");
    assertThat(heatmaps)
        .extracting(job -> job.path("spec").path("run").asLong())
        .containsExactlyInAnyOrder(RUNS.get(0), RUNS.get(1));
    page.getByTestId("chosen-analyse").click();
    assertThat(page.getByTestId("chosen-analyse-outcome")).containsText("Nothing to queue");
  }

  @Test
  void scrambledImagesAreComparedByThePermutationsOfTheTrainings() throws Exception {
    String pairs = "pairs?a=%d&b=%d&set=scrambled".formatted(RUNS.get(2), RUNS.get(0));
    Lab lab = DASHBOARD.lab();
    JsonNode before = lab.get(pairs);
    long job =
        lab.post(
                "jobs",
                "{\"kind\": \"scramble\", \"run\": %d, \"permutations\": 2}".formatted(RUNS.get(0)))
            .path("id")
            .asLong();
    lab.await(job, Duration.ofMinutes(4), each -> each.path("state").asText().equals("SUCCEEDED"));
    JsonNode pair = lab.get(pairs);
    assertThat(pair).isEqualTo(before);
    double accuracy = lab.get("runs?sort=run").at("/runs/0/scrambled/accuracy").asDouble();
    assertThat(pair.path("both").asInt() + pair.path("onlyB").asInt())
        .isPositive()
        .isEqualTo((int) Math.round(accuracy * pair.path("images").asInt()));
  }

  private String copied(String button, String what) {
    page.getByTestId(button).click();
    assertThat(page.getByTestId(button).locator("xpath=..").locator("[role=status]"))
        .hasText("Copied %s.".formatted(what));
    return (String) page.evaluate("() => navigator.clipboard.readText()");
  }

  @Test
  void runsOnDifferentDataSetsAreInPlotsOfTheirOwn() {
    page.navigate(DASHBOARD.address() + "#/storage");
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { shownFigure } = await import('/modules/charts/figure.js');
          const { scatterFigure } = await import('/modules/run-list/scatter-figure.js');
          const run = (id, dataset, accuracy) => ({ id, dataset, architecture: 'bagnet9', label: 'BagNet-9', parameters: { epochs: id }, test: { accuracy } });
          const runs = [run(1, 'scenes', 0.5), run(2, 'textures', 0.9), run(3, 'scenes', 0.6)];
          const epochs = { name: 'epochs', label: 'Epochs', type: 'number', parameter: true };
          const dataset = { name: 'dataset', label: 'Data set', type: 'text', parameter: false };
          const test = { name: 'test', label: 'Test', type: 'share', parameter: false };
          const root = document.createElement('div');
          document.body.append(root);
          render([scatterFigure(runs, epochs, test, 'Runs'), { ...scatterFigure(runs, dataset, test, 'Runs'), testId: 'over-datasets' }].map(shownFigure), root);
        }
        """);
    assertThat(page.getByTestId("runs-scatter-1"))
        .hasAttribute(
            "aria-label",
            "Test accuracy over epochs, scenes. 2 runs of BagNet-9, from 50.0\u00a0% to 60.0\u00a0%.");
    assertThat(page.getByTestId("runs-scatter-2"))
        .hasAttribute("aria-label", Pattern.compile("textures. 1 run of BagNet-9"));
    // Its axis keeps them apart.
    assertThat(page.getByTestId("over-datasets")).hasCount(1);
  }

  /** The server cuts pages; this is about the buttons. */
  @Test
  void aLongListHasPages() {
    page.navigate(DASHBOARD.address() + "#/storage");
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { runsPanel } = await import('/modules/run-list/runs-panel.js');
          const columns = [{ name: 'run', label: 'Run', type: 'number', parameter: false }];
          const run = (id) => ({ id, title: 'a run', trained: true, architecture: 'bagnet9', label: 'BagNet-9', regime: 'from scratch',
            parameters: {}, endedAt: '2026-01-01T00:00:00Z', sweeps: [], tags: [] });
          const api = { runs: async ({ limit, offset }) => ({
            runs: Array.from({ length: Math.min(limit, 120 - offset) }, (_, i) => run(120 - offset - i)),
            total: 120, columns, varying: ['run'], datasets: [], networks: [], sweeps: [], tags: [], parameters: [],
          }) };
          const root = document.createElement('div');
          document.body.append(root);
          const panel = runsPanel({ api, live: { subscribe: () => () => {} } }, new URLSearchParams('from=50'), { draw: () => render(panel.template(), root), onClose() {} });
        }
        """);
    Locator shown = page.getByTestId("runs-shown");
    assertThat(shown).hasText("51–100 of 120");
    page.getByTestId("runs-next").click();
    assertThat(shown).hasText("101–120 of 120");
    assertThat(rows()).hasCount(20);
    assertThat(page.getByTestId("runs-next")).isDisabled();
    page.getByTestId("runs-previous").click();
    page.getByTestId("runs-previous").click();
    assertThat(shown).hasText("1–50 of 120");
    assertThat(page.getByTestId("runs-previous")).isDisabled();
  }
}
