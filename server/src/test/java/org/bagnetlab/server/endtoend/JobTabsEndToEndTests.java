package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tabs of the page of a job: what is in each, and its address. */
@Timeout(300)
class JobTabsEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  /** What each tab of a training shows. */
  private static final Map<String, String> SHOWN =
      Map.of(
          "curves", "learning",
          "classes", "recalls-test",
          "pictures", "training-images",
          "analyses", "statistic-calibration",
          "files", "files",
          "log", "log");

  private static final int PHONE = 390;

  @BeforeAll
  static void trainThreeSeeds() throws Exception {
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "seeds", "base": {"dataset": "small-scenes", "architecture": "bagnet9", "imageSize": 64, "width": 0.03,
                                   "epochs": 2, "batchSize": 32, "heatmapStride": 8},
         "grid": {"seed": [1, 2, 3]}}
        """);
    for (long run : new long[] {1, 2, 3}) {
      lab.await(run, Duration.ofMinutes(5), job -> job.path("state").asText().equals("SUCCEEDED"));
    }
  }

  private static void assertTab(Page page, String tab) {
    assertThat(page.locator(".tabs a[aria-current=page]"))
        .hasAttribute("data-testid", "tab-" + tab);
  }

  @Test
  void eachTabHasAnAddress() {
    for (Map.Entry<String, String> tab : SHOWN.entrySet()) {
      Page page = DASHBOARD.open("#/jobs/1/" + tab.getKey());
      assertThat(page.getByTestId(tab.getValue())).isVisible();
      assertTab(page, tab.getKey());
      page.close();
    }
  }

  @Test
  void tabsAreLeftAndReturnedToWithoutLoadingThePageAgain() {
    Page page = DASHBOARD.open("#/runs/1");
    assertTab(page, "settings");
    Locator title = page.locator("h1");
    title.evaluate("title => { title.dataset.same = 'true'; }");
    page.getByTestId("tab-classes").click();
    assertThat(page).hasURL(DASHBOARD.address() + "#/runs/1/classes");
    assertThat(page).hasTitle(Pattern.compile("Run #1, Classes"));
    assertThat(page.getByTestId("recalls-test")).isVisible();
    assertThat(page.getByTestId("facts")).hasCount(0);
    page.getByTestId("tab-log").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByTestId("log")).isVisible();
    assertThat(page.getByTestId("tab-log")).isFocused();
    page.goBack();
    assertThat(page.getByTestId("recalls-test")).isVisible();
    page.goBack();
    assertTab(page, "settings");
    assertThat(page.getByTestId("facts")).isVisible();
    page.goForward();
    assertTab(page, "classes");
    assertThat(title).hasAttribute("data-same", "true");
    page.reload();
    assertThat(page.getByTestId("recalls-test")).isVisible();
  }

  @Test
  void anOldAddressOfASectionOpensItsTab() {
    Page page = DASHBOARD.open("#/jobs/1?section=classes");
    assertThat(page.getByTestId("recalls-test")).isVisible();
  }

  /** What the reader came for is at the top, without what nobody chose. */
  @Test
  void settingsAreReadAtAGlance() {
    Page page = DASHBOARD.open("#/jobs/2");
    Locator facts = page.getByTestId("facts");
    assertThat(facts.locator("[data-fact=epochs]")).hasText("2");
    assertThat(facts.locator("[data-fact=recipe]")).containsText("default");
    assertThat(facts.locator("[data-fact=mixup]")).isHidden();
    page.getByTestId("settings-others").click();
    assertThat(facts.locator("[data-fact=mixup]")).isVisible();
    assertThat(page.getByTestId("network").locator("[data-fact=receptiveField]")).hasText("9 px");
  }

  @Test
  void recallsHaveIntervals() {
    Page page = DASHBOARD.open("#/jobs/1/classes");
    assertThat(page.getByTestId("recalls-test").locator("tbody tr").first().locator(".range"))
        .hasText(Pattern.compile("\\d+\\.\\d–\\d+\\.\\d"));
  }

  @Test
  void curvesStandBeforeTheRangeOfTheOtherSeeds() {
    Page page = DASHBOARD.open("#/jobs/1/curves");
    assertThat(page.getByTestId("learning").locator(".legend"))
        .containsText("range of 2 other seeds");
    assertThat(page.getByTestId("seed-band")).containsText("(seed 2: #2, seed 3: #3)");
    assertThat(page.getByTestId("learning-curve-accuracy"))
        .hasAttribute("aria-label", Pattern.compile(".*Validation of 2 other seeds .* to .*"));
  }

  @Test
  void onAPhoneEveryTabIsInViewAndNoneIsLong() {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> tab : SHOWN.entrySet()) {
      Page page = DASHBOARD.newPage();
      page.setViewportSize(PHONE, 844);
      page.navigate(DASHBOARD.address() + "#/jobs/1/" + tab.getKey());
      assertThat(page.getByTestId(tab.getValue())).isVisible();
      for (Locator link : page.locator(".tabs a").all()) {
        assertThat(link).isInViewport();
      }
      int height = (int) page.evaluate("() => document.documentElement.scrollHeight");
      if (height > 6000) {
        found.add("%s is %d px high".formatted(tab.getKey(), height));
      }
      page.close();
    }
    assertThat(found).isEmpty();
  }
}
