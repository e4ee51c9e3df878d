package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bagnetlab.vision.architecture.Family;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests in JavaScript cannot: leave a page, answer for the server, compare with Java. */
@Timeout(120)
class DashboardPagesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
  }

  private void answer(String address, String json) {
    page.route(
        address,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(json)));
  }

  @Test
  void networksAreListedByWhatTheyAreComparedWith() {
    page.navigate(DASHBOARD.address() + "#/receptive-fields");
    Locator figure = page.getByTestId("figure-one");
    assertThat(figure).hasAttribute("data-architecture", "bagnet9");
    assertThat(page.locator("input[name=figure]")).hasCount(7);
    Locator others = page.getByTestId("figure-others");
    others.selectOption("bagnet33_padded");
    assertThat(figure).hasAttribute("data-architecture", "bagnet33_padded");
    assertThat(figure).containsText("33 px");
    assertThat(page.locator("input[name=figure]:checked")).hasCount(0);
    ServedDashboard.choose(page.getByTestId("figure-bagnet17"));
    assertThat(figure).hasAttribute("data-architecture", "bagnet17");
    assertThat(others).hasValue("");

    page.navigate(DASHBOARD.address() + "#/queue");
    Locator groups = page.getByTestId("field-architecture").locator("optgroup");
    assertThat(groups).hasCount(Family.values().length);
    assertThat(groups.first()).hasAttribute("label", "The report's networks");
  }

  @Test
  void aPageThatIsOpenedAgainIsScrolledToWhereItWas() {
    page.setViewportSize(1000, 500);
    page.navigate(DASHBOARD.address() + "#/receptive-fields");
    assertThat(page.getByTestId("figure-one")).isVisible();
    page.evaluate("() => scrollTo(0, 400)");
    page.waitForFunction("() => history.state?.scroll === 400");
    page.getByTestId("nav-claims").dispatchEvent("click");
    page.waitForFunction("() => location.hash === '#/claims' && scrollY === 0");
    page.goBack();
    page.waitForFunction("() => scrollY === 400");
    page.reload();
    page.waitForFunction("() => scrollY === 400");
  }

  @Test
  void aPageThatIsLeftWhileItScrollsIsScrolledToWhereItWas() {
    page.setViewportSize(1000, 500);
    page.navigate(DASHBOARD.address() + "#/receptive-fields");
    assertThat(page.getByTestId("figure-one")).isVisible();
    page.evaluate(
        "() => { scrollTo(0, 300); document.querySelector('[data-testid=nav-claims]').click(); }");
    page.waitForFunction("() => location.hash === '#/claims' && scrollY === 0");
    page.goBack();
    page.waitForFunction("() => scrollY === 300");
  }

  @Test
  void aServerThatHasNoPlaceForAListenerIsAskedMoreAndMoreRarely() {
    AtomicInteger asked = new AtomicInteger();
    DASHBOARD.expectErrors("/api/v1/events");
    page.route(
        "**/api/v1/events",
        route -> {
          asked.incrementAndGet();
          route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}"));
        });
    page.clock().install();
    page.navigate(DASHBOARD.address());
    for (int second = 0; second < 60; second++) {
      page.clock().runFor(1000);
      // Until this is answered, what was asked before is refused.
      page.evaluate("() => fetch('/api/v1/health/live')");
    }
    assertThat(asked.get()).isBetween(3, 15);
  }

  @Test
  void aDataSetsDuplicatesAreShownAsPictures() {
    // The pictures themselves.
    DASHBOARD.expectErrors("/image?path=");
    answer(
        "**/api/v1/datasets/copies/duplicates",
        """
        {"threshold": 0.99, "pairs": [
          {"first": "test/Coast/a b.jpg", "second": "train/Coast/c.jpg",
           "identical": false, "correlation": 0.99812, "crossSplit": true},
          {"first": "train/Coast/d.jpg", "second": "train/Coast/e.jpg",
           "identical": true, "correlation": 1, "crossSplit": false}]}
        """);
    answer(
        "**/api/v1/datasets/copies",
        """
        {"dataset": {"name": "copies", "builtIn": false, "description": "", "classes": ["Coast"],
           "images": 4, "train": 3, "test": 1, "checksum": "abc"},
         "classes": [{"name": "Coast", "train": 3, "test": 1}],
         "uses": {"jobs": 0, "trainings": 0, "unfinishedJobs": 0, "unfinished": [], "newest": []}}
        """);
    answer("**/api/v1/datasets/copies/images?**", "{\"total\": 0, \"images\": []}");
    page.navigate(DASHBOARD.address() + "#/datasets?name=copies");
    assertThat(page.getByTestId("duplicates-summary"))
        .hasText(
            "2 pairs of duplicate images, 1 across training and test: 1 identical as files,"
                + " 1 with a correlation of 0.99 or more at 32 × 32 pixels.");
    Locator pairs = page.getByTestId("duplicates").locator("li");
    assertThat(pairs).hasCount(2);
    assertThat(pairs.first()).containsText("correlation 0.9981, across training and test");
    assertThat(pairs.first().locator("img").first())
        .hasAttribute("src", "/api/v1/datasets/copies/image?path=test%2FCoast%2Fa%20b.jpg");
    assertThat(pairs.last()).containsText("identical files");
  }

  /** A map that the page paints looks like the stored picture of it beside which it stands. */
  @Test
  void aPaintedMapHasTheColoursOfItsPicture() throws IOException {
    SourceModules.route(page);
    page.navigate(DASHBOARD.address());
    float[] values = new float[301];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i - 150) / 60f;
    }
    Object painted =
        page.evaluate(
            """
            async (values) => {
              const { paint } = await import('/modules/heatmap/heat-canvas.js');
              const canvas = document.createElement('canvas');
              paint(canvas, { width: values.length, height: 1, values: new Float32Array(values) }, 2);
              const { data } = canvas.getContext('2d').getImageData(0, 0, values.length, 1);
              return values.map((_, i) => (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2]);
            }
            """,
            IntStream.range(0, values.length).mapToObj(i -> (double) values[i]).toList());
    BufferedImage picture =
        ImageIO.read(
            new ByteArrayInputStream(Picture.of(new Heatmap(1, 1, values.length, values), 2)));
    assertThat(painted)
        .isEqualTo(
            IntStream.range(0, values.length)
                .mapToObj(x -> picture.getRGB(x, 0) & 0xFFFFFF)
                .toList());
  }
}
