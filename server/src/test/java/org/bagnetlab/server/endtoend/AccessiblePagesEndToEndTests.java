package org.bagnetlab.server.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every page, in both themes and on a desk and a phone: a new page is among them by itself. */
@Timeout(600)
class AccessiblePagesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private static final int DESK = 1440;
  private static final int PHONE = 390;

  private static final String VIOLATIONS =
      """
      async () => (await axe.run(document, { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: true } } })).violations
        .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))
      """;

  /** Links of runs that a finger would miss, unless a whole row is theirs. */
  private static final String SMALL_LINKS =
      """
      () => [...document.querySelectorAll('main :is(a[href^="#/jobs/"], a[href^="#/runs/"]):not(.job-link)')]
        .map((link) => ({ link, box: link.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ link, box }) => `${link.textContent}: ${box.width} x ${box.height}`)
      """;

  private static String axe = "";

  @BeforeAll
  static void train() throws Exception {
    try (InputStream script =
        requireNonNull(AccessiblePagesEndToEndTests.class.getResourceAsStream("/axe.min.js"))) {
      axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
    Lab lab = DASHBOARD.lab();
    lab.post(
        "sweeps",
        """
        {"name": "demo", "base": {"dataset": "small-scenes", "architecture": "bagnet9", "imageSize": 64, "width": 0.03,
                                  "epochs": 1, "batchSize": 32, "heatmapStride": 8},
         "grid": {"seed": [1, 2]}}
        """);
    for (long run : new long[] {1, 2}) {
      lab.await(run, Duration.ofMinutes(5), job -> job.path("state").asText().equals("SUCCEEDED"));
    }
  }

  private static Stream<String> places() throws IOException {
    return Stream.concat(
        RegisteredPages.names().stream().map(RegisteredPages::place),
        Stream.of(
            "#/compare",
            "#/images",
            "#/datasets?name=small-scenes",
            "#/jobs/1/curves",
            "#/jobs/1/classes",
            "#/jobs/1/pictures",
            "#/jobs/1/analyses",
            "#/jobs/1/files",
            "#/jobs/1/log",
            "#/jobs/999",
            "#/sweeps/none",
            "#/nothing",
            "#/queue?form=train"));
  }

  /** A page as it is once its data are there. */
  private static Page opened(String place, int width) {
    // Of the job and the sweep that are not there.
    DASHBOARD.expectErrors("/999");
    DASHBOARD.expectErrors("/sweeps/none");
    Page page = DASHBOARD.newPage();
    page.setViewportSize(width, 900);
    // A colour on its way to another has neither's contrast.
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.navigate(DASHBOARD.address() + place);
    page.locator("main h1").first().waitFor();
    page.waitForFunction("() => !document.querySelector('main .loading[role=status]')");
    return page;
  }

  @Test
  void axeFindsNothing() throws IOException {
    List<String> found = new ArrayList<>();
    for (String place : places().toList()) {
      Page page = opened(place, DESK);
      // By evaluation, not as a script of the page, which its policy forbids.
      page.evaluate(axe);
      for (int width : new int[] {DESK, PHONE}) {
        page.setViewportSize(width, 900);
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
          // Charts take the colours and the width of the page when it is drawn anew.
          page.evaluate(
              "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
          for (Object each : (List<?>) page.evaluate(VIOLATIONS)) {
            found.add("%s, %s, %d px: %s".formatted(place, theme, width, each));
          }
        }
      }
      page.close();
    }
    assertThat(found).isEmpty();
  }

  @Test
  void axeFindsNothingInAnOpenListOfRuns() {
    Page page = opened("#/mistakes?run=1", PHONE);
    page.getByTestId("mistakes-run").click();
    page.getByRole(AriaRole.OPTION).first().waitFor();
    page.evaluate(axe);
    assertThat((List<?>) page.evaluate(VIOLATIONS)).isEmpty();
    assertThat(page.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(PHONE);
  }

  @Test
  void fingersHitTheLinksOfRunsAndThePageIsAsWideAsThePhone() throws Exception {
    List<String> found = new ArrayList<>();
    for (String place : places().toList()) {
      Page page = opened(place, PHONE);
      for (Object each : (List<?>) page.evaluate(SMALL_LINKS)) {
        found.add(place + ": " + each);
      }
      int width = (int) page.evaluate("() => document.documentElement.scrollWidth");
      if (width > PHONE) {
        found.add(place + " is " + width + " px wide");
      }
      page.close();
    }
    assertThat(found).isEmpty();
  }

  @Test
  void onAPhoneTheMenuIsFolded() {
    Page page = opened("#/queue", PHONE);
    assertThat(page.getByTestId("nav-claims").isVisible()).isFalse();
    page.getByTestId("menu").click();
    page.getByTestId("nav-claims").waitFor();
    assertThat(page.getByTestId("menu").getAttribute("aria-expanded")).isEqualTo("true");
    page.getByTestId("nav-claims").click();
    page.waitForURL("**/#/claims");
    page.waitForFunction(
        "() => document.querySelector('[data-testid=menu]').getAttribute('aria-expanded') ==="
            + " 'false'");
  }
}
