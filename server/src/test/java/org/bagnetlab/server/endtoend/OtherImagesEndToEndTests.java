package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.directory.FileTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any trained network on any data set with its classes, of which there may be any number. */
@Timeout(600)
class OtherImagesEndToEndTests {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> ENDED = List.of("SUCCEEDED", "FAILED", "CANCELLED");

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private static Lab lab;
  private static long run;

  @BeforeAll
  static void prepare() throws Exception {
    lab = DASHBOARD.lab();
    importScenes("hidden-scenes", SmallScenes.CLASSES, 0, 6);
    importScenes("other-scenes", List.of("Dark", "Grey", "Light", "Blinding"), 2, 2);
    run = train(SmallScenes.NAME);
    succeeded(run);
    JsonNode checkpoint =
        StreamSupport.stream(lab.get("runs/" + run).path("artifacts").spliterator(), false)
            .filter(file -> file.path("kind").asText().equals("checkpoint"))
            .findFirst()
            .orElseThrow();
    Path file = Files.createTempFile("weights", ".safetensors");
    try (var content =
        URI.create(DASHBOARD.address() + checkpoint.path("url").asText().substring(1))
            .toURL()
            .openStream()) {
      Files.write(file, content.readAllBytes());
    }
    said("weights", "import", "scenes", file.toString(), "--source", "a run");
    Files.delete(file);
  }

  private static void importScenes(String name, List<String> classes, int train, int test)
      throws Exception {
    Path source = Files.createTempDirectory("scenes");
    SmallScenes.write(source, classes, train, test);
    said("dataset", "import", name, source.toString());
    FileTree.delete(source);
  }

  private static String said(String... arguments) throws Exception {
    Application.Outcome outcome = DASHBOARD.application().run(arguments);
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return outcome.output();
  }

  private static Application.Outcome submit(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("submit"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", DASHBOARD.address(), "--json"));
    return DASHBOARD.application().run(all.toArray(String[]::new));
  }

  private static long submitted(String... arguments) throws Exception {
    Application.Outcome outcome = submit(arguments);
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return Json.MAPPER.readTree(outcome.output()).path("id").asLong();
  }

  private static String refusal(String... arguments) throws Exception {
    Application.Outcome outcome = submit(arguments);
    assertThat(outcome.status()).isEqualTo(2);
    return outcome.errors().strip();
  }

  private static long train(String dataset) throws Exception {
    return submitted(
        "train",
        "--arch",
        "bagnet9",
        "--dataset",
        dataset,
        "--size",
        "64",
        "--width",
        "0.03",
        "--epochs",
        "1",
        "--stride",
        "8");
  }

  private static JsonNode succeeded(long id) throws Exception {
    JsonNode ended = lab.await(id, PATIENCE, job -> ENDED.contains(job.path("state").asText()));
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
    return ended;
  }

  private static JsonNode table1() throws Exception {
    return StreamSupport.stream(
            lab.get("comparison?dataset=" + SmallScenes.NAME).path("rows").spliterator(), false)
        .filter(row -> row.path("architecture").asText().equals("bagnet9"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode ofJob(JsonNode rows, long job) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(row -> row.path("job").asLong() == job)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRunIsMeasuredOnAnotherDataSetAndTable1DoesNotKnow() throws Exception {
    JsonNode before = table1();
    JsonNode results = lab.get("runs/" + run).path("results");
    long job = submitted("evaluate", "--run", Long.toString(run), "--dataset", "hidden-scenes");
    assertThat(succeeded(job).path("title").asText())
        .isEqualTo("Evaluation of run %d on hidden-scenes, scrambled with seed 1".formatted(run));
    long some =
        submitted("evaluate", "--run", Long.toString(run), "--images", "all", "--subset", "3");
    succeeded(some);
    assertThat(table1()).isEqualTo(before);
    assertThat(lab.get("runs/" + run).path("results")).isEqualTo(results);
    JsonNode other = lab.get("runs/" + run).path("otherImages");
    assertThat(ofJob(other, job).path("dataset").asText()).isEqualTo("hidden-scenes");
    assertThat(ofJob(other, job).path("images").asText()).isEqualTo("all");
    assertThat(ofJob(other, job).at("/test/images").asInt()).isEqualTo(24);
    assertThat(ofJob(other, job).at("/test/interval").asText()).isEqualTo("wilson");
    assertThat(ofJob(other, job).has("scrambled")).isTrue();
    assertThat(ofJob(other, some).path("dataset").asText()).isEqualTo(SmallScenes.NAME);
    assertThat(ofJob(other, some).path("subset").asInt()).isEqualTo(3);
    assertThat(ofJob(other, some).at("/test/images").asInt()).isEqualTo(12);
    // Nor is the view of scramblings changed: the run's own is the only one.
    assertThat(lab.get("scrambling").at("/rows/0/scramblings/n").asInt()).isLessThan(2);

    JsonNode comparison = lab.get("comparison?dataset=hidden-scenes");
    assertThat(Json.MAPPER.convertValue(comparison.path("datasets"), String[].class))
        .contains("hidden-scenes");
    JsonNode row = ofJob(comparison.path("otherNetworks"), job);
    assertThat(row.at("/configuration/settings/dataset").asText()).isEqualTo(SmallScenes.NAME);
    assertThat(row.path("run").asLong()).isEqualTo(run);
    assertThat(lab.get("comparison?dataset=" + SmallScenes.NAME).path("otherNetworks"))
        .noneMatch(each -> each.path("run").asLong() == run);

    Page page = DASHBOARD.open("#/jobs/%d/analyses".formatted(run));
    Locator line = page.getByTestId("other-images").locator("tr[data-job='%d']".formatted(job));
    assertThat(line).containsText("hidden-scenes");
    assertThat(line).containsText("all images");
    page.navigate(DASHBOARD.address() + "#/?dataset=hidden-scenes");
    assertThat(page.getByTestId("other-images")).containsText("trained on " + SmallScenes.NAME);
  }

  /** Its file is a run's, so that its outputs have names and its results are the run's. */
  @Test
  void importedWeightsAreTheNetworkThemselves() throws Exception {
    long job =
        submitted(
            "evaluate",
            "--weights",
            "scenes",
            "--dataset",
            SmallScenes.NAME,
            "--size",
            "64",
            "--images",
            "all");
    assertThat(succeeded(job).has("waitsFor")).isFalse();
    long same =
        submitted("evaluate", "--run", Long.toString(run), "--images", "all", "--subset", "100");
    succeeded(same);
    JsonNode own = lab.get("runs/" + job);
    assertThat(own.path("otherImages").get(0).at("/test/mean"))
        .isEqualTo(ofJob(lab.get("runs/" + run).path("otherImages"), same).at("/test/mean"));
    assertThat(own.path("regime").asText()).isEqualTo("trained here on " + SmallScenes.NAME);
    JsonNode row =
        ofJob(lab.get("comparison?dataset=" + SmallScenes.NAME).path("otherNetworks"), job);
    assertThat(row.at("/configuration/imported").asText()).isEqualTo("scenes");
    assertThat(row.has("run")).isFalse();
    assertThat(lab.text("results?experiment=evaluate", "text/csv").lines())
        .anyMatch(
            line ->
                line.contains(",%d,,bagnet9,".formatted(job))
                    && line.contains(",scenes,,,,,,64,0.03,,"));

    long heatmap =
        submitted(
            "heatmap",
            "--weights",
            "scenes",
            "--dataset",
            "hidden-scenes",
            "--size",
            "64",
            "--stride",
            "8");
    succeeded(heatmap);
    Page page = DASHBOARD.open("#/jobs/" + heatmap);
    assertThat(page.getByTestId("facts")).containsText("scenes");
    page.navigate(DASHBOARD.address() + "#/jobs/" + job);
    assertThat(page.getByTestId("other-images")).containsText(SmallScenes.NAME);
    page.getByTestId("tab-classes").click();
    assertThat(page.getByTestId("classes")).isVisible();
  }

  /** Other images are in no view of the run's own: curves, fields. */
  @Test
  void scramblingEvidenceAndEffectiveFieldsTakeOtherImagesAndWeights() throws Exception {
    String number = Long.toString(run);
    String[] onHidden = {"--dataset", "hidden-scenes"};
    JsonNode fields = lab.get("receptive-fields").path("effective");
    JsonNode curves = lab.get("scrambling").path("curves");
    long scrambled = submitted(joined(onHidden, "scramble", "--run", number, "--grids", "2, 8"));
    long imported = submitted(joined(onHidden, "scramble", "--weights", "scenes", "--size", "64"));
    long evidence = submitted(joined(onHidden, "evidence", "--run", number));
    long field = submitted(joined(onHidden, "effective-field", "--run", number));
    for (long job : List.of(scrambled, imported, evidence, field)) {
      succeeded(job);
    }
    assertThat(lab.get("scrambling").path("curves")).isEqualTo(curves);
    assertThat(lab.get("receptive-fields").path("effective")).isEqualTo(fields);

    JsonNode row = ofJob(lab.get("runs/" + run).path("otherImages"), scrambled);
    assertThat(row.at("/test/images").asInt()).isEqualTo(24);
    assertThat(row.path("byGrid")).hasSize(2);
    assertThat(row.at("/byGrid/1/grid").asInt()).isEqualTo(8);
    // Of the same file: the grids that divide 64 pixels.
    JsonNode own = lab.get("runs/" + imported).path("otherImages").get(0);
    assertThat(own.path("byGrid")).hasSize(3);
    assertThat(own.path("test")).isEqualTo(row.path("test"));
    assertThat(refusal(joined(onHidden, "scramble", "--weights", "scenes", "--grids", "3")))
        .endsWith("A grid of 3 × 3 tiles does not divide the 224 pixels of the images.");

    Page page = DASHBOARD.open("#/jobs/%d/analyses".formatted(run));
    Locator line =
        page.getByTestId("other-images").locator("tr[data-job='%d']".formatted(scrambled));
    assertThat(line.locator("[data-grid='8']")).containsText("8 × 8");
    page.navigate(DASHBOARD.address() + "#/scrambling?dataset=hidden-scenes");
    assertThat(page.getByTestId("other-images")).containsText("trained on " + SmallScenes.NAME);
    assertThat(page.getByTestId("other-images")).containsText("8 × 8");
    page.navigate(DASHBOARD.address() + "#/jobs/" + evidence);
    assertThat(page.getByTestId("matrix-other-evidence-by-height")).isVisible();
  }

  private static String[] joined(String[] last, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
  }

  @Test
  void whatDoesNotFitIsRefusedInALine() throws Exception {
    String number = Long.toString(run);
    assertThat(refusal("evaluate", "--run", number, "--dataset", "other-scenes"))
        .isEqualTo(
            "bagnetlab: Data set other-scenes has other classes than small-scenes: it has no class 'Bright'.");
    assertThat(refusal("evaluate", "--run", number, "--dataset", "controlled-15"))
        .contains("it has no class 'Bright'.");
    assertThat(
            refusal("evaluate", "--run", number, "--dataset", "hidden-scenes", "--images", "test"))
        .contains("set images to unused or all.");
    assertThat(refusal("evaluate"))
        .contains("run is missing: give the number of a train job, or weights");
    assertThat(refusal("evaluate", "--run", number, "--weights", "scenes"))
        .contains("run and weights are both given: choose one network.");
    assertThat(refusal("evaluate", "--weights", "scenes")).contains("dataset is missing.");
    assertThat(refusal("evaluate", "--weights", "scenes", "--dataset", "controlled-15"))
        .contains(
            "The weights 'scenes' have 4 outputs, but data set controlled-15 has 15 classes.");
    assertThat(refusal("evaluate", "--run", number, "--size", "64"))
        .contains("--size is set by the run: give it with imported weights only.");
    assertThat(refusal("train", "--arch", "bagnet9", "--dataset", "hidden-scenes"))
        .isEqualTo(
            "bagnetlab: Data set hidden-scenes has only test images, to measure trained networks on, for example with evaluate: choose another one for a training.");
  }

  @Test
  void theFormOffersARunOrWeights() throws Exception {
    Page page = DASHBOARD.open("#/queue?form=evaluate");
    page.getByTestId("field-weights").selectOption("scenes");
    assertThat(page.getByTestId("field-run")).hasCount(0);
    page.getByTestId("field-imageSize").fill("64");
    page.getByTestId("field-dataset").selectOption("hidden-scenes");
    page.getByTestId("submit").click();
    Locator queued = page.getByTestId("submitted").getByRole(AriaRole.LINK);
    succeeded(Long.parseLong(queued.getAttribute("data-job-id")));

    page.navigate(DASHBOARD.address() + "#/jobs/%d/analyses".formatted(run));
    Locator form = page.getByTestId("run-form");
    assertThat(form.getByTestId("field-weights")).hasCount(0);
    form.getByTestId("field-dataset").selectOption("hidden-scenes");
    Locator submit = form.getByTestId("submit");
    String here = page.url();
    submit.click();
    // If another test measured the same, the form says so first.
    page.waitForCondition(() -> !page.url().equals(here) || submit.textContent().contains("again"));
    if (page.url().equals(here)) {
      submit.click();
    }
    assertThat(page).hasURL(Pattern.compile("#/jobs/(?!%d$)\\d+$".formatted(run)));
  }

  @Test
  void testImagesAloneAreNotOfferedToLearn() {
    for (String place : List.of("#/queue?form=train", "#/sweeps?new=scratch")) {
      Page page = DASHBOARD.open(place);
      Locator choice = page.getByTestId("field-dataset");
      for (String unsuitable : List.of("hidden-scenes", "controlled-15-cue-conflict")) {
        Locator option = choice.locator("option[value=%s]".formatted(unsuitable));
        assertThat(option).isDisabled();
        assertThat(option).containsText(": only test images");
      }
      assertThat(choice.locator("option[value=%s]".formatted(SmallScenes.NAME))).isEnabled();
    }
    Page page = DASHBOARD.open("#/queue?form=evaluate");
    assertThat(page.getByTestId("field-dataset").locator("option[value=hidden-scenes]"))
        .isEnabled();
  }

  /** What is the report's alone does not show. */
  @Test
  void dataSetsMayHaveAnyNumberOfClasses() throws Exception {
    for (int classes : new int[] {2, 3, 40}) {
      String name = "scenes-" + classes;
      importScenes(
          name, IntStream.range(0, classes).mapToObj("Scene %02d"::formatted).toList(), 5, 2);
      long trained = train(name);
      succeeded(trained);
      long evaluated =
          submitted("evaluate", "--run", Long.toString(trained), "--scramble-seed", "2");
      succeeded(evaluated);
      long explained =
          submitted(
              "heatmap",
              "--run",
              Long.toString(trained),
              "--label",
              "Scene %02d".formatted(classes - 1),
              "--stride",
              "8");
      succeeded(explained);
      JsonNode statistic = lab.get("runs/%d/statistics/classes".formatted(trained));
      assertThat(statistic.path("matrices").get(0).path("values")).hasSize(classes);
      assertThat(statistic.has("published")).isFalse();
      assertThat(lab.get("runs/" + trained).has("publishedHistory")).isFalse();

      Page page = DASHBOARD.open("#/jobs/%d/classes".formatted(trained));
      assertThat(page.getByTestId("confusion-test").locator("tbody tr")).hasCount(classes);
      assertThat(page.getByTestId("recalls-test").locator("tbody tr")).hasCount(classes);
      page.setViewportSize(1280, 900);
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .as("the page does not scroll sideways")
          .isLessThanOrEqualTo(1280);
      for (String place : List.of("#/?dataset=" + name, "#/receptive-fields", "#/scrambling")) {
        page.navigate(DASHBOARD.address() + place);
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
      }
    }
  }
}
