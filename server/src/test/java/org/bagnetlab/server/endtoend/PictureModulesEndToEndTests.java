package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Images, maps and what is said of them, each module by itself, in a browser. */
@Timeout(120)
class PictureModulesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
    SourceModules.route(page);
  }

  @Test
  void aDataSetsDuplicatesAreShownAsPictures() {
    // The pictures themselves.
    DASHBOARD.expectErrors("/image?path=");
    page.route(
        "**/api/v1/datasets/copies/duplicates",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"threshold": 0.99, "pairs": [
                          {"first": "test/Coast/a b.jpg", "second": "train/Coast/c.jpg",
                           "identical": false, "correlation": 0.99812, "crossSplit": true},
                          {"first": "train/Coast/d.jpg", "second": "train/Coast/e.jpg",
                           "identical": true, "correlation": 1, "crossSplit": false}]}
                        """)));
    page.route(
        "**/api/v1/datasets/copies",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        """
                        {"dataset": {"name": "copies", "builtIn": false, "description": "", "classes": ["Coast"],
                           "images": 4, "train": 3, "test": 1, "checksum": "abc"},
                         "classes": [{"name": "Coast", "train": 3, "test": 1}],
                         "uses": {"jobs": 0, "trainings": 0, "unfinishedJobs": 0, "unfinished": [], "newest": []}}
                        """)));
    page.route(
        "**/api/v1/datasets/copies/images?**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"total\": 0, \"images\": []}")));
    page.navigate(DASHBOARD.address() + "#/datasets?name=copies");
    assertThat(page.getByTestId("duplicates-summary"))
        .hasText(
            "2 pairs of duplicate images, 1 across training and test: 1 identical as files,"
                + " 1 with a correlation of 0.99 or more at 32 x 32 pixels.");
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

  /** A network that learnt little gives the same logit everywhere: that is no missing picture. */
  @Test
  void aMapOfTheReportsModeSaysItsRange() {
    page.navigate(DASHBOARD.address());
    Object said =
        page.evaluate(
            """
            async () => {
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { colorScale } = await import('/modules/picture/color-scale.js');
              const root = document.createElement('div');
              return ['0.0', '2.5'].map((maximum) => {
                render(colorScale({ mode: 'report', minimum: '0.0', maximum }), root);
                return root.textContent;
              });
            }
            """);
    assertThat(said)
        .isEqualTo(
            List.of(
                "as in the report: the same value everywhere",
                "as in the report: 0.00 to 2.50 standard deviations"));
  }

  /** Fifteen classes with two maps each: a strip of them could not be read. */
  @Test
  void theMapsOfManyClassesStandInPairsWithTheirScale() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { runPictures } = await import('/modules/run/run-pictures.js');
          const artifact = (kind, facts) =>
            ({ id: 1, kind, name: kind, mediaType: 'image/png', url: '/favicon.svg', facts: { image: 'test/Coast/7.png', class: 'Coast', predicted: 'Coast', ...facts } });
          const map = (kind, label) => artifact(kind, { label, stride: '8', minimum: '-1', maximum: '2', limit: '4', scale: 'common' });
          const run = { id: 3, state: 'SUCCEEDED', spec: { kind: 'heatmap', stride: 8 }, artifacts: [
            artifact('image'), artifact('scrambled-image'),
            ...['Forest', 'Coast', 'Street'].map((label) => map('heatmap', label)),
            ...['Forest', 'Coast', 'Street'].map((label) => map('scrambled-heatmap', label)),
          ] };
          const root = document.createElement('div');
          document.body.append(root);
          render(runPictures(run, undefined, () => undefined), root);
        }
        """);
    Locator captions = page.locator("[data-image] figcaption");
    assertThat(captions)
        .hasText(
            new Pattern[] {
              Pattern.compile("^\\s*Image"),
              Pattern.compile("^\\s*Scrambled"),
              Pattern.compile("Evidence for Forest whole, every 8th pixel"),
              Pattern.compile("Evidence for Forest scrambled, every 8th pixel"),
              Pattern.compile("Evidence for Coast whole"),
              Pattern.compile("Evidence for Coast scrambled"),
              Pattern.compile("Evidence for Street whole"),
              Pattern.compile("Evidence for Street scrambled"),
            });
    assertThat(captions.last()).containsText("patch logits −1.00 to 2.00, common scale");
    assertThat(captions.last().locator(".scale-ends")).hasText("−4.0004.00");
  }

  @Test
  void mapsOfSeveralMethodsSayWhichOneTheyAreOf() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { runPictures } = await import('/modules/run/run-pictures.js');
          const map = (kind, saliency) =>
            ({ id: 1, kind, name: kind, mediaType: 'image/png', url: '/favicon.svg', facts: { image: 'a.png', class: 'Coast', label: 'Forest', saliency, minimum: '0', maximum: '0.002', limit: '0.001' } });
          const run = { id: 3, state: 'SUCCEEDED', spec: { kind: 'saliency' }, artifacts: ['heatmap', 'grad-cam'].flatMap((saliency) =>
            [map('heatmap', saliency), map('scrambled-heatmap', saliency)]) };
          const root = document.createElement('div');
          document.body.append(root);
          render(runPictures(run, undefined, () => undefined), root);
        }
        """);
    Locator captions = page.locator("[data-image] figcaption");
    assertThat(captions).hasCount(4);
    assertThat(captions.first()).containsText("Evidence for Forest whole");
    assertThat(captions.first()).containsText("patch logits 0.00 to 0.002");
    assertThat(captions.last()).containsText("Grad-cam map for Forest scrambled");
    assertThat(captions.last()).containsText("values 0.00 to 0.002");
  }

  /** The facts that group pictures are the axes of their output, whatever the experiment. */
  @Test
  void picturesAreGroupedByTheAxesOfTheirOutput() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { runOutputs } = await import('/modules/run/run-outputs.js');
          const output = { name: 'patches', label: 'Patches', kind: 'pictures', metric: 'images', unit: 'count', better: 'neither',
            axes: [{ name: 'label', label: 'Class' }, { name: 'from', label: 'From images' }] };
          const artifacts = ['Coast', 'Forest'].flatMap((label) => ['own', 'others'].flatMap((from) => [1, 2, 3].map((rank) =>
            ({ id: rank, kind: 'picture', name: `${label}-${from}-${rank}.png`, mediaType: 'image/png', output: 'patches', job: 3,
              url: '/favicon.svg', facts: { image: `test/${rank}.png`, label, from, rank: String(rank) } }))));
          const run = { id: 3, spec: { kind: 'patches' }, results: {}, otherImages: [], artifacts };
          const root = document.createElement('div');
          document.body.append(root);
          const outputs = runOutputs({}, () => undefined);
          render(outputs.template(run, [], [{ name: 'patches', label: 'Patches', outputs: [output] }], () => undefined), root);
        }
        """);
    Locator panel = page.locator("article[data-output=patches]");
    assertThat(panel.locator("h4"))
        .hasText(
            new String[] {
              "Class: Coast",
              "From images: own",
              "From images: others",
              "Class: Forest",
              "From images: own",
              "From images: others"
            });
    Locator pictures = panel.locator(".pictures");
    assertThat(pictures).hasCount(4);
    assertThat(pictures.first().locator("figure")).hasCount(3);
    assertThat(pictures.first().locator("figcaption").first()).hasText("1.png rank 1");
    // All in one row, which is what makes them comparable.
    BoundingBox first = pictures.first().locator("figure").first().boundingBox();
    BoundingBox last = pictures.first().locator("figure").last().boundingBox();
    assertThat(last.y).isEqualTo(first.y);
    assertThat(last.x).isGreaterThan(first.x);
  }

  @Test
  void scrambledImagesAreOfTheChosenDataSet() {
    // The pictures themselves.
    DASHBOARD.expectErrors("/image?path=");
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/scrambling/scrambling-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const of = (dataset) => ({ architecture: 'bagnet9', label: 'BagNet-9', dataset, imageSize: 64, regime: 'pretrained', weights: 'zoo' });
          const rows = ['one', 'other'].map((dataset) => ({ ...of(dataset), settings: { dataset, imageSize: 64 }, phrases: ['64 px', 'width 1'], runs: [1], test: measured, scrambled: measured }));
          const examples = ['one', 'other'].map((dataset, i) => ({ ...of(dataset), run: i, image: `test/${dataset}/1.png`, class: dataset, facts: {} }));
          const scrambling = async () => ({ datasets: ['one', 'other'].map((dataset) => ({ dataset, publishedApplies: false })), rows, published: [], curves: [], examples });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { scrambling }, live: { subscribe: () => () => {} } });
        }
        """);
    assertThat(page.locator("#page-under-test article.example").first())
        .containsText("pretrained: zoo");
    Locator shown = page.locator("#page-under-test article.example h3");
    assertThat(shown).hasText(Pattern.compile("^one.*"));
    page.getByTestId("scrambling-dataset").selectOption("other");
    assertThat(shown).hasText(Pattern.compile("^other.*"));
  }

  @Test
  void smallValuesOfAMapAreWrittenWithTheirDigits() {
    page.navigate(DASHBOARD.address());
    Object written =
        page.evaluate(
            """
            async () => {
              const { fine } = await import('/modules/app/format.js');
              return [0, 1.234, -0.5, 0.00471, -0.0002].map(fine);
            }
            """);
    assertThat(written).isEqualTo(List.of("0.00", "1.23", "−0.50", "0.0047", "−0.0002"));
  }
}
