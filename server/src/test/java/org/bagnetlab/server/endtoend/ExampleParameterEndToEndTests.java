package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A parameter of trainings that is declared in one class is asked for, swept, listed, compared,
 * captioned and exported as those of the product are.
 */
@Timeout(300)
class ExampleParameterEndToEndTests {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> ENDED = List.of("SUCCEEDED", "FAILED", "CANCELLED");

  @RegisterExtension
  static final ServedDashboard DASHBOARD =
      new ServedDashboard(
          data -> Application.from(ExtendedApplication.WITH_PARAMETER.directory(), data));

  private static Lab lab;

  /** A training without it, and one that differs in it alone. */
  @BeforeAll
  static void train() throws Exception {
    lab = Lab.ofItsOwnContract(DASHBOARD.address());
    lab.post(
        "sweeps",
        """
        {"name": "noise", "grid": {"labelNoise": [0, 0.25]},
         "base": {"dataset": "small-scenes", "architecture": "bagnet9", "imageSize": 64,
                  "width": 0.03, "epochs": 1, "heatmapStride": 8}}
        """);
    for (JsonNode job : jobs()) {
      JsonNode ended =
          lab.await(
              job.path("id").asLong(),
              PATIENCE,
              each -> ENDED.contains(each.path("state").asText()));
      assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
    }
  }

  private static List<JsonNode> jobs() throws Exception {
    return list(lab.get("jobs?kind=train").path("jobs"));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** The values in a column of a view. */
  private static List<String> column(String view, String name) throws Exception {
    List<String> lines = lab.text("export/" + view + ".csv", "text/csv").lines().toList();
    int place = List.of(lines.get(0).split(",", -1)).indexOf(name);
    assertThat(place).as(lines.get(0)).isNotNegative();
    return lines.stream().skip(1).map(line -> line.split(",", -1)[place]).toList();
  }

  @Test
  void theContractAndTheDescriptionHaveIt() throws Exception {
    JsonNode contract = new YAMLMapper().readTree(lab.text("openapi.yaml", "*/*"));
    for (String schema : List.of("TrainRequest", "TrainSpec", "TrainingSettings")) {
      assertThat(contract.at("/components/schemas/" + schema + "/properties/labelNoise/type"))
          .as(schema)
          .hasToString("\"number\"");
    }
    JsonNode described =
        list(lab.get("experiments").path("experiments")).stream()
            .filter(each -> each.path("name").asText().equals("train"))
            .findFirst()
            .orElseThrow()
            .at("/parameters/properties/labelNoise");
    assertThat(described.path("group").asText()).isEqualTo("Data");
    assertThat(described.path("role").asText()).isEqualTo("identity");
  }

  @Test
  void itIsAnOptionOfTheCommandLine() throws Exception {
    Application application = DASHBOARD.application();
    assertThat(application.run("submit", "train", "--help").output().replaceAll("\\s+", " "))
        .contains("--label-noise=LABEL-NOISE", "Share of the training images that get a random");
    Application.Outcome refused =
        application.run(
            "submit",
            "train",
            "--arch",
            "bagnet9",
            "--dataset",
            "small-scenes",
            "--label-noise",
            "2",
            "--server",
            DASHBOARD.address());
    assertThat(refused.status()).isNotZero();
    assertThat(refused.errors().strip())
        .isEqualTo("bagnetlab: --label-noise must be from 0 to 1, but is 2.0.");
  }

  @Test
  void titlesSayItWhereItIsUnusual() throws Exception {
    assertThat(jobs())
        .extracting(job -> job.path("title").asText())
        .containsExactlyInAnyOrder(
            "BagNet-9 on small-scenes, 64 px, width 0.03, 1 epoch, seed 1",
            "BagNet-9 on small-scenes, 64 px, width 0.03, 1 epoch, label noise 0.25, seed 1");
  }

  @Test
  void aTrainingThatDoesNotNameItIsTheOneWithItsDefault() throws Exception {
    JsonNode again =
        lab.post(
            "sweeps",
            """
            {"name": "again", "grid": {"seed": [1]},
             "base": {"dataset": "small-scenes", "architecture": "bagnet9", "imageSize": 64,
                      "width": 0.03, "epochs": 1, "heatmapStride": 8}}
            """);
    assertThat(again.path("reused")).hasSize(1);
  }

  @Test
  void itIsAColumnOfEveryTableAndRunsThatDifferInItAreNotAveraged() throws Exception {
    assertThat(column("comparison", "labelNoise")).contains("0.0", "0.25");
    assertThat(column("runs", "labelNoise")).containsExactlyInAnyOrder("0", "0.25");
    List<JsonNode> rows =
        list(lab.get("comparison?dataset=small-scenes").path("rows")).stream()
            .filter(row -> !row.path("runs").isEmpty())
            .toList();
    assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.path("runs")).hasSize(1));
    assertThat(rows)
        .extracting(row -> row.at("/settings/labelNoise").asDouble(-1))
        .containsExactly(0., .25);
    assertThat(lab.text("results", "text/csv").lines().findFirst().orElseThrow())
        .contains(",labelNoise");
  }

  @Test
  void accuracyIsAFunctionOfIt() throws Exception {
    JsonNode view = lab.get("accuracy-over/labelNoise");
    assertThat(view.at("/axis/label").asText()).isEqualTo("Label noise");
    assertThat(list(view.at("/curves/0/points")))
        .extracting(point -> point.path("at").asDouble())
        .containsExactly(0., .25);
  }

  /** The dashboard has no code for it. */
  @Test
  void theDashboardHasItInFormTableAndChart() {
    Page page = DASHBOARD.open("#/queue?form=train");
    page.locator("details.group:has([data-testid=field-labelNoise]) > summary").click();
    page.getByTestId("field-labelNoise").fill("2");
    assertThat(page.getByTestId("error-labelNoise"))
        .hasText("Label noise must be from 0 to 1, but is 2.");
    page.navigate(DASHBOARD.address() + "#/?dataset=small-scenes&setting=all");
    assertThat(page.getByTestId("comparison-table")).containsText("label noise 0.25");
    page.navigate(DASHBOARD.address() + "#/over");
    assertThat(page.getByTestId("parameter")).hasValue("labelNoise");
    Locator rows = page.getByTestId("accuracy-over-labelNoise-table").locator("tbody tr");
    assertThat(rows).hasCount(2);
    page.navigate(DASHBOARD.address() + "#/runs");
    assertThat(
            page.getByRole(
                AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Label noise")))
        .isVisible();
  }
}
