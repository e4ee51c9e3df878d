package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person's path through the sweeps: set one up, watch it, hold it, cancel it. */
@Timeout(300)
class SweepEndToEndTests {

  private static final double MINUTE = 60_000;

  /** The control is drawn by the label beside it. */
  private static final Locator.CheckOptions FORCED = new Locator.CheckOptions().setForce(true);

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
  }

  @Test
  void aSweepIsQueuedFromTheFormAndSeenToEnd() throws Exception {
    visit("#/sweeps?new=scratch");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("error-name")).isVisible();
    assertThat(page.getByTestId("error-architecture")).isVisible();
    assertThat(page.getByTestId("field-name")).isFocused();

    page.getByTestId("field-name").fill("tiny");
    page.getByTestId("check-architecture-bagnet9").check();
    page.getByTestId("field-dataset").selectOption("small-scenes");
    page.getByTestId("field-seed").fill("1, 2");
    page.getByTestId("field-width").fill("0.03");
    page.getByTestId("field-epochs").fill("1");
    page.locator("details.group:has([data-testid=field-batchSize]) > summary").click();
    page.getByTestId("field-batchSize").fill("64");
    page.locator("summary:has-text('Other settings')").click();
    page.getByTestId("add-setting").click();
    page.getByTestId("setting-0-values").fill("8");
    page.getByTestId("field-imageSize").fill("63");
    assertThat(page.getByTestId("sweep-jobs")).containsText("1 field is invalid");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("error-imageSize")).isVisible();
    assertThat(DASHBOARD.lab().get("sweeps").path("sweeps").findValuesAsText("id"))
        .doesNotContain("tiny");

    page.getByTestId("field-imageSize").fill("64");
    assertThat(page.getByTestId("sweep-jobs")).containsText("2 jobs.");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("sweep-queued")).hasText("2 new jobs queued.");
    assertThat(page).hasURL(Pattern.compile("#/sweeps/tiny$"));
    assertThat(page.getByTestId("sweep")).hasAttribute("data-ended", "true", within(2));
    assertThat(page.getByTestId("sweep-bar")).containsText("2 succeeded");
    assertThat(page.getByTestId("definition")).containsText("seed: [1, 2]");

    page.getByTestId("copy-sweep").click();
    assertThat(page.getByTestId("setting-0-name")).hasValue("heatmapStride");
    page.getByTestId("field-name").fill("tiny-again");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("sweep-queued"))
        .hasText("0 new jobs queued; 2 of its 2 jobs already existed.");

    visit("#/sweeps");
    assertThat(page.locator("li[data-sweep=tiny-again]")).containsText("2 succeeded");
  }

  @Test
  void trialsArePlottedInFourWays() throws Exception {
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "rates", "grid": {"learningRate": [0.001, 0.01, 1], "architecture": ["bagnet9", "resnet50"]},
         "base": {"dataset": "small-scenes", "width": 0.03, "recipe": "sgd",
                  "epochs": 2, "batchSize": 64}}
        """);
    visit("#/sweeps/rates");
    assertThat(page.getByTestId("sweep")).hasAttribute("data-ended", "true", within(3));
    Locator scatter = page.getByTestId("trial-scatter");
    assertThat(scatter)
        .hasAttribute("aria-label", Pattern.compile("over architecture\\. 6 trials: .*1 best"));
    page.getByTestId("trials-over").selectOption("learningRate");
    assertThat(scatter).hasAttribute("aria-label", Pattern.compile("over learning rate"));
    page.getByTestId("trial-scatter-in").click();
    assertThat(page.getByTestId("trial-scatter-outside")).containsText("Arrow keys move the view.");
    page.getByTestId("trial-scatter-whole").click();
    page.getByTestId("trials-plot-parallel").check(FORCED);
    assertThat(page.getByTestId("parallel").locator("a").first()).isVisible();
    page.getByTestId("brush-validation").focus();
    page.keyboard().press("ArrowUp");
    assertThat(page.getByTestId("parallel-kept")).containsText("runs kept");
    page.getByTestId("trials-plot-grid").check(FORCED);
    assertThat(page.getByTestId("trial-grid")).containsText("%");
    // Display names, in the order of the catalogue.
    assertThat(page.getByTestId("trial-grid"))
        .containsText(Pattern.compile("ResNet-50[\\s\\S]*BagNet-9"));
    page.getByTestId("trials-plot-progress").check(FORCED);
    assertThat(page.getByTestId("best-so-far-2"))
        .hasAttribute("aria-label", Pattern.compile("The best accuracy after [3-6] trials"));
    assertThat(page).hasURL(Pattern.compile("plot=progress"));
    page.reload();
    assertThat(page.getByTestId("best-so-far-1")).isVisible();
  }

  @Test
  void aHalvingShowsItsRungsAsCurves() throws Exception {
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "halving", "grid": {"seed": [1, 2, 3, 4]}, "halving": {"factor": 2, "firstEpochs": 1},
         "base": {"dataset": "small-scenes", "architecture": "bagnet9", "width": 0.03,
                  "epochs": 3, "batchSize": 64}}
        """);
    visit("#/sweeps/halving");
    assertThat(page.getByTestId("sweep")).hasAttribute("data-ended", "true", within(3));
    assertThat(page.getByTestId("rung-curves"))
        .hasAttribute(
            "aria-label",
            Pattern.compile("4 trials: 1 best, .*pruned.*Rungs after epochs 1, 2\\."));
    assertThat(page.getByTestId("sweep-bar")).containsText("pruned");
    assertThat(page.getByTestId("sweep-bar")).not().containsText("cancelled");
    assertThat(page.getByTestId("rungs")).containsText("★ best of the finished");
    Locator pruned = page.locator("li.job:has([data-state=PRUNED])").first();
    assertThat(pruned).containsText("ran ");
    page.getByTestId("trials-plot-progress").check(FORCED);
    assertThat(page.getByTestId("best-so-far-1")).isVisible();
  }

  @Test
  void aSweepIsHeldReleasedAndCancelled() throws Exception {
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "long", "grid": {"seed": [1, 2, 3]},
         "base": {"dataset": "small-scenes", "architecture": "bagnet9", "width": 0.03,
                  "epochs": 1000, "batchSize": 64}}
        """);
    visit("#/sweeps/long");
    Locator running = page.locator("li.job[data-state=RUNNING]");
    assertThat(running).hasCount(1, count(1));
    long first = number(running);
    visit("#/");
    Locator onFirstPage = page.getByTestId("running-sweeps").locator("[data-sweep=long]");
    assertThat(onFirstPage).containsText("0 of 3 jobs done");
    onFirstPage.getByRole(AriaRole.LINK).click();
    page.getByTestId("hold-sweep").click();
    assertThat(page.getByTestId("hold-reason")).containsText("Held by user");
    Locator waiting = page.locator("li.job[data-state=QUEUED]").last();
    assertThat(waiting).containsText("held with sweep long");
    long last = number(waiting);

    page.getByTestId("release-sweep").click();
    assertThat(page.getByTestId("hold-reason")).hasCount(0);
    assertThat(waiting).not().containsText("held with");

    waiting.getByRole(AriaRole.LINK).click();
    page.getByTestId("move-first").click();
    assertThat(page.getByTestId("moved")).hasText("Moved: runs first among jobs with priority 0.");
    assertThat(queued(lab)).containsExactly(last, last - 1);
    lab.post("jobs/" + first + "/cancel", "");
    assertThat(page.getByTestId("job")).hasAttribute("data-state", "RUNNING", within(1));
    assertThat(queued(lab)).containsExactly(last - 1);

    visit("#/jobs/" + (last - 1));
    DASHBOARD.expectErrors("/move");
    for (String wrong : List.of("much", "5000", "−1001")) {
      page.getByTestId("field-priority").fill(wrong);
      page.getByTestId("set-priority").click();
      assertThat(page.getByTestId("error-priority")).isVisible();
    }
    page.getByTestId("field-priority").fill("-5");
    page.getByTestId("set-priority").click();
    assertThat(page.getByTestId("moved")).hasText("Priority set to −5.");
    assertThat(lab.get("jobs/" + (last - 1)).path("priority").asInt()).isEqualTo(-5);

    page.locator(".tag-sweep").click();
    Locator cancel = page.getByTestId("cancel-sweep");
    cancel.click();
    assertThat(page.getByText("Keep")).isFocused();
    page.keyboard().press("Escape");
    assertThat(cancel).isFocused();
    cancel.click();
    page.getByTestId("cancel-sweep-confirm").click();
    assertThat(page.getByTestId("sweep")).hasAttribute("data-ended", "true", within(1));
    assertThat(page.getByTestId("sweep-bar")).containsText("3 cancelled");

    page.getByTestId("resume-sweep").click();
    assertThat(page.getByTestId("sweep-outcome")).hasText("3 jobs queued again.");
    assertThat(running).hasCount(1, count(1));
    cancel.click();
    page.getByTestId("cancel-sweep-confirm").click();
    assertThat(page.getByTestId("sweep")).hasAttribute("data-ended", "true", within(1));
    // The page may ask for it once more before it is left.
    DASHBOARD.expectErrors("/api/v1/sweeps/long");
    page.getByTestId("delete-sweep").click();
    page.getByTestId("delete-sweep-confirm").click();
    assertThat(page.getByRole(AriaRole.HEADING).getByText("Sweeps").first()).isVisible();
    assertThat(page.locator("[data-sweep=long]")).hasCount(0);
    assertThat(lab.get("sweeps/long").path("status").asInt()).isEqualTo(404);
  }

  private static long number(Locator row) {
    return Long.parseLong(String.valueOf(row.getAttribute("data-job-id")));
  }

  /** What waits, in the order in which it will run. */
  private static List<Long> queued(Lab lab) throws Exception {
    List<Long> jobs = new ArrayList<>();
    lab.get("jobs?state=QUEUED").path("jobs").forEach(job -> jobs.add(job.path("id").asLong()));
    return jobs;
  }

  @Test
  void aPresetFillsTheFormIn() {
    Map<String, String> jobs =
        Map.of(
            "demo", "7 jobs.",
            "sparsity", "48 jobs: 24 trainings and 24 jobs on the trained networks.",
            "table-1", "21 jobs.",
            "receptive-field-ladder", "27 jobs: 15 trainings and 12 jobs on the trained networks.",
            "controlled-variants", "39 jobs.",
            "learning-curve", "24 jobs.",
            "analyses", "43 jobs: 4 trainings and 39 jobs on the trained networks.",
            "scrambling-grid", "24 jobs: 12 trainings and 12 jobs on the trained networks.",
            "science", "210 jobs: 96 trainings and 114 jobs on the trained networks.");
    visit("#/sweeps");
    page.getByTestId("new-sweep").click();
    assertThat(page.getByTestId("field-from")).isFocused();
    jobs.forEach(
        (preset, words) -> {
          page.getByTestId("field-from").selectOption(preset);
          assertThat(page.getByTestId("field-name")).hasValue(preset);
          assertThat(page.getByTestId("sweep-jobs")).containsText(words);
        });
    page.getByTestId("field-from").selectOption("demo");
    page.getByTestId("field-epochs").fill("1");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("error-name")).containsText("differ from the preset demo");
  }

  @Test
  void theFormIsFilledInOnceThereIsSomethingToChooseFrom() {
    DASHBOARD.expectErrors("/api/v1/presets");
    page.route("**/api/v1/presets", Route::abort);
    visit("#/sweeps?new=demo");
    Locator form = page.getByTestId("sweep-form");
    assertThat(form.getByTestId("error")).isVisible();
    page.unroute("**/api/v1/presets");
    form.getByText("Try again").click();
    assertThat(page.getByTestId("field-name")).hasValue("demo");
    assertThat(form.getByTestId("error")).hasCount(0);
    assertThat(page).hasURL(Pattern.compile("new=demo$"));
  }

  @Test
  void aSweepOverDataSetsIsFilledInAsItWas() {
    page.route(
        "**/api/v1/sweeps/sets",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"definition": {"name": "sets", "base": {"architecture": "bagnet9"},
                                        "grid": {"dataset": ["a", "15"]}}}
                        """)));
    visit("#/sweeps?like=sets");
    assertThat(page.getByTestId("setting-0-values")).hasValue("a, 15");
    Locator field = page.getByTestId("field-dataset");
    assertThat(field).hasValue("");
    field.selectOption("controlled-15");
    page.getByTestId("field-name").fill("sets-again");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("error-setting-0")).containsText("clear that field");
    field.selectOption("");
    assertThat(page.getByTestId("error-setting-0")).containsText("There is no dataset 'a'.");
  }

  @Test
  void aProblemIsShownAtTheRowOfTheSettingThatTheServerNames() {
    visit("#/sweeps?new=scratch");
    page.getByTestId("field-name").fill("unknown-weights");
    page.getByTestId("check-architecture-bagnet9").check();
    page.locator("summary:has-text('Other settings')").click();
    page.getByTestId("add-setting").click();
    page.getByTestId("setting-0-name").fill("weights");
    page.getByTestId("setting-0-values").fill("nothing-there");
    assertThat(page.getByTestId("sweep-jobs")).containsText("1 field is invalid");
    page.getByTestId("submit-sweep").click();
    assertThat(page.getByTestId("error-setting-0")).containsText("nothing-there");
    assertThat(page.getByTestId("setting-0-name")).isFocused();
  }

  /** Three trials that came to the first rung, of which one was promoted; the sweep was stopped. */
  @Test
  void rungsAndFailuresAreShown() {
    showHalved(HALVED);
    Locator rung = page.locator("table[data-rung='2']");
    assertThat(rung.locator("caption")).containsText("After 2 epochs");
    assertThat(page.getByTestId("sweep-cost")).hasText("Used 2 hours of device time.");
    assertThat(rung.locator("tbody tr")).hasCount(3);
    assertThat(rung.locator("tbody tr").first()).containsText("learning rate 0.01");
    assertThat(rung.locator("tbody tr").first()).containsText("promoted");
    assertThat(rung.locator("tbody tr").last()).containsText("pruned");
    assertThat(rung.locator("tbody tr td:first-child")).hasText(new String[] {"1", "2", "2"});
    assertThat(page.getByTestId("sweep-bar")).containsText("1 pruned");
    assertThat(page.getByTestId("hold-reason")).containsText("Held after 3 consecutive failures");
    page.getByTestId("show-failed").click();
    assertThat(page.locator("li.job")).hasCount(1);
    assertThat(page.locator("li.job")).hasAttribute("data-job-id", "4");
    // The lab itself knows nothing of this job.
    DASHBOARD.expectErrors("/4");
    page.locator("li.job .job-link").click();
    page.goBack();
    assertThat(page.locator("li.job")).hasCount(1);
    assertThat(page.locator("li.job")).hasAttribute("data-job-id", "4");
  }

  @Test
  void aLongRungIsShownBitByBit() {
    String trial = "{\"job\": %d, \"accuracy\": 0.5, \"rank\": 1, \"promoted\": false}";
    String trials =
        IntStream.rangeClosed(1, 120).mapToObj(trial::formatted).collect(Collectors.joining(","));
    showHalved(
        """
        {"id": "halved", "createdAt": "2026-01-02T03:04:05Z", "counts": {},
         "halving": {"factor": 3, "firstEpochs": 2, "rungs": [{"epoch": 2, "trials": [%s]}]},
         "cost": {"jobs": 0, "deviceSeconds": 0, "jobsWithEnergy": 0}, "jobs": []}
        """
            .formatted(trials));
    Locator rung = page.locator("table[data-rung='2']");
    assertThat(rung.locator("caption")).containsText("120 trials");
    assertThat(rung.locator("tbody tr")).hasCount(50);
    page.getByTestId("show-more").click();
    assertThat(rung.locator("tbody tr")).hasCount(100);
    page.getByTestId("show-more").click();
    assertThat(rung.locator("tbody tr")).hasCount(120);
    assertThat(page.getByTestId("show-more")).hasCount(0);
  }

  private static final String HALVED =
      """
      {"id": "halved", "createdAt": "2026-01-02T03:04:05Z",
       "counts": {"SUCCEEDED": 1, "PAUSED": 1, "CANCELLED": 1, "FAILED": 1},
       "hold": "held after 3 consecutive failures, the last in job 4: out of memory",
       "holdCode": "stopped-after-failures",
       "holdArguments": {"failures": 3, "job": 4, "detail": "out of memory"},
       "halving": {"factor": 3, "firstEpochs": 2, "rungs": [{"epoch": 2, "trials": [
         {"job": 1, "accuracy": 0.5, "rank": 1, "promoted": true},
         {"job": 2, "accuracy": 0.4, "rank": 2, "promoted": false},
         {"job": 3, "accuracy": 0.4, "rank": 2, "promoted": false}]}]},
       "cost": {"jobs": 4, "deviceSeconds": 7200, "jobsWithEnergy": 0},
       "jobs": [%s, %s, %s, %s]}
      """
          .formatted(
              trial(1, "SUCCEEDED", 0.01),
              trial(2, "PAUSED", 0.02),
              trial(3, "CANCELLED", 0.03),
              trial(4, "FAILED", 0.04));

  private static String trial(int id, String state, double learningRate) {
    return """
        {"id": %d, "title": "BagNet-9 on controlled-15", "state": "%s", "sweep": "halved",
         "priority": 0, "lastEpoch": 2, "createdAt": "2026-01-02T03:04:05Z", %s
         "spec": {"kind": "train", "architecture": "bagnet9", "learningRate": %s}}
        """
        .formatted(id, state, state.equals("CANCELLED") ? "\"pruned\": true," : "", learningRate);
  }

  /** The lab itself knows nothing of this sweep. */
  private void showHalved(String sweep) {
    page.route(
        "**/api/v1/sweeps/halved",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(sweep)));
    page.route(
        "**/api/v1/sweeps/halved/trials",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"settings\": [], \"trials\": [], \"best\": [], \"curves\": []}")));
    visit("#/sweeps/halved");
  }

  private void visit(String place) {
    page.navigate(DASHBOARD.address() + place);
  }

  private static LocatorAssertions.HasCountOptions count(double minutes) {
    return new LocatorAssertions.HasCountOptions().setTimeout(minutes * MINUTE);
  }

  private static LocatorAssertions.HasAttributeOptions within(double minutes) {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(minutes * MINUTE);
  }
}
