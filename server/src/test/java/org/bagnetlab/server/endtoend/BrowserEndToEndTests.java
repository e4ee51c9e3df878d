package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A person's path through the dashboard: queue an experiment, watch it, read the result. */
@Timeout(900)
class BrowserEndToEndTests {

  private static final double MINUTE = 60_000;
  private static final double CHANCE = 1.0 / 15;
  private static final int NOISE_SIZE = 256;

  @TempDir private static Path files = Path.of("");
  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  @Test
  void aWrongFieldIsNamedWhereItIsAndNothingIsQueued() throws Exception {
    Lab lab = DASHBOARD.lab();
    int before = lab.get("jobs").path("total").asInt();
    try (Page page = DASHBOARD.newPage()) {
      page.navigate(DASHBOARD.address() + "#/queue");
      page.getByTestId("field-recipe").selectOption("report");
      assertThat(page.getByTestId("field-imageSize")).hasValue("224");
      page.getByTestId("field-imageSize").fill("63");
      assertThat(page.getByTestId("error-imageSize"))
          .hasText("Image size must be a whole number from 64 to 512, but is 63.");
      assertThat(page.getByTestId("error-architecture")).hasCount(0);
      page.getByTestId("submit").click();
      assertThat(page.getByTestId("error-architecture")).isVisible();
      assertThat(page.getByTestId("field-architecture")).isFocused();
      assertThat(lab.get("jobs").path("total").asInt()).isEqualTo(before);
    }
  }

  @Test
  void aDiskThatFillsUpIsToldOnEveryPageAndExplained() {
    try (Page page = DASHBOARD.newPage()) {
      answer(
          page,
          "storage",
          """
          {"total": 1000000, "free": 50000, "used": 900000, "reserve": 100000, "level": "FULL",
           "warning": "Only 50 kB are free: jobs wait.", "parts": {"artifacts": 900000},
           "byKind": {"checkpoint": 900000},
           "byJob": [{"job": 7, "title": "BagNet-9 on controlled-15", "bytes": 900000}]}
          """);
      answer(
          page,
          "storage/retention",
          """
          {"rules": {"trainingStatesSeconds": 1200, "checkpointsOf": "bestOfConfiguration",
                     "keepForSeconds": 86400, "quarantineSeconds": 2592000},
           "bytes": 900000, "removed": [],
           "quarantine": [{"name": "20261101-020304", "movedAt": "2026-11-01T02:03:04Z",
                           "deletedAfter": "2026-12-01T02:03:04Z"}],
           "files": [{"job": 7, "title": "BagNet-9 on controlled-15", "kind": "checkpoint",
                      "name": "model.safetensors", "size": 900000, "reason": "another is better"}]}
          """);
      page.navigate(DASHBOARD.address());
      Locator warning = page.getByTestId("disk-warning");
      assertThat(warning).containsText("Only 50 kB are free");
      warning.getByRole(AriaRole.LINK).click();
      Page.GetByRoleOptions disk = new Page.GetByRoleOptions().setName("Disk in use");
      assertThat(page.getByRole(AriaRole.METER, disk)).hasAttribute("aria-valuenow", "95");
      assertThat(page.getByTestId("nav-queue")).hasAttribute("aria-current", "page");
      assertThat(page.getByTestId("largest-jobs")).containsText("BagNet-9 on controlled-15");
      assertThat(page.getByText("can resume are kept for 20 min.")).isVisible();
      assertThat(page.getByText("and the others for 1 day.")).isVisible();
      assertThat(page.getByTestId("retention-preview")).containsText("1 file will be removed");
      assertThat(page.getByTestId("quarantine")).containsText("quarantine/20261101-020304");
    }
  }

  private static void answer(Page page, String path, String body) {
    page.route(
        "**/api/v1/" + path,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body)));
  }

  @Test
  void weightsAreImportedRefusedAndDeletedInTheBrowser() throws Exception {
    Architecture architecture = Architectures.named("bagnet17").build(1000, 0.0625, 64);
    Path file = files.resolve("good.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(file, architecture);
    byte[] whole = Files.readAllBytes(file);
    Path cut =
        Files.write(files.resolve("cut.safetensors"), Arrays.copyOf(whole, whole.length / 2));
    try (Page page = DASHBOARD.newPage()) {
      page.navigate(DASHBOARD.address() + "#/weights");
      assertThat(page.getByTestId("empty-weights")).isVisible();
      DASHBOARD.expectErrors("/api/v1/weights?");
      page.getByTestId("field-file").setInputFiles(cut);
      page.getByTestId("import").click();
      assertThat(page.getByTestId("weights-form"))
          .containsText("cut: tensor fc.weight ends at byte");
      page.getByTestId("field-file").setInputFiles(file);
      assertThat(page.getByTestId("field-name")).hasValue("good");
      page.getByTestId("import").click();
      assertThat(page.getByTestId("imported")).containsText("BagNet-17, width 0.0625");
      assertThat(page.getByTestId("weights-table")).containsText("of unknown origin");

      page.getByTestId("fine-tune-good").click();
      assertThat(page.getByTestId("field-architecture")).hasValue("bagnet17");
      assertThat(page.getByTestId("field-recipe")).hasValue("report");

      page.navigate(DASHBOARD.address() + "#/weights");
      Locator delete = page.getByTestId("delete-good");
      delete.click();
      assertThat(page.getByText("Keep")).isFocused();
      page.keyboard().press("Escape");
      assertThat(delete).isFocused();
      delete.click();
      page.getByTestId("delete-weights-confirm").click();
      assertThat(page.getByTestId("empty-weights")).isVisible();
    }
  }

  @Test
  void anUploadEndsWithItsPage() throws Exception {
    Path file = Files.write(files.resolve("any.safetensors"), new byte[1]);
    try (Page page = DASHBOARD.newPage()) {
      page.route("**/api/v1/weights?**", stalled -> {});
      page.navigate(DASHBOARD.address() + "#/weights");
      page.getByTestId("field-file").setInputFiles(file);
      page.waitForRequest("**/api/v1/weights?**", () -> page.getByTestId("import").click());
      assertThat(page.getByTestId("upload-progress")).isVisible();
      List<String> ended = new ArrayList<>();
      page.onRequestFailed(request -> ended.add(request.method()));
      page.navigate(DASHBOARD.address() + "#/queue");
      page.waitForCondition(() -> ended.contains("POST"));
    }
  }

  @Test
  void aBagNetTrainsOnRealScenesFromTheBrowser() throws Exception {
    String archive = System.getenv("BAGNETLAB_SCENE15");
    Assumptions.assumeTrue(
        archive != null && Files.exists(Path.of(archive)),
        "BAGNETLAB_SCENE15 names no archive of the 15-scene database");
    Application.Outcome imported =
        DASHBOARD.application().run("dataset", "import", "scene15", String.valueOf(archive));
    assertThat(imported.output()).contains("4185 images in 15 classes");

    try (Page page = DASHBOARD.newPage()) {
      page.navigate(DASHBOARD.address() + "#/queue");
      page.getByTestId("field-architecture").selectOption("bagnet33");
      page.getByTestId("field-dataset").selectOption("scene15");
      page.getByTestId("field-imageSize").fill("64");
      page.getByTestId("field-width").fill("0.25");
      page.getByTestId("field-epochs").fill("3");
      page.getByTestId("submit").click();
      Locator row = page.locator("li.job[data-job-id]").first();
      assertThat(row).hasAttribute("data-state", "RUNNING", within(1));
      String id = String.valueOf(row.getAttribute("data-job-id"));

      page.navigate(DASHBOARD.address() + "#/jobs/" + id);
      assertThat(page.getByTestId("progress")).isVisible(visible(1));
      assertThat(page.getByTestId("job")).hasAttribute("data-state", "SUCCEEDED", within(10));
      page.getByTestId("tab-pictures").click();
      Locator heatmap = page.getByTestId("heatmap").first();
      assertThat(heatmap).isVisible(visible(1));
      assertThat(heatmap.evaluate("image => image.decode().then(() => image.naturalWidth)"))
          .isEqualTo(64);
      page.getByTestId("tab-classes").click();
      assertThat(page.getByTestId("recalls-test")).containsText("Bedroom");
      page.getByTestId("tab-curves").click();
      assertThat(page.getByTestId("published-history")).isVisible();

      JsonNode test = DASHBOARD.lab().get("runs/" + id).path("results").path("test");
      assertThat(test.path("images").asInt()).isEqualTo(1200);
      assertThat(test.path("low").asDouble()).isGreaterThan(2 * CHANCE);

      page.navigate(DASHBOARD.address() + "#/?dataset=scene15");
      assertThat(page.locator("tr[data-architecture=bagnet33][data-measured=true]"))
          .isVisible(visible(1));
      page.navigate(DASHBOARD.address() + "#/receptive-fields?dataset=scene15");
      assertThat(page.getByTestId("heatmap").first()).isVisible(visible(1));
      page.navigate(DASHBOARD.address() + "#/scrambling?dataset=scene15");
      assertThat(page.getByTestId("scrambled-heatmap").first()).isVisible(visible(1));
    }
  }

  @Test
  void aHeatmapIsCoarseFirstAndThenFine() throws Exception {
    String run = trainedOnNoise();
    try (Page page = DASHBOARD.newPage()) {
      page.navigate(DASHBOARD.address() + "#/jobs/%s/analyses".formatted(run));
      ServedDashboard.pick(page.getByTestId("field-kind"), "Heatmap");
      // Fields of the chosen analysis: the fold that is opened next is not the previous one's.
      page.getByTestId("field-imageClass").selectOption("Grey");
      page.getByTestId("field-label").selectOption("Bright");
      page.getByText("More settings").click();
      page.getByTestId("field-stride").selectOption("1");
      page.getByTestId("submit").click();
      assertThat(page.getByTestId("refining")).isVisible(visible(2));
      assertThat(page.getByTestId("scrambled-heatmap")).isVisible(visible(1));
      String id = page.url().replaceAll(".*/", "");
      Lab lab = DASHBOARD.lab();
      long worker = lab.get("jobs/" + id).path("worker").path("pid").asLong();
      // Halted: what is coarse stays so while it is looked at.
      signal("STOP", worker);
      try {
        assertThat(page.getByTestId("job")).hasAttribute("data-state", "RUNNING");
        assertHeatmaps(page, "every 8th pixel");
        assertThat(page.getByTestId("refining")).containsText("(every pixel) is being computed");
        page.reload();
        assertThat(page.getByTestId("refining")).containsText(Pattern.compile("part \\d+ of 130"));
        assertHeatmaps(page, "every 8th pixel");
      } finally {
        signal("CONT", worker);
      }
      assertThat(page.getByTestId("job")).hasAttribute("data-state", "SUCCEEDED", within(3));
      assertHeatmaps(page, "every pixel");
      page.getByTestId("heatmap").hover();
      assertThat(page.getByTestId("map-value").first())
          .hasText(Pattern.compile("here −?\\d+\\.\\d\\d"));
      assertThat(page.getByTestId("refining")).hasCount(0);
      JsonNode artifacts = lab.get("runs/" + id).path("artifacts");
      assertThat(artifacts.findValuesAsText("stride")).containsExactly("1", "1");
      assertThat(artifacts.findValuesAsText("label")).containsOnly("Bright");
      assertThat(artifacts.findValuesAsText("image")).containsOnly("test/Grey/image_3.png");
      try (Stream<Path> stored = Files.list(DASHBOARD.data().resolve("artifacts").resolve(id))) {
        assertThat(stored).hasSize(artifacts.size());
      }
    }
  }

  private static void assertHeatmaps(Page page, String density) {
    for (String kind : List.of("heatmap", "scrambled-heatmap")) {
      Locator image = page.getByTestId(kind);
      Locator figure = page.locator("figure").filter(new Locator.FilterOptions().setHas(image));
      assertThat(figure.locator("figcaption")).containsText(density);
      assertThat(image.evaluate("image => image.decode().then(() => image.naturalWidth)"))
          .isEqualTo(NOISE_SIZE);
    }
  }

  /** A BagNet that was trained on a few large images of noise, so that a map takes its time. */
  private static String trainedOnNoise() throws Exception {
    Path noise = files.resolve("noise");
    SmallScenes.write(noise, List.of("Grey", "Bright"), 3, 1);
    Application.Outcome imported =
        DASHBOARD.application().run("dataset", "import", "noise", noise.toString());
    assertThat(imported.status()).as(imported.errors()).isZero();
    Lab lab = DASHBOARD.lab();
    long run =
        lab.post(
                "jobs",
                """
                {"kind": "train", "architecture": "bagnet33", "dataset": "noise", "width": 0.5,
                 "imageSize": %d, "epochs": 1, "batchSize": 2, "heatmapStride": 8}
                """
                    .formatted(NOISE_SIZE))
            .path("id")
            .asLong();
    JsonNode ended =
        lab.await(
            run,
            Duration.ofMinutes(5),
            job -> !job.path("state").asText().matches("QUEUED|RUNNING"));
    assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
    return String.valueOf(run);
  }

  private static void signal(String name, long process) throws Exception {
    int status = new ProcessBuilder("kill", "-" + name, "" + process).inheritIO().start().waitFor();
    assertThat(status).isZero();
  }

  private static LocatorAssertions.HasAttributeOptions within(double minutes) {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(minutes * MINUTE);
  }

  private static LocatorAssertions.IsVisibleOptions visible(double minutes) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(minutes * MINUTE);
  }
}
