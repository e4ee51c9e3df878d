package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * From the confusion matrix to its images, and from an image to the predictions of several runs.
 */
@Timeout(120)
class MistakesEndToEndTests {

  @RegisterExtension
  static final ServedDashboard DASHBOARD =
      new ServedDashboard(
          data -> {
            StoredMistakes.add(data);
            return new Application(data);
          });

  private static String first = "";
  private static String second = "";
  private static String third = "";

  private Page page;

  @BeforeAll
  static void classes() throws Exception {
    var classes = DASHBOARD.lab().get("runs/1/predictions").path("classes");
    first = classes.path(0).asText();
    second = classes.path(1).asText();
    third = classes.path(2).asText();
  }

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
  }

  private void visit(String place) {
    page.navigate(DASHBOARD.address() + place);
  }

  private Locator images() {
    return page.getByTestId("gallery").locator("li");
  }

  private static String image(int label, int place) throws Exception {
    return StoredMistakes.image(DASHBOARD.data(), label, place);
  }

  @Test
  void aCellOfTheConfusionMatrixLeadsToItsImages() throws Exception {
    visit("#/jobs/%d/classes".formatted(StoredMistakes.FIRST));
    Locator cell =
        page.getByTestId("confusion-test")
            .locator("a[aria-label='4 images of %s predicted as %s']".formatted(first, second));
    assertThat(cell).hasText("4");
    // Only numbers above zero lead anywhere: the diagonal, and two others.
    assertThat(page.getByTestId("confusion-test").locator("a")).hasCount(15 + 2);
    // The tab key stops once; arrow keys go on from there, past cells that lead nowhere.
    Locator stop = page.getByTestId("confusion-test").locator("a[tabindex='0']");
    assertThat(stop).hasCount(1);
    stop.focus();
    page.keyboard().press("ArrowDown");
    assertThat(stop).isFocused();
    page.keyboard().press("ArrowRight");
    assertThat(cell).isFocused();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowRight");
    assertThat(stop)
        .hasAttribute("aria-label", "1 image of %s predicted as %s".formatted(second, third));
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowUp");
    assertThat(cell).isFocused();
    page.keyboard().press("Enter");
    assertThat(page)
        .hasURL(
            DASHBOARD.address()
                + "#/mistakes?run=1&class=%s&predicted=%s".formatted(first, second));
    assertThat(page.getByTestId("mistakes-summary"))
        .hasText(
            "4 test images of %s predicted as %s are wrong in run #1.".formatted(first, second));
    assertThat(images()).hasCount(4);
    // The later the surer: logits of 3 to 6 among 15 classes.
    assertThat(images().first()).hasAttribute("data-image", image(0, 3));
    assertThat(images().first()).containsText("96.6 %");
    assertThat(images().last()).hasAttribute("data-image", image(0, 0));
    assertThat(images().last()).containsText("58.9 %");
    assertThat((Boolean) images().first().locator("img").evaluate(LOADED)).isTrue();
    page.reload();
    assertThat(images()).hasCount(4);
    assertThat(page.getByTestId("mistakes-class")).hasValue(first);
  }

  /** With as many pixels as the network was given. */
  private static final String LOADED =
      """
      async (image) => {
        await image.decode();
        return image.naturalWidth === 64;
      }
      """;

  @Test
  void mistakesAreFilteredAndTheAddressSaysHow() {
    visit("#/mistakes?run=1");
    assertThat(page.getByTestId("nav-mistakes")).hasAttribute("aria-current", "page");
    assertThat(page.getByTestId("mistakes-summary"))
        .hasText("5 test images are wrong in run #1: 3.3 % of 150.");
    assertThat(page.getByTestId("to-patches"))
        .hasAttribute("href", "#/jobs/" + StoredMistakes.PATCHES);
    Locator confusions = page.getByTestId("confusions").locator("button");
    assertThat(confusions).hasCount(2);
    confusions.nth(1).click();
    assertThat(images()).hasCount(1);
    assertThat(page)
        .hasURL(
            Pattern.compile("#/mistakes\\?run=1&class=%s&predicted=%s".formatted(second, third)));
    assertThat(confusions.nth(1)).hasAttribute("aria-pressed", "true");
    page.getByTestId("mistakes-predicted").selectOption(second);
    // What a class taken for itself is, is right.
    assertThat(page.getByTestId("mistakes-show-right")).isChecked();
    assertThat(page.getByTestId("mistakes-summary"))
        .hasText("9 test images of %s are right in run #1.".formatted(second));
    ServedDashboard.choose(page.getByTestId("mistakes-show-wrong"));
    assertThat(page.getByTestId("no-mistakes")).containsText("5 images are wrong with any classes");
    page.getByTestId("mistakes-predicted").selectOption("");
    page.getByTestId("mistakes-class").selectOption("");
    ServedDashboard.choose(page.getByTestId("mistakes-set-scrambled"));
    assertThat(page.getByTestId("scrambled-note")).isVisible();
    assertThat(images()).hasCount(50);
    page.getByTestId("show-more").click();
    assertThat(images()).hasCount(100);
    assertThat(page).hasURL(Pattern.compile("run=1&set=scrambled&limit=100$"));
    ServedDashboard.choose(page.getByTestId("mistakes-set-validation"));
    assertThat(page.getByTestId("no-mistakes")).containsText("Nothing was measured");
  }

  @Test
  void imagesThatSeveralRunsGetWrong() throws Exception {
    visit("#/mistakes?run=1");
    ServedDashboard.pick(page.getByTestId("mistakes-other"), "#2");
    assertThat(page).hasURL(DASHBOARD.address() + "#/mistakes?runs=1%2C2");
    assertThat(page.getByTestId("mistakes-summary"))
        .hasText("2 test images are wrong in both #1 and #2: 1.3 % of 150.");
    assertThat(images()).hasCount(2);
    assertThat(images().first()).hasAttribute("data-image", image(0, 3));
    Download download =
        page.waitForDownload(() -> page.getByTestId("save-predictions-csv").click());
    assertThat(download.suggestedFilename()).isEqualTo("predictions-1-2.csv");
    try (InputStream content = download.createReadStream()) {
      List<String> lines =
          new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).endsWith(",predictedByRun2,probabilityOfRun2");
      assertThat(lines.get(1)).contains("," + image(0, 3) + ",test," + first + ",");
    }
    assertThat(images().first()).containsText("#2");
    assertThat(images().first()).containsText(third);

    // Both are shown for an image, which knows the way back and on.
    images().first().locator("a").click();
    String named =
        "dataset=%s&image=%s&runs=1%%2C2"
            .formatted(Controlled15.NAME, URLEncoder.encode(image(0, 3), StandardCharsets.UTF_8));
    assertThat(page).hasURL(DASHBOARD.address() + "#/images?" + named);
    assertThat(page.getByTestId("to-heatmaps"))
        .hasAttribute(
            "href",
            "#/heatmaps?runs=1%%2C2&dataset=%s&image=%s"
                .formatted(
                    Controlled15.NAME, URLEncoder.encode(image(0, 3), StandardCharsets.UTF_8)));
    assertThat(page.getByTestId("nav-mistakes")).hasAttribute("aria-current", "page");
    Locator test = page.locator("[data-run='2'] [data-set=test]");
    assertThat(test.locator("h4")).containsText(third);
    assertThat(test.locator("li").first()).containsText("96.6 %");
    // The five most probable classes, among them its own.
    assertThat(test.locator("li")).hasCount(5);
    assertThat(test.locator(".probable-true")).containsText(first);
    assertThat(page.locator("[data-run='1'] [data-set]")).hasCount(2);
    page.getByLabel("Leave out run 1").click();
    assertThat(page.locator("[data-run]")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("runs=2$"));
    ServedDashboard.pick(page.getByTestId("image-run"), "#1");
    assertThat(page).hasURL(Pattern.compile("runs=2%2C1$"));
    assertThat(page.locator("[data-run]")).hasCount(2);
    page.getByTestId("to-mistakes").click();
    assertThat(images()).hasCount(2);
    page.getByTestId("chosen-runs").getByLabel("Leave out run 1").click();
    assertThat(page).hasURL(Pattern.compile("#/mistakes\\?class=%s&run=2$".formatted(first)));
  }

  @Test
  void whatAnImageIsUnknownForIsSaid() throws Exception {
    String unmeasured = image(0, 0).replace("test/", "train/");
    DASHBOARD.expectErrors("/runs/%d/predictions".formatted(StoredMistakes.PATCHES));
    visit(
        "#/images?dataset=%s&image=%s&runs=1,%d"
            .formatted(Controlled15.NAME, unmeasured, StoredMistakes.PATCHES));
    assertThat(page.locator("[data-run='1']").getByTestId("not-seen"))
        .containsText("No prediction: the image is not among");
    assertThat(
            page.locator("[data-run='%d']".formatted(StoredMistakes.PATCHES))
                .getByTestId("not-seen"))
        .containsText("stored no predictions");
    visit("#/images?dataset=none&image=a.png");
    assertThat(page.getByTestId("no-image")).hasText("There is no data set none.");
    assertThat(page.getByTestId("empty")).containsText("No training on none has ended yet.");
    visit("#/images");
    assertThat(page.getByTestId("empty")).containsText("The address names no image");
  }

  @Test
  void onlyAnImageThatTheDataSetLacksIsCalledMissing() throws Exception {
    DASHBOARD.expectErrors("/image?path=no-image");
    visit("#/images?dataset=%s&image=no-image".formatted(Controlled15.NAME));
    assertThat(page.getByTestId("no-image"))
        .hasText("The data set %s has no such image.".formatted(Controlled15.NAME));
    DASHBOARD.expectErrors("ERR_FAILED");
    page.route("**/image?path=**", Route::abort);
    visit("#/images?dataset=%s&image=%s".formatted(Controlled15.NAME, image(0, 0)));
    assertThat(page.getByTestId("no-image")).containsText("The image could not be loaded.");
    page.unroute("**/image?path=**");
    page.getByTestId("no-image").locator("button").click();
    assertThat((Integer) page.getByTestId("image").evaluate(WIDTH)).isEqualTo(256);
  }

  private static final String WIDTH =
      """
      async (image) => {
        await image.decode();
        return image.naturalWidth;
      }
      """;

  @Test
  void theCommandLineListsTheSameMistakes() throws Exception {
    Application.Outcome outcome =
        DASHBOARD
            .application()
            .run(
                "predictions",
                "1",
                "--wrong",
                "--also-wrong-in",
                "2",
                "--server",
                DASHBOARD.address());
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(outcome.output())
        .isEqualTo(
            """
            Run 1 on controlled-15: 2 of 150 images wrong in all of these runs, \
            the most probable on average over the runs first.
              0.966  %s  %s, predicted as %s
              0.914  %s  %s, predicted as %s
            """
                .formatted(image(0, 3), first, second, image(0, 2), first, second));
  }

  @Test
  void narrowPagesDoNotScrollSideways() {
    DASHBOARD.expectErrors("/image?path=no-image");
    page.setViewportSize(390, 844);
    for (String place :
        List.of("#/mistakes?runs=1,2", "#/images?dataset=controlled-15&image=no-image&runs=1,2")) {
      visit(place);
      page.locator("[data-testid=gallery], [data-testid=not-seen]").first().waitFor();
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .as(place)
          .isLessThanOrEqualTo(390);
    }
  }
}
