package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What people take out of a lab: numbers and figures as files, and what is not among them. */
@Timeout(600)
class FigureEndToEndTests {

  private static final int WIDTH = 752;

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();
  @TempDir private static Path files = Path.of("");

  private static long job;
  private static double accuracy;

  /**
   * A network that is trained in a moment on four classes, which are not the report's, and
   * analysed.
   */
  @BeforeAll
  static void train() throws Exception {
    Lab lab = DASHBOARD.lab();
    job =
        lab.post(
                "jobs",
                """
                {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes", "width": 0.125,
                 "imageSize": 64, "epochs": 1, "heatmapStride": 8}
                """)
            .path("id")
            .asLong();
    await(lab, job);
    accuracy = lab.get("runs/" + job).path("results").path("test").path("accuracy").asDouble();
    JsonNode analysis =
        lab.post(
            "jobs",
            """
            {"kind": "interactions", "run": %d, "mostImages": 8, "patches": "8, 16", "gaps": "8, 16"}
            """
                .formatted(job));
    await(lab, analysis.path("id").asLong());
  }

  private static void await(Lab lab, long job) throws Exception {
    JsonNode ended =
        lab.await(
            job,
            Duration.ofMinutes(5),
            each -> !each.path("state").asText().matches("QUEUED|RUNNING"));
    assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
  }

  private static byte[] saved(Page page, String button) throws IOException {
    Download download = page.waitForDownload(() -> page.getByTestId(button).click());
    try (InputStream content = download.createReadStream()) {
      return content.readAllBytes();
    }
  }

  private static Document xml(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document svg) {
    NodeList elements = svg.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent().replace('\u00a0', ' '));
    }
    return texts;
  }

  private static void assertFigure(Document svg) {
    List<String> texts = texts(svg);
    assertThat(texts)
        .contains("BagNet-9", "100 %", "chance", "measured here", "95 % interval")
        .contains("chance: 25.0 %, one of 4 classes");
    assertThat(String.join(" ", texts))
        .contains(
            "Measured on small-scenes: from scratch; quick recipe, 64 px, width 0.125, 1 epoch. n = 1 seed, 40 images.")
        .contains("95 % interval over the images of this run only")
        .doesNotContain("ublished");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .contains("BagNet-9: measured %.1f\u00a0%%".formatted(accuracy * 100));
  }

  @Test
  void aFigureIsSavedAsSvgWithTextAndAsPngTwiceAsLarge() throws Exception {
    Page page = DASHBOARD.open("#/?dataset=small-scenes");
    Document svg = xml(new String(saved(page, "save-comparison-test-svg"), StandardCharsets.UTF_8));
    assertFigure(svg);
    BufferedImage png =
        ImageIO.read(new ByteArrayInputStream(saved(page, "save-comparison-test-png")));
    assertThat(png.getWidth()).isEqualTo(2 * WIDTH);
    assertThat(png.getHeight())
        .isEqualTo(2 * Integer.parseInt(svg.getDocumentElement().getAttribute("height")));
    assertThat(png.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void figuresAreOfALightPageForReadersOfADarkOneToo() throws Exception {
    Page page = DASHBOARD.open("#/?dataset=small-scenes");
    String light = new String(saved(page, "save-comparison-test-svg"), StandardCharsets.UTF_8);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertThat(new String(saved(page, "save-comparison-test-svg"), StandardCharsets.UTF_8))
        .isEqualTo(light);
  }

  @Test
  void theNumbersOfAViewAreSavedInEveryForm() throws Exception {
    Page page = DASHBOARD.open("#/scrambling?dataset=small-scenes");
    JsonNode row = Json.MAPPER.readTree(saved(page, "save-scrambling-json")).path("rows").get(0);
    String csv = new String(saved(page, "save-scrambling-csv"), StandardCharsets.UTF_8);
    String[] lines = csv.split("\r\n", -1);
    List<String> header = List.of(lines[0].split(",", -1));
    List<String> values = List.of(lines[1].split(",", -1));
    for (String set : List.of("test", "scrambled")) {
      assertThat(values.get(header.indexOf(set))).isEqualTo(row.path(set).path("mean").asText());
      assertThat(values.get(header.indexOf(set + "Low")))
          .isEqualTo(row.path(set).path("low").asText());
    }
    assertThat(new String(saved(page, "save-scrambling-tex"), StandardCharsets.UTF_8))
        .contains("\\toprule", "BagNet-9", "Seeds: 1.");
  }

  /** Numbers that are computed from the stored predictions of the run. */
  @Test
  void theCalibrationOfARunIsShownAndSaved() throws Exception {
    Page page = DASHBOARD.open("#/jobs/%d/analyses".formatted(job));
    Locator panel = page.getByTestId("statistic-calibration");
    Locator rows = panel.locator("tbody tr");
    assertThat(rows).hasCount(3);
    assertThat(rows.first()).hasAttribute("data-set", "test");
    Locator error = rows.first().locator("[data-output='expected-calibration-error']");
    assertThat(error).hasText(Pattern.compile("\\d+\\.\\d\\s%"));
    Document svg = xml(new String(saved(page, "save-reliability-svg"), StandardCharsets.UTF_8));
    assertThat(texts(svg)).contains("Confidence", "Accuracy", "Test", "perfect calibration");
  }

  @Test
  void publishedValuesStandBesideOtherDataSetsOnRequestOnly() {
    for (String[] place :
        new String[][] {
          {"#/", "th.of-published"},
          {"#/scrambling", "[data-testid=scrambling-chart-published]"},
          {"#/receptive-fields", ".legend li:has-text('published')"}
        }) {
      Page page = DASHBOARD.open(place[0] + "?dataset=small-scenes");
      assertThat(page.getByTestId("show-published")).not().isChecked();
      assertThat(page.locator(place[1])).hasCount(0);
      page.getByTestId("show-published").check();
      assertThat(page.locator(place[1]).first()).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*published=true.*"));
      page.reload();
      assertThat(page.getByTestId("show-published")).isChecked();
      assertThat(page.locator(place[1]).first()).isVisible();
    }
    Page empty = DASHBOARD.open("#/?dataset=controlled-15");
    assertThat(empty.locator("th.of-published").first()).isVisible();
    assertThat(empty.getByTestId("show-published")).hasCount(0);
  }

  @Test
  void aPageOfOneFigureHasNoLiveConnection() {
    Page page = DASHBOARD.newPage();
    List<String> requests = new ArrayList<>();
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(
        DASHBOARD.address() + "figure?view=comparison&chart=comparison-test&dataset=small-scenes");
    assertThat(page.locator("svg")).hasCount(1);
    assertThat(page.locator("svg")).containsText("BagNet-9");
    assertThat(requests).noneMatch(url -> url.endsWith("/api/v1/events"));
    DASHBOARD.expectErrors("view=weather");
    page.navigate(DASHBOARD.address() + "figure?view=weather");
    assertThat(page.locator("body"))
        .containsText(
            "There are figures of comparison, receptive-field, scrambling, accuracy-over,"
                + " differences, analyses, changes");
  }

  @Test
  void everythingIsExportedByOneCommand() throws Exception {
    Path directory = files.resolve("results");
    Application.Outcome outcome =
        DASHBOARD
            .application()
            .run(
                "results",
                "export",
                "--to",
                directory.toString(),
                "--dataset",
                "small-scenes",
                "--server",
                DASHBOARD.address());
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    for (String view :
        List.of(
            "comparison",
            "receptive-field",
            "scrambling",
            "scrambling-curves",
            "differences",
            "claims")) {
      for (String extension : List.of("csv", "json", "tex")) {
        assertThat(directory.resolve(view + "." + extension)).isNotEmptyFile();
      }
    }
    // No parameter was varied.
    assertThat(directory.resolve("accuracy-over-learningRate.csv")).doesNotExist();
    for (String figure :
        List.of(
            "comparison-validation",
            "comparison-test",
            "comparison-scrambled",
            "receptive-field",
            "scrambling")) {
      Document svg = xml(Files.readString(directory.resolve(figure + ".svg")));
      assertThat(texts(svg)).contains("BagNet-9");
      BufferedImage png = ImageIO.read(directory.resolve(figure + ".png").toFile());
      assertThat(png.getWidth()).isEqualTo(2 * WIDTH);
    }
    assertFigure(xml(Files.readString(directory.resolve("comparison-test.svg"))));
    assertThat(Files.readString(directory.resolve("README.md")))
        .contains("./bagnetlab results export --to DIR --dataset small-scenes")
        .contains(
            "| Test accuracy on small-scenes | [svg](comparison-test.svg),"
                + " [png](comparison-test.png), [pdf](comparison-test.pdf) |")
        .contains("| [interactions](interactions/README.md) | The analysis `interactions` |")
        .contains("Regime: from scratch.", "Seeds: 1.")
        .contains("## runs\n\nOne row for each run: [runs.csv](runs.csv).\n");
    Path analysis = directory.resolve("interactions");
    String name = "interactions-interaction-correlation";
    assertThat(Files.readString(analysis.resolve("README.md")))
        .contains("# Interactions", "Correlation of joint and summed effects", "Seeds: 1.")
        .contains("(%s.svg)".formatted(name));
    assertThat(texts(xml(Files.readString(analysis.resolve(name + ".svg")))))
        .contains(
            "BagNet-9", "Test, gap between patches 8 px", "Test, gap between patches 16 px", "1");
    JsonNode outputs =
        Json.MAPPER.readTree(analysis.resolve(name + ".json").toFile()).path("outputs");
    assertThat(outputs).hasSize(1);
    assertThat(outputs.get(0).path("rows")).hasSize(4);
    assertThat(directory.resolve("localisation")).doesNotExist();
  }

  @Test
  void aBundleShowsInAnotherLabWhatWasMeasuredHere() throws Exception {
    Path bundle = files.resolve("bundle.zip");
    String[] export = {
      "results",
      "export",
      "--bundle",
      bundle.toString(),
      "--dataset",
      "small-scenes",
      "--server",
      DASHBOARD.address()
    };
    Application.Outcome unsigned = DASHBOARD.application().run(export);
    assertThat(unsigned.status()).isEqualTo(1);
    assertThat(unsigned.errors()).contains("Add --author \"Family, Given\"");
    List<String> signed = new ArrayList<>(List.of(export));
    signed.addAll(List.of("--author", "Doe, Jane", "--checkpoints"));
    Application.Outcome outcome = DASHBOARD.application().run(signed.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .contains(
              "tables/comparison.csv",
              "tables/comparison-test.svg",
              "runs/%d/files/best.safetensors".formatted(job),
              "ro-crate-metadata.json");
    }
    Application elsewhere = new Application(files.resolve("elsewhere"));
    Application.Running server = elsewhere.serve();
    try {
      Application.Outcome imported =
          elsewhere.run("import-runs", bundle.toString(), "--server", server.address());
      assertThat(imported.status()).as(imported.errors()).isZero();
      assertThat(imported.output()).startsWith("Imported 2 jobs with ");
      Application.Outcome table =
          elsewhere.run(
              "results",
              "--dataset",
              "small-scenes",
              "--format",
              "csv",
              "--server",
              server.address());
      assertThat(table.output()).as(table.errors()).contains("," + accuracy + ",");
      // The images are not there.
      DASHBOARD.expectErrors("/runs/1/duplicates");
      Page page = DASHBOARD.newPage();
      page.navigate(server.address() + "#/jobs/1");
      assertThat(page.locator("[data-fact=origin]"))
          .hasText(Pattern.compile("run %d of lab [0-9a-f]{8}".formatted(job)));
      // Its network is here, too: another lab can analyse it.
      Lab lab = new Lab(server.address());
      long difference =
          lab.post("jobs", "{\"kind\": \"evaluate\", \"run\": 1, \"scrambleSeed\": 5}")
              .path("id")
              .asLong();
      assertThat(
              lab.await(
                      difference,
                      Duration.ofMinutes(2),
                      each -> !each.path("state").asText().matches("QUEUED|RUNNING"))
                  .at("/error/message")
                  .asText())
          .contains("small-scenes");
    } finally {
      server.kill();
    }
  }

  @Test
  void withoutChromiumNumbersAreExportedAndFiguresAreMissedInOneLine() throws Exception {
    Path directory = files.resolve("numbers");
    Application.Outcome outcome =
        new Application(files.resolve("unused"), Map.of("BAGNETLAB_CHROMIUM", "", "PATH", ""))
            .run(
                "results", "export", "--to", directory.toString(), "--server", DASHBOARD.address());
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(outcome.errors()).contains("Figures need Chromium");
    assertThat(directory.resolve("comparison.csv")).isNotEmptyFile();
    assertThat(directory.resolve("comparison-test.svg")).doesNotExist();
  }
}
