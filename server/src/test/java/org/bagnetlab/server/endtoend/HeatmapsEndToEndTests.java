package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Heatmaps on demand, while the only device trains. */
@Timeout(600)
class HeatmapsEndToEndTests {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final LocatorAssertions.HasCountOptions SOON =
      new LocatorAssertions.HasCountOptions().setTimeout((double) PATIENCE.toMillis());

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  /** A built-in data set for tests only. */
  private static final String CUE_CONFLICT = "controlled-15-cue-conflict";

  private static Lab lab;
  private static long bagnet;
  private static long resnet;
  private static long training;

  @BeforeAll
  @Timeout(600)
  static void train() throws Exception {
    lab = DASHBOARD.lab();
    bagnet = train("bagnet9", 1);
    resnet = train("resnet50", 1);
    for (long run : List.of(bagnet, resnet)) {
      succeeded(run);
    }
    training = train("bagnet17", 1000);
    lab.await(training, PATIENCE, job -> job.has("progress"));
  }

  @AfterAll
  static void cancel() throws Exception {
    lab.post("jobs/" + training + "/cancel", "");
  }

  /** A coarse map may be replaced by the requested one before a page has fetched it. */
  @BeforeEach
  void expectReplacedMaps() {
    DASHBOARD.expectErrors("/api/v1/artifacts/");
  }

  private static long train(String architecture, int epochs) throws Exception {
    return lab.post(
            "jobs",
            """
            {"kind": "train", "architecture": "%s", "dataset": "%s", "imageSize": 64, "width": 0.03,
             "epochs": %d, "heatmapStride": 8}
            """
                .formatted(architecture, SmallScenes.NAME, epochs))
        .path("id")
        .asLong();
  }

  private static void succeeded(long job) throws Exception {
    JsonNode ended = lab.await(job, PATIENCE, now -> now.has("endedAt"));
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
  }

  private static Page open() {
    return DASHBOARD.open(
        "#/heatmaps?dataset=%s&runs=%d,%d".formatted(SmallScenes.NAME, bagnet, resnet));
  }

  private static Locator canvases(Page page) {
    return page.locator(".map-stack canvas");
  }

  private static int jobs() throws Exception {
    return lab.get("jobs").path("total").asInt();
  }

  /** The training has drawn its first test images with a map of their class, and no others. */
  @Test
  void aViewerSeesStoredMapsAndAsksForNone() throws Exception {
    JsonNode drawn = lab.get("runs/" + bagnet).path("artifacts");
    String image = "";
    for (JsonNode artifact : drawn) {
      if (artifact.path("kind").asText().equals("heatmap")) {
        image = artifact.path("facts").path("image").asText();
      }
    }
    int before = jobs();
    try (Page page = DASHBOARD.newPage()) {
      page.route(
          "**/api/v1/session",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("application/json")
                      .setBody("{\"login\": true, \"name\": \"bob\", \"role\": \"viewer\"}")));
      page.navigate(
          DASHBOARD.address()
              + "#/heatmaps?dataset=%s&runs=%d&image=%s"
                  .formatted(SmallScenes.NAME, bagnet, image));
      assertThat(canvases(page)).hasCount(2);
      page.locator(".thumbnail[aria-pressed=false]").last().click();
      assertThat(page.getByTestId("no-stored-map")).containsText("New maps need an operator");
      assertThat(page.locator(".notice-bad")).hasCount(0);
      page.navigate(DASHBOARD.address() + "#/queue");
      assertThat(page.getByTestId("submit-form")).isAttached();
      assertThat(page.getByTestId("submit-form")).isHidden();
      assertThat(page.getByTestId("for-viewers")).containsText("only operators queue jobs");
    }
    assertThat(jobs()).isEqualTo(before);
  }

  @Test
  void anImageIsExplainedBesideATrainingAndTheAddressRestoresTheView() throws Exception {
    Page page = open();
    assertThat(canvases(page)).hasCount(4, SOON);
    assertThat(page.getByTestId("explanation-state")).hasCount(0, SOON);
    assertThat(lab.get("jobs/" + training).path("state").asText()).isEqualTo("RUNNING");
    for (JsonNode job : lab.get("jobs?state=SUCCEEDED&limit=2").path("jobs")) {
      assertThat(job.path("interactive").asBoolean()).isTrue();
    }
    String image = page.locator(".thumbnail[aria-pressed=true]").getAttribute("data-image");
    assertThat(page.url()).contains("image=", "label=", "runs=" + bagnet + "%2C" + resnet);

    // The value under the cursor, of every map of the image.
    canvases(page).first().hover();
    assertThat(page.locator("[data-testid=value-here]:not(:empty)")).hasCount(2);

    // Another class of the BagNet needs no other job.
    int before = jobs();
    Locator other =
        page.locator("[data-run='%d'] .top-classes button[aria-pressed=false]".formatted(bagnet))
            .first();
    String label = other.getAttribute("data-label");
    other.click();
    assertThat(page.getByTestId("label")).hasValue(label);
    assertThat(canvases(page)).hasCount(4, SOON);
    assertThat(jobs()).isLessThanOrEqualTo(before + 1); // Grad-CAM of the class

    page.getByTestId("check-common-scale").check();
    page.getByTestId("opacity").fill("40");
    assertThat(page.locator("[data-run='%d'] .map-stack canvas".formatted(bagnet)).first())
        .hasCSS("opacity", "0.4");
    Set<String> limits = new HashSet<>();
    for (Locator canvas :
        page.locator("[data-run='%d'] .map-stack canvas".formatted(bagnet)).all()) {
      limits.add(canvas.getAttribute("data-limit"));
    }
    assertThat(limits).hasSize(1);
    page.getByTestId("check-keep-scale").check();

    // Whoever gets the address sees the same, and nothing is computed again.
    assertThat(page.getByTestId("explanation-state")).hasCount(0, SOON);
    int after = jobs();
    Page again = DASHBOARD.newPage();
    again.navigate(page.url());
    assertThat(canvases(again)).hasCount(4, SOON);
    assertThat(again.locator(".thumbnail[aria-pressed=true]")).hasAttribute("data-image", image);
    assertThat(again.getByTestId("label")).hasValue(label);
    assertThat(again.getByTestId("opacity")).hasValue("40");
    assertThat(again.getByTestId("check-common-scale")).isChecked();
    assertThat(again.getByTestId("check-keep-scale")).isChecked();
    assertThat(jobs()).isEqualTo(after);
  }

  @Test
  void anotherImageIsChosenWithTheKeyboard() {
    Page page = open();
    assertThat(canvases(page)).hasCount(4, SOON);
    Locator next = page.locator(".thumbnail[aria-pressed=false]").first();
    String path = next.getAttribute("data-image");
    next.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator(".thumbnail[aria-pressed=true]")).hasAttribute("data-image", path);
    assertThat(canvases(page)).hasCount(4, SOON);
    assertThat(page.getByTestId("explanation-state")).hasCount(0, SOON);
    // What is shown next does not change any more.
    page.reload();
    assertThat(canvases(page)).hasCount(4, SOON);
    canvases(page).first().focus();
    page.keyboard().press("ArrowRight");
    assertThat(page.getByTestId("value-here").first()).containsText("here");
    assertThat(page.getByTestId("values-here"))
        .hasText(Pattern.compile("^BagNet-9 \\S+, ResNet-50 \\S+$"));
    assertThat(page.url()).contains("image=" + path.replace("/", "%2F"));
  }

  @Test
  void theLegendSaysHowManyPixelsAreBeyondTheScale() {
    String place = "#/heatmaps?dataset=%s&runs=%d&scale=common&limit=%s";
    Page low = DASHBOARD.open(place.formatted(SmallScenes.NAME, bagnet, "1e-9"));
    assertThat(canvases(low)).hasCount(2, SOON);
    assertThat(low.getByTestId("saturated").first())
        .hasText(Pattern.compile("^saturated: [\\d.]+ % of the pixels$"));
    Page high = DASHBOARD.open(place.formatted(SmallScenes.NAME, bagnet, "1e9"));
    assertThat(canvases(high)).hasCount(2, SOON);
    assertThat(high.getByTestId("saturated").first()).hasText("nothing saturated");
  }

  @Test
  void whatTheAddressNamesInVainIsLeftOut() {
    DASHBOARD.expectErrors("/99999");
    Page page =
        DASHBOARD.open(
            "#/heatmaps?dataset=%s&runs=%d,99999&label=nonsense"
                .formatted(SmallScenes.NAME, bagnet));
    assertThat(page.getByTestId("left-out")).containsText("Run 99999 is left out");
    assertThat(canvases(page)).hasCount(2, SOON);
    assertThat(page.getByTestId("label")).not().hasValue("nonsense");
    assertThat(page).hasURL(Pattern.compile("runs=%d&label=(?!nonsense)".formatted(bagnet)));
  }

  @Test
  void theAddressNamesADataSetWithoutNetworks() {
    Page page = open();
    page.getByTestId("setting-dataset").selectOption(Controlled15.NAME);
    assertThat(page).hasURL(DASHBOARD.address() + "#/heatmaps?dataset=" + Controlled15.NAME);
    assertThat(page.getByTestId("empty")).containsText("No trained networks on");
    page.getByTestId("setting-dataset").selectOption(CUE_CONFLICT);
    assertThat(page.getByTestId("empty")).containsText("It has only test images.");
    assertThat(page.getByTestId("empty").locator("a")).hasCount(0);
  }

  @Test
  void theCommandLineAsksForThemToo() throws Exception {
    JsonNode job = submitted("--run", Long.toString(bagnet), "--stride", "4", "--interactive");
    assertThat(job.path("interactive").asBoolean()).isTrue();
    succeeded(job.path("id").asLong());
    assertThat(
            submitted("--run", Long.toString(bagnet), "--stride", "4", "--interactive")
                .path("id")
                .asLong())
        .isEqualTo(job.path("id").asLong());
    Application.Outcome refused = submit("--run", Long.toString(training), "--interactive");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.errors())
        .contains(
            "has not finished, and an interactive job cannot wait for it: queue the job normally.");
  }

  private static JsonNode submitted(String... arguments) throws Exception {
    Application.Outcome outcome = submit(arguments);
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return Json.MAPPER.readTree(outcome.output());
  }

  private static Application.Outcome submit(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("submit", "heatmap"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", DASHBOARD.address(), "--json"));
    return DASHBOARD.application().run(all.toArray(String[]::new));
  }
}
