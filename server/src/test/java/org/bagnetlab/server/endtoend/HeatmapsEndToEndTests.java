package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
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

  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout((double) PATIENCE.toMillis());
  private static final int PHONE = 390;

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

  /** Waits for maps; draws those that no other test has drawn. */
  private static void draw(Page page, int maps) {
    Locator button = page.getByTestId("draw-maps");
    assertThat(button.or(canvases(page).nth(maps - 1)).first()).isVisible(PATIENTLY);
    if (button.isVisible()) {
      button.click();
    }
    assertThat(canvases(page)).hasCount(maps, SOON);
    assertThat(page.getByTestId("explanation-state")).hasCount(0, SOON);
  }

  private static int jobs() throws Exception {
    return lab.get("jobs").path("total").asInt();
  }

  /** The training has drawn its first test images with a map of their class, and no others. */
  private static String drawnImage() throws Exception {
    String image = "";
    for (JsonNode artifact : lab.get("runs/" + bagnet).path("artifacts")) {
      if (artifact.path("kind").asText().equals("heatmap")) {
        image = artifact.path("facts").path("image").asText();
      }
    }
    return image;
  }

  private static long newestAuditEntry() throws Exception {
    return lab.get("audit?limit=1").at("/entries/0/id").asLong();
  }

  @Test
  void openingThePageShowsWhatExistsAndAButtonDrawsTheRest() throws Exception {
    int jobs = jobs();
    long audited = newestAuditEntry();
    Page page =
        DASHBOARD.open(
            "#/heatmaps?dataset=%s&runs=%d&image=%s"
                .formatted(SmallScenes.NAME, bagnet, drawnImage()));
    assertThat(canvases(page)).hasCount(2);
    Locator thumbnails = page.locator(".thumbnail");
    thumbnails.nth(thumbnails.count() - 2).click();
    assertThat(page.getByTestId("no-stored-map")).hasText("Not drawn yet.");
    assertThat(jobs()).isEqualTo(jobs);
    assertThat(newestAuditEntry()).isEqualTo(audited);
    assertThat(page.getByTestId("draw-maps")).hasText("Draw the maps of 1 network");
    page.getByTestId("draw-maps").click();
    assertThat(canvases(page)).hasCount(2, SOON);
    assertThat(page.getByTestId("draw-maps")).hasCount(0);
    assertThat(jobs()).isEqualTo(jobs + 1);
    // Once asked for, the maps of the next image are drawn, too.
    thumbnails.nth(thumbnails.count() - 3).click();
    assertThat(canvases(page)).hasCount(2, SOON);
    assertThat(page.getByTestId("explanation-state")).hasCount(0, SOON);
    assertThat(jobs()).isEqualTo(jobs + 2);
  }

  @Test
  void theImageIsBesideItsMaps() {
    for (List<Long> runs : List.of(List.of(bagnet), List.of(bagnet, resnet))) {
      Page page =
          DASHBOARD.open(
              "#/heatmaps?dataset=%s&runs=%s"
                  .formatted(
                      SmallScenes.NAME,
                      runs.stream().map(String::valueOf).collect(Collectors.joining(","))));
      draw(page, 2 * runs.size());
      assertThat(page.getByTestId("explained-image").locator("img")).hasCount(2);
      // An image of another size may show something else.
      assertThat(page.getByTestId("explained-image").locator("img").first())
          .hasAttribute("src", Pattern.compile("&size=64$"));
      List<BoundingBox> firstRow =
          page.locator(".map-view:not(.map-view-scrambled) .map-stack").all().stream()
              .map(Locator::boundingBox)
              .toList();
      assertThat(firstRow).hasSize(1 + runs.size());
      for (BoundingBox box : firstRow) {
        assertThat(box.y).isCloseTo(firstRow.getFirst().y, within(1.0)); // fractions of a pixel
        assertThat(box.width).isCloseTo(firstRow.getFirst().width, within(1.0));
      }
      page.setViewportSize(PHONE, 844);
      assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
          .isEqualTo(PHONE);
    }
  }

  @Test
  void thePanelIsSavedAsItIsSeen() throws Exception {
    Page page = open();
    draw(page, 4);
    page.getByTestId("opacity").fill("40");
    String svg = Files.readString(saved(page, "svg"));
    assertThat(svg)
        .contains("BagNet-9", "ResNet-50", "with an opacity of 40 %", "opacity=\"0.4\"")
        .contains("dataset=" + SmallScenes.NAME)
        .doesNotContain("href=\"/");
    assertThat(Pattern.compile("href=\"data:image/").matcher(svg).results()).hasSize(2 + 4 * 3);
    BufferedImage png = ImageIO.read(saved(page, "png").toFile());
    assertThat(png.getWidth()).isGreaterThan(2 * 3 * 200);
    assertThat(Files.readString(saved(page, "pdf"), StandardCharsets.ISO_8859_1))
        .startsWith("%PDF-1.4")
        .endsWith("%%EOF\n");
  }

  private static Path saved(Page page, String format) {
    Download download =
        page.waitForDownload(() -> page.getByTestId("save-heatmaps-" + format).click());
    assertThat(download.suggestedFilename()).isEqualTo("heatmaps." + format);
    return download.path();
  }

  @Test
  void aViewerSeesStoredMapsAndAsksForNone() throws Exception {
    String image = drawnImage();
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
    draw(page, 4);
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
    draw(page, 4);
    Locator next = page.locator(".thumbnail[aria-pressed=false]").first();
    String path = next.getAttribute("data-image");
    next.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator(".thumbnail[aria-pressed=true]")).hasAttribute("data-image", path);
    draw(page, 4);
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
    draw(low, 2);
    assertThat(low.getByTestId("saturated").first())
        .hasText(Pattern.compile("^saturated: [\\d.]+\\s% of the pixels$"));
    Page high = DASHBOARD.open(place.formatted(SmallScenes.NAME, bagnet, "1e9"));
    draw(high, 2);
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
