package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Words that are explained, documents that are served, and what leaves a lab for a paper. */
@Timeout(600)
class TakeAwayEndToEndTests {

  private static final int PHONE = 390;

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();
  @TempDir private static Path files = Path.of("");

  @BeforeAll
  static void train() throws Exception {
    Lab lab = DASHBOARD.lab();
    long job =
        lab.post(
                "jobs",
                """
                {"kind": "train", "architecture": "bagnet9", "dataset": "small-scenes", "width": 0.125,
                 "imageSize": 64, "epochs": 1, "heatmapStride": 8}
                """)
            .path("id")
            .asLong();
    JsonNode ended =
        lab.await(
            job,
            Duration.ofMinutes(5),
            each -> !each.path("state").asText().matches("QUEUED|RUNNING"));
    assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
  }

  private static Page tableOne() {
    Page page = DASHBOARD.open("#/?dataset=small-scenes");
    assertThat(page.getByTestId("comparison-table")).isVisible();
    return page;
  }

  @Test
  void aTermIsExplainedWithTheKeyboardAlone() {
    Page page = tableOne();
    Locator meaning = page.getByTestId("term-interval");
    assertThat(meaning).isHidden();
    page.getByTestId("comparison-table").locator("[data-term=interval]").focus();
    page.keyboard().press("Enter");
    assertThat(meaning).isVisible();
    assertThat(meaning).containsText("Two seeds have no interval");
    page.keyboard().press("Escape");
    assertThat(meaning).isHidden();
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    assertThat(meaning.locator("a")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("16. Intervals over seeds and images");
    assertThat(page.locator("nav a[href='/docs']")).isVisible();
    page.goBack();
    assertThat(page.getByTestId("comparison-table")).isVisible();
  }

  @Test
  void anExplanationIsWithinThePageOfAPhone() {
    Page page = tableOne();
    page.setViewportSize(PHONE, 800);
    page.locator(".legend [data-term=chance]").click();
    Locator meaning = page.getByTestId("term-chance");
    assertThat(meaning).isVisible();
    assertThat(meaning.boundingBox().x).isNotNegative();
    assertThat(meaning.boundingBox().width).isLessThanOrEqualTo(PHONE);
    assertThat(meaning.boundingBox().y + meaning.boundingBox().height).isLessThanOrEqualTo(800);
  }

  @Test
  void aSectionOfAPageHasAnAddress() {
    Page page = tableOne();
    Locator link = page.locator("[data-section=table]");
    assertThat(link).hasAccessibleName("Link to this section");
    link.focus();
    assertThat(link).hasCSS("opacity", "1");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(DASHBOARD.address() + "#/?dataset=small-scenes&section=table");
    Page other = DASHBOARD.open("#/?dataset=small-scenes&section=differences");
    other.waitForFunction(
        "() => { const title = document.getElementById('differences-title');"
            + " return title && scrollY > 0 && title.getBoundingClientRect().top < innerHeight / 2; }");
  }

  @Test
  void everyPageLeadsToTheDocuments() {
    Page page = tableOne();
    page.getByTestId("documents").click();
    assertThat(page.locator("h1")).hasText("Documents");
    page.locator("main a", new Page.LocatorOptions().setHasText("Bagnet Lab")).first().click();
    assertThat(page.locator("h1")).hasText("Bagnet Lab");
    assertThat(page.locator("main img").first()).hasJSProperty("naturalWidth", 1280);
    // Without a menu that unfolds it, navigation is not folded on a phone.
    page.setViewportSize(PHONE, 800);
    assertThat(page.locator("nav a[href='/docs']")).isVisible();
  }

  @Test
  void tablesAndFiguresAreCopied() throws Exception {
    Page page = tableOne();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    // As shown: two rows of the head, each cell's lines on one, no buttons.
    assertThat(copied(page, "copy-comparison-table-text"))
        .startsWith("\t\tMeasured here on small-scenes, 95 % intervals\t\t\t\n")
        .contains("\nNetwork\tReceptive field\tConfiguration\tValidation\tTest\tScrambled test\n")
        .containsPattern(
            "\nBagNet-9\t9 px\tfrom scratch; quick recipe, 64 px, width 0.125, 1 epoch; [^\t]*\t[0-9.]+ ")
        .doesNotContain("Measure it");
    String tex = copied(page, "copy-comparison-table-tex");
    assertThat(tex).contains("\\begin{tabular}{lllrrr}", "\\toprule", "BagNet-9");
    assertThat(text(page, "save-comparison-table-tex")).isEqualTo(tex);
    page.getByTestId("copy-comparison-test").click();
    assertThat(page.getByText("Copied the figure.")).isVisible();
    assertThat(
            page.evaluate(
                "async () => { const [item] = await navigator.clipboard.read();"
                    + " return (await createImageBitmap(await item.getType('image/png'))).width; }"))
        .isEqualTo(2 * 752);
  }

  private static String copied(Page page, String button) {
    page.getByTestId(button).click();
    assertThat(page.getByTestId(button).locator("xpath=..").locator("[role=status]"))
        .hasText(Pattern.compile("Copied .*\\."));
    return (String) page.evaluate("() => navigator.clipboard.readText()");
  }

  @Test
  void aPageThatMayNotCopyPicturesSaysSo() {
    Page page = DASHBOARD.newPage();
    page.addInitScript("delete Navigator.prototype.clipboard;");
    page.navigate(DASHBOARD.address() + "#/?dataset=small-scenes");
    page.getByTestId("copy-comparison-test").click();
    assertThat(page.getByText("Not copied: browsers copy pictures over HTTPS")).isVisible();
    page.getByTestId("copy-comparison-table-tex").click();
    assertThat(page.getByText("Copied a LaTeX table.")).isVisible();
  }

  @Test
  void aSavedFigureSaysWhereItIsFrom() throws Exception {
    Page page = tableOne();
    Download download =
        page.waitForDownload(() -> page.getByTestId("save-comparison-test-svg").click());
    try (InputStream content = download.createReadStream()) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
          .contains(
              "Measured on small-scenes: from scratch",
              "From " + DASHBOARD.address() + "#/?dataset=small-scenes<");
    }
  }

  @Test
  void aFigureIsSavedForAPaperInTheFormatThatWasChosenOnce() throws Exception {
    Page page = tableOne();
    page.getByTestId("figure-width").first().selectOption("column");
    page.navigate(DASHBOARD.address() + "#/receptive-fields?receptive-field-dataset=small-scenes");
    page.reload();
    Locator width = page.getByTestId("figure-width").first();
    assertThat(width).hasValue("column");
    assertThat(page.getByTestId("figure-text").first()).hasValue("8");
    String svg = text(page, "save-receptive-field-svg");
    // A paper has its own captions; where the figure is from is still in the file.
    assertThat(svg)
        .contains("width=\"84mm\"")
        .doesNotContain(">Measured on", ">From")
        .containsPattern("<desc>.*Measured on small-scenes.*From " + DASHBOARD.address());
    page.getByTestId("figure-caption").first().check();
    page.reload();
    assertThat(page.getByTestId("figure-caption").first()).isChecked();
    assertThat(text(page, "save-receptive-field-svg")).contains(">Measured on", ">From");
    // A page of 84 mm, with its text as text.
    String pdf = text(page, "save-receptive-field-pdf");
    assertThat(pdf)
        .startsWith("%PDF-1.4")
        .contains("/MediaBox [0 0 238.11 ", "/BaseFont /Helvetica");
    assertThat(pdf).doesNotContain("/Subtype /Image");
    width.selectOption("screen");
  }

  @Test
  void aTableIsSavedWithOneValueInACell() throws Exception {
    Page page = tableOne();
    String mean =
        page.locator("[data-architecture=bagnet9] [data-set=test] .mean").textContent().strip();
    List<String> lines = text(page, "save-comparison-table-csv").lines().toList();
    assertThat(lines.get(0))
        .endsWith(
            "Test (%),\"Test, low (%)\",\"Test, high (%)\",\"Test, seeds\",\"Test, interval over\","
                + "Scrambled test (%),\"Scrambled test, low (%)\",\"Scrambled test, high (%)\",\"Scrambled test, seeds\",\"Scrambled test, interval over\"");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("BagNet-9,"))
        .singleElement()
        .asString()
        .contains("," + mean + ",")
        .doesNotContain("this run only");
  }

  private static String text(Page page, String button) throws Exception {
    return new String(saved(page, button), StandardCharsets.ISO_8859_1);
  }

  private static byte[] saved(Page page, String button) throws Exception {
    Download download = page.waitForDownload(() -> page.getByTestId(button).click());
    try (InputStream content = download.createReadStream()) {
      return content.readAllBytes();
    }
  }

  /** What the command line writes to a directory, the dashboard saves as a zip file. */
  @Test
  void everythingIsExportedFromTheDashboard() throws Exception {
    Page page = tableOne();
    Path zip = files.resolve("results.zip");
    Files.write(zip, saved(page, "export-files"));
    assertThat(page.getByTestId("export-saved")).containsText("Saved results-small-scenes.zip: ");
    try (ZipFile read = new ZipFile(zip.toFile())) {
      assertThat(read.stream().map(ZipEntry::getName))
          .contains(
              "README.md",
              "comparison.csv",
              "claims.tex",
              "comparison-test.png",
              "comparison-test.pdf");
      try (InputStream svg = read.getInputStream(read.getEntry("comparison-test.svg"))) {
        assertThat(new String(svg.readAllBytes(), StandardCharsets.UTF_8)).contains("BagNet-9");
      }
    }
    Files.write(zip, saved(page, "export-site"));
    try (ZipFile read = new ZipFile(zip.toFile())) {
      assertThat(read.stream().map(ZipEntry::getName)).contains("index.html", "heatmaps.html");
    }
  }

  @Test
  void aNetworkIsWrittenForAModelHub() throws Exception {
    Path model = files.resolve("model");
    Application.Outcome outcome =
        DASHBOARD
            .application()
            .run("export", "1", "--model", model.toString(), "--server", DASHBOARD.address());
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(model.resolve("model.safetensors")).isNotEmptyFile();
    assertThat(model.resolve("model.onnx")).isNotEmptyFile();
    assertThat(Files.readString(model.resolve("README.md")))
        .contains("model-index:", "# BagNet-9 on small-scenes", "| test | 0.", "logit_map");
  }

  /** A browser reads all pages from a disk, and asks nobody else for anything. */
  @Test
  void aSiteOpensWithoutAServer() throws Exception {
    Path site = files.resolve("site");
    Application.Outcome outcome =
        DASHBOARD
            .application()
            .run(
                "results",
                "export",
                "--site",
                site.toString(),
                "--dataset",
                "small-scenes",
                "--server",
                DASHBOARD.address());
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(site.resolve("comparison.csv")).doesNotExist();
    Page page = DASHBOARD.newPage();
    List<String> requests = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    page.onRequest(request -> requests.add(request.url()));
    page.onRequestFailed(request -> failed.add(request.url()));
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(site.resolve("index.html").toUri().toString()));
    while (!next.isEmpty()) {
      String address = next.pop();
      if (seen.add(address)) {
        page.navigate(address);
        assertSelfContained(page, address);
        for (Object link :
            (List<?>) page.evaluate("() => [...document.links].map((link) => link.href)")) {
          next.add(link.toString().replaceFirst("#.*", ""));
        }
      }
    }
    assertThat(requests).allMatch(url -> url.startsWith("file:"));
    assertThat(failed).isEmpty();
    assertThat(seen.stream().map(address -> Path.of(URI.create(address))).toList())
        .containsExactlyInAnyOrderElementsOf(pagesOf(site));
    page.navigate(site.resolve("comparison.html").toUri().toString());
    assertThat(page.locator("figure.drawing svg")).hasCount(3);
    assertThat(page.locator("figure.drawing svg").first()).containsText("BagNet-9");
    assertThat(page.locator("#comparison figcaption")).containsText("Regime: from scratch.");
    assertThat(page.locator("#comparison tbody th").first()).isVisible();
    assertThat(page.locator(".published")).hasCount(0);
    page.navigate(site.resolve("heatmaps.html").toUri().toString());
    assertThat(page.locator(".pictures img").first()).isVisible();
  }

  private static void assertSelfContained(Page page, String address) {
    assertThat(page.locator("h1")).hasCount(1);
    assertThat(page.locator("script")).hasCount(0);
    assertThat(
            page.evaluate(
                "() => [...document.images].filter((image) => !image.naturalWidth || !image.alt)"
                    + ".length"))
        .as(address)
        .isEqualTo(0);
  }

  private static List<Path> pagesOf(Path site) throws IOException {
    try (var all = Files.list(site)) {
      return all.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  @Test
  void anExportNeedsADirectory() throws Exception {
    Application.Outcome outcome =
        DASHBOARD.application().run("results", "export", "--server", DASHBOARD.address());
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.errors()).contains("--to", "--site");
  }
}
