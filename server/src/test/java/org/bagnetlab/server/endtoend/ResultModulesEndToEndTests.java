package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables, charts and panels of results, each module by itself, in a browser. */
@Timeout(120)
class ResultModulesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
    SourceModules.route(page);
  }

  @Test
  void everySymbolOfALegendHasAColor() {
    page.navigate(DASHBOARD.address());
    Object plain =
        page.evaluate(
            """
            async () => {
              const { SYMBOLS } = await import('/modules/charts/symbols.js');
              const { legend } = await import('/modules/charts/legend.js');
              const { render } = await import('/modules/lit-html/lit-html.js');
              const root = document.body.appendChild(document.createElement('div'));
              const names = Object.keys(SYMBOLS);
              render(legend(names.map((name) => [name, name])), root);
              return [...root.querySelectorAll('li')]
                .filter((entry) =>
                  [...entry.querySelectorAll('path')].some((path) => {
                    const { fill, stroke } = getComputedStyle(path);
                    return fill === 'rgb(0, 0, 0)' || (fill === 'none' && stroke === 'none');
                  }))
                .map((entry) => entry.textContent);
            }
            """);
    assertThat((List<?>) plain).isEmpty();
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
    assertThat(groups).hasCount(3);
    assertThat(groups.first()).hasAttribute("label", "The report's networks");
  }

  @Test
  void errorsOfTwoNetworksAreComparedInATableAndByClass() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { agreementPanel } = await import('/modules/agreement/agreement-panel.js');
          const network = (architecture, label, kappa, ...classAccuracies) => ({
            architecture, label, runs: [1, 2], accuracy: 0.6, classAccuracies,
            ceiling: { observed: 0.8, expected: 0.5, kappa, seeds: 2, images: 30 },
          });
          const pair = (first, second, kappa) => ({
            first, second, observed: 0.7, expected: 0.5, kappa, seeds: 2, images: 30, pearson: -0.42, spearman: 0.5,
            sentence: `${first} and ${second} agree`,
          });
          const api = { errorAgreement: async () => ({
            dataset: 'scenes', datasets: ['scenes'], settings: [], classes: ['Coast', 'Forest', 'Store'],
            networks: [
              network('resnet50', 'ResNet-50', 0.61, 0.9, 0.5, 0.2),
              network('bagnet9', 'BagNet-9', 0.52, 0.3, 0.6, 0.4),
              network('bagnet33', 'BagNet-33', 0.57, 0.8, 0.6, 0.3),
            ],
            pairs: [pair('resnet50', 'bagnet9', -0.05), pair('resnet50', 'bagnet33', 0.4), pair('bagnet9', 'bagnet33', 0.2)],
          }) };
          const root = document.createElement('div');
          document.body.append(root);
          const panel = agreementPanel(api, () => render(panel.template(), root));
          panel.show('scenes');
        }
        """);
    Locator table = page.getByTestId("agreement-table");
    assertThat(table.locator("tbody tr").nth(1).locator("td"))
        .hasText(new String[] {"−0.05", "0.52", "0.20"});
    assertThat(table.locator(".heat-diagonal")).hasText(new String[] {"0.61", "0.52", "0.57"});
    assertThat(table.locator("tbody td").nth(2))
        .hasAttribute("title", "resnet50 and bagnet33 agree");
    assertThat(page.getByTestId("agreement-sentence")).containsText("resnet50 and bagnet9 agree");
    page.getByTestId("agreement-first").selectOption("bagnet33");
    assertThat(page.getByTestId("agreement-sentence")).containsText("resnet50 and bagnet33 agree");
    page.getByTestId("agreement-second").selectOption("bagnet9");
    assertThat(page.getByTestId("class-accuracies"))
        .hasAttribute("aria-label", Pattern.compile(".*Store: BagNet-33 30.0 %, BagNet-9 40.0 %"));
    assertThat(page.getByTestId("agreement")).containsText("correlation over the classes −0.42");
  }

  /** Nobody should queue again what is being trained, nor train what cannot be compared. */
  @Test
  void anUnmeasuredNetworkSaysWhatTrainsItOrIsMeasuredInTheSettingOfTheOthers() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/comparison/comparison-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const setting = { dataset: 'd', recipe: 'quick', batchSize: 32, learningRate: 0.1 };
          const unmeasured = (architecture) => ({ architecture, label: architecture, settings: {}, phrases: [], runs: [], published: {} });
          const row = (architecture, run, more) => ({ ...unmeasured(architecture), regime: 'from scratch', settings: { ...setting, ...more }, runs: [run], test: measured });
          const rows = ['running', 'queued', 'neither'].map(unmeasured);
          const measuredRows = [
            row('one', 1, { imageSize: 64, width: 0.125, epochs: 16 }), row('one', 9, { imageSize: 96, width: 1, epochs: 2 }),
            row('two', 2, { imageSize: 64, width: 0.125, epochs: 16 }),
          ];
          const job = (id, state, architecture, dataset = 'd') => ({ id, state, spec: { kind: 'train', architecture, dataset } });
          const jobs = [job(3, 'RUNNING', 'running'), job(4, 'QUEUED', 'running'), job(5, 'QUEUED', 'queued'), job(6, 'QUEUED', 'neither', 'other')];
          window.rows = rows;
          window.listeners = [];
          const api = {
            comparison: async () => ({ dataset: 'd', datasets: ['d'], rows: window.rows, leftOut: [{ run: 7, label: 'VGG', seed: 3, trouble: 'diverged' }], otherNetworks: [], publishedApplies: false }),
            jobs: async ({ state }) => ({ jobs: jobs.filter((each) => each.state === state) }),
            sweeps: async () => ({ sweeps: [{ id: 'demo' }] }),
            ...Object.fromEntries(['differences', 'errorAgreement', 'changes'].map((name) => [name, () => new Promise(() => {})])),
          };
          window.measure = () => {
            window.rows = [...measuredRows, ...rows];
            window.listeners.forEach((listen) => listen({ type: 'job', data: { state: 'SUCCEEDED' } }));
          };
          window.end = () => {
            jobs.length = 0;
            window.listeners.forEach((listen) => listen({ type: 'job', data: job(3, 'CANCELLED', 'running') }));
          };
          const live = { subscribe: (listener) => { window.listeners.push(listener); return () => {}; } };
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.getElementById('main').replaceChildren(root);
          open(root, { query: new URLSearchParams() }, { api, live });
        }
        """);
    Locator under = page.locator("#page-under-test");
    Locator empty = under.getByTestId("empty");
    assertThat(empty).containsText("3 trainings are running or queued");
    assertThat(empty.getByTestId("demo-sweep")).hasCount(0);
    Locator running = under.locator("tr[data-architecture=running] .unmeasured");
    assertThat(running).containsText("Running");
    assertThat(running.getByRole(AriaRole.LINK)).hasAttribute("href", "#/jobs/3");
    Locator queued = under.locator("tr[data-architecture=queued] .unmeasured");
    assertThat(queued).containsText("Queued");
    assertThat(queued.getByRole(AriaRole.LINK)).hasAttribute("href", "#/jobs/5");
    Locator measure = under.getByTestId("measure-neither");
    assertThat(measure).hasAttribute("href", "#/queue?form=train&architecture=neither&dataset=d");

    page.evaluate("() => end()");
    assertThat(empty).containsText("No results on d yet");
    assertThat(empty.getByTestId("demo-sweep")).hasCount(0);
    assertThat(empty.getByTestId("demo-queued")).hasAttribute("href", "#/sweeps/demo");

    page.evaluate("() => measure()");
    assertThat(measure)
        .hasAttribute(
            "href",
            "#/queue?form=train&architecture=neither&dataset=d&recipe=quick&batchSize=32"
                + "&learningRate=0.1&imageSize=64&width=0.125&epochs=16");
    assertThat(empty).hasCount(0);
    assertThat(under.getByTestId("left-out")).containsText("#7 VGG, seed 3 (the loss exploded)");
    under.getByTestId("count-troubled").click();
    assertThat(page).hasURL(Pattern.compile("troubled=true"));
    assertThat(under.getByTestId("troubled")).isVisible();
  }

  @Test
  void runsOfAConfigurationAreListedBySeedAndTheBestIsSuggested() {
    page.navigate(DASHBOARD.address());
    Object runs =
        page.evaluate(
            """
            async () => {
              const { explainedRuns, suggested } = await import('/modules/heatmap/explained-runs.js');
              const result = (run, seed, value, width = 1) => ({ run, value, configuration: { architecture: 'bagnet9', seed, settings: { imageSize: 64, width }, phrases: ['64 px', `width ${width}`] } });
              const api = {
                validated: async () => ({ results: [result(4, 1, 0.4, 2), result(3, 2, 0.6), result(5, 3, 0.5), result(7, 1, 0.5)] }),
                architectures: async () => ({ architectures: [{ name: 'bagnet9', label: 'BagNet-9' }] }),
                experiments: async () => ({ experiments: [] }),
              };
              const found = await explainedRuns(api, 'scenes');
              return [found.map(({ run }) => run).join(' '), suggested(found, 2).join(' ')];
            }
            """);
    assertThat((List<?>) runs).map(String::valueOf).containsExactly("7 3 5 4", "3");
  }

  /** Otherwise a note is outside of what a laptop shows. */
  @Test
  void whatPeopleWroteAboutARunStandsBesideItsAccuracies() {
    page.navigate(DASHBOARD.address());
    Object names =
        page.evaluate(
            """
            async () => {
              const { shownColumns } = await import('/modules/run-list/run-columns.js');
              const columns = ['run', 'network', 'imageSize', 'test', 'seconds', 'tags', 'note'].map((name) => ({ name, type: name === 'test' ? 'share' : 'text' }));
              return shownColumns({ columns, varying: ['imageSize', 'note'] }, []).map(({ name }) => name);
            }
            """);
    assertThat((List<?>) names)
        .map(String::valueOf)
        .containsExactly("run", "network", "test", "tags", "note", "imageSize", "seconds");
  }

  @Test
  void lettersOfNetworksAreExplainedBelowTheChartAndInItsFile() {
    page.navigate(DASHBOARD.address());
    Object said =
        page.evaluate(
            """
            async () => {
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { shownFigure } = await import('/modules/charts/figure.js');
              const { svgOf } = await import('/modules/charts/figure-svg.js');
              const { comparisonFigure } = await import('/modules/comparison/comparison-chart.js');
              const row = (architecture, label, ...unusual) => ({
                architecture, label, regime: 'from scratch', settings: {}, phrases: ['64 px', 'width 0.5', ...unusual], runs: [], published: {},
              });
              const few = '20 training images per class';
              const rows = [
                row('resnet50', 'ResNet-50'), row('resnet50', 'ResNet-50', few),
                row('bagnet9', 'BagNet-9'), row('bagnet9', 'BagNet-9', 'sparsity 0.1'), row('bagnet9', 'BagNet-9', few),
                row('bagnet33', 'BagNet-33', '20 epochs'),
              ];
              const figure = comparisonFigure({ rows, dataset: 'scenes', datasets: ['scenes'] }, 'test', false);
              const root = document.body.appendChild(document.createElement('div'));
              render(shownFigure(figure), root);
              const file = new DOMParser().parseFromString(svgOf(figure, ''), 'image/svg+xml');
              const words = (text) => text.replace(/\\s+/g, ' ').trim();
              return [
                words(root.querySelector('[data-testid=comparison-chart-letters]').textContent),
                words([...file.querySelectorAll('text')].map(({ textContent }) => textContent).join(' ')),
              ];
            }
            """);
    String letters =
        "Letters: all from scratch, 64 px, width 0.5; a: nothing else; ResNet-50 b and BagNet-9 c:"
            + " 20 training images per class; BagNet-9 b: sparsity 0.1.";
    assertThat((List<?>) said).first().isEqualTo(letters);
    assertThat((List<?>) said).last().asString().contains(letters);
  }

  @Test
  void namesBelowManyBarsDoNotOverlapOnAPhone() {
    page.setViewportSize(390, 800);
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { shownFigure } = await import('/modules/charts/figure.js');
          const { comparisonFigure } = await import('/modules/comparison/comparison-chart.js');
          const rows = Array.from({ length: 28 }, (_, i) => ({ architecture: `n${i}`, label: `Network ${i}`, settings: {}, phrases: [], runs: [], published: {} }));
          const root = document.createElement('div');
          document.getElementById('main').replaceChildren(root);
          render(shownFigure(comparisonFigure({ rows, dataset: 'scenes', datasets: ['scenes'] }, 'test', false)), root);
        }
        """);
    Locator chart = page.getByTestId("comparison-chart");
    assertThat(chart).isVisible();
    // Words of 12 px that are turned by 60 degrees are 14 px apart.
    assertThat(chart.boundingBox().width).isGreaterThan(28 * 14 + 100);
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .isEqualTo(true);
  }

  @Test
  void aLossThatDivergedIsNoPoint() {
    page.navigate(DASHBOARD.address());
    Object drawn =
        page.evaluate(
            """
            async () => {
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { Chart } = await import('/modules/charts/library.js');
              const { chartOf } = await import('/modules/charts/figure.js');
              const { learningCurve } = await import('/modules/run/learning-curve.js');
              const epoch = (epoch, loss) => ({
                epoch, learningRate: 1, trainLoss: loss, trainAccuracy: 0.5, validationLoss: loss,
                validationAccuracy: 0.5, best: epoch === 1, seconds: 1,
              });
              const root = document.createElement('div');
              document.body.append(root);
              render(chartOf(learningCurve([epoch(1, 2), epoch(2, null)], 2, 'loss', 'A run')), root);
              const canvas = root.querySelector('canvas');
              await new Promise(requestAnimationFrame);
              const [validation] = Chart.getChart(canvas).data.datasets;
              return [canvas.getAttribute('aria-label'), validation.data.map(({ y }) => Number.isFinite(y))];
            }
            """);
    assertThat(drawn)
        .isEqualTo(
            List.of(
                "Loss over epochs. After epoch 2: training –, validation –.",
                List.of(true, false)));
  }

  @Test
  void anyOutputOfAnyExperimentIsShown() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        "async () => {"
            + FormModulesEndToEndTests.OCCLUSION
            + """
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { mapValues } = await import('/modules/picture/map-values.js');
              const { runOutputs } = await import('/modules/run/run-outputs.js');
              const found = (job, output, axes, value) =>
                ({ experiment: 'occlusion', output, metric: 'drop', set: 'test', axes, value, images: 10, job, run: 1 });
              const results = [
                found(3, 'drop', { grid: 8 }, 0.25), found(4, 'drop', { grid: 16 }, 0.5),
                found(3, 'decline', { tiles: 1 }, 0.9), found(3, 'decline', { tiles: 2 }, 0.4),
                { ...found(3, 'later', { depth: 2 }, 7), experiment: 'unheard-of' },
                { ...found(3, 'accuracy', {}, 0.5), experiment: 'train', metric: 'accuracy' },
              ];
              const artifact = (id, kind, name, mediaType, output, facts = {}) =>
                ({ id, kind, name, mediaType, output, facts, job: 3, url: '/favicon.svg' });
              const artifacts = [
                artifact(1, 'matrix', 'pairs.json', 'application/json', 'pairs'),
                artifact(2, 'picture', 'map.png', 'image/png', 'sensitivity', { class: 'Suburb' }),
                artifact(3, 'map', 'map.npy', 'application/octet-stream', 'sensitivity', { picture: 'map.png' }),
              ];
              const run = { id: 3, spec: { kind: 'occlusion' }, results: { test: { accuracy: 0.5 } }, otherImages: [], artifacts };
              const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".padEnd(117) + String.fromCharCode(10);
              const file = new Uint8Array(10 + header.length + 8);
              file.set([0x93, ...[...'NUMPY'].map((c) => c.charCodeAt(0)), 1, 0, header.length, 0]);
              file.set([...header].map((c) => c.charCodeAt(0)), 10);
              new DataView(file.buffer).setFloat32(10 + header.length, -1.5, true);
              new DataView(file.buffer).setFloat32(14 + header.length, 2.25, true);
              const api = {
                matrix: async () => ({ output: 'pairs', set: 'test', rows: ['a'], columns: ['b', 'c'], values: [[0.5, -2]] }),
                bytes: async () => file.buffer,
              };
              const root = document.createElement('div');
              document.body.append(root);
              const draw = () => render(outputs.template(run, results, [experiment], under), root);
              const outputs = runOutputs(api, () => draw());
              const under = mapValues(api, () => draw());
              draw();
            }
            """);
    Locator rows = page.getByTestId("output-drop").locator("tbody tr");
    assertThat(page.getByTestId("output-drop").locator("thead")).containsText("Grid (px)");
    assertThat(rows).hasCount(2);
    assertThat(rows.last()).containsText("50.0 %");
    assertThat(rows.last().getByText("#4")).isVisible();
    assertThat(page.getByTestId("output-curve"))
        .hasAttribute("aria-label", "Decline over tiles. Test: 40.0 % at 2.");
    assertThat(page.getByTestId("output-later")).containsText("7");
    assertThat(page.getByTestId("output-accuracy")).hasCount(0);
    Locator cells = page.getByTestId("matrix-pairs").locator("td.heat-cell");
    assertThat(cells.last()).hasText("−2");
    assertThat(cells.last()).hasClass(Pattern.compile("heat-9 heat-minus"));
    Locator picture = page.getByTestId("picture");
    picture.scrollIntoViewIfNeeded();
    for (String[] half : new String[][] {{"0.2", "−1.50"}, {"0.8", "2.25"}}) {
      BoundingBox box = picture.boundingBox();
      page.mouse().move(box.x + box.width * Double.parseDouble(half[0]), box.y + box.height / 2);
      assertThat(page.getByTestId("map-value")).hasText("here " + half[1]);
    }
    page.mouse().move(0, 0);
    assertThat(page.getByTestId("map-value")).not().containsText("here");
  }

  @Test
  void classesAreShownBySetWithTheirConfusion() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { classRecalls } = await import('/modules/run/class-recalls.js');
          const value = (set, name, metric, value) => ({ output: '', set, axes: { class: name }, metric, value, images: 4 });
          const statistic = {
            statistic: 'classes',
            results: [
              value('test', 'a', 'recall', 0.75), value('test', 'a', 'precision', 1), value('test', 'a', 'images', 4),
              value('test', 'b', 'recall', 0.5), value('test', 'b', 'images', 4), value('scrambled', 'a', 'images', 4),
            ],
            matrices: [{ output: 'confusion', set: 'test', rows: ['a', 'b'], columns: ['a', 'b'], values: [[3, 1], [2, 2]] }],
            published: { source: 'the report', results: [{ metric: 'precision', set: 'test', axes: { class: 'a' }, value: 0.9 }] },
          };
          const root = document.createElement('div');
          document.body.append(root);
          let chosen;
          const draw = () => render(classRecalls(statistic, { chosen, choose: (set) => { chosen = set; draw(); } }), root);
          draw();
        }
        """);
    Locator first = page.getByTestId("recalls-test").locator("tr[data-class=a]");
    assertThat(first.locator("td.number"))
        .hasText(new String[] {"75.0", "–", "100.0", "90", "–", "–", "4"});
    assertThat(page.getByTestId("confusion-test").locator("td").nth(2)).hasText("1");
    ServedDashboard.choose(page.getByTestId("class-set-scrambled"));
    assertThat(page.getByTestId("recalls-scrambled")).isVisible();
    assertThat(page.getByTestId("confusion-test")).hasCount(0);
  }

  @Test
  void severalScramblingsHaveARangeAndNoInterval() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/scrambling/scrambling-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const row = (architecture, more) => ({
            architecture, label: architecture, settings: { dataset: 'd', imageSize: 64 }, phrases: ['64 px', 'width 1'], regime: 'from scratch', runs: [1],
            test: measured, scrambled: measured, ...more,
          });
          const points = [0.41, 0.47].map((accuracy, i) => ({ run: 1, job: i + 1, accuracy }));
          const scramblings = { n: 2, mean: 0.44, lowest: 0.41, highest: 0.47, points };
          const scrambling = async () => ({ datasets: [{ dataset: 'd', publishedApplies: false }], rows: [row('one'), row('several', { scramblings })], published: [], curves: [], examples: [] });
          const root = document.createElement('div');
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { scrambling }, live: { subscribe: () => () => {} } });
        }
        """);
    Locator range = page.locator("tr[data-scramblings]");
    assertThat(range).hasCount(1);
    assertThat(range).containsText("Over 2 scramblings of the same test images: mean");
    assertThat(range).containsText("range 41.0–47.0 (lowest to highest, not an interval)");
  }

  @Test
  void anAccuracySaysOfWhatItsIntervalIsAndWhetherItsRunsStillImproved() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/scrambling/scrambling-page.js');
          const one = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson', notConverged: 1 };
          const two = { mean: 0.6, values: [0.5, 0.7], sd: 0.14, n: 2, images: 100 };
          const three = { mean: 0.6, values: [0.5, 0.6, 0.7], sd: 0.1, low: 0.35, high: 0.85, n: 3, images: 100,
            interval: 'seeds-and-images', notConverged: 2, caution: 'Three say little.' };
          const row = (architecture, test) => ({
            architecture, label: architecture, settings: { dataset: 'd', imageSize: 64 }, phrases: ['64 px', 'width 1'], regime: 'from scratch', runs: [1],
            test, scrambled: test,
          });
          const rows = [row('one', one), row('two', two), row('three', three)];
          const scrambling = async () => ({ datasets: [{ dataset: 'd', chance: 0.1, publishedApplies: false }], rows, published: [], curves: [], examples: [] });
          const root = document.createElement('div');
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { scrambling }, live: { subscribe: () => () => {} } });
        }
        """);
    Locator one = page.locator("tr[data-architecture=one]");
    assertThat(one).containsText("40.0–60.0");
    assertThat(one.locator(".spread").first()).hasText("this run only");
    assertThat(one.getByTestId("not-converged")).hasText("still improving in the last epoch");
    Locator two = page.locator("tr[data-architecture=two]");
    assertThat(two.locator(".range")).hasCount(0);
    assertThat(two.locator(".spread").first()).hasText("50.0, 70.0");
    assertThat(two.getByTestId("not-converged")).hasCount(0);
    Locator three = page.locator("tr[data-architecture=three]");
    assertThat(three.locator(".range").first()).hasText("35.0–85.0");
    assertThat(three.locator(".spread").first()).hasText("50.0, 60.0, 70.0");
    assertThat(page.getByTestId("caution")).hasText("Three say little.");
    assertThat(three.getByTestId("not-converged"))
        .hasText("2 of 3 still improving in the last epoch");
  }

  @Test
  void aCurveHasAPointForEachTileSizeAndSaysHowManyPatchesCrossNoSeam() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/scrambling/scrambling-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const point = (grid, withinTile) => ({ grid, tile: 64 / grid, accuracy: measured, agreement: 0.7, permutations: 3, withinTile });
          const curves = [
            { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, points: [point(2, 0.6), point(4, 0.33)] },
            { architecture: 'resnet50', label: 'ResNet-50', points: [point(2)] },
          ].map((curve) => ({ ...curve, settings: { dataset: 'd', imageSize: 64 }, phrases: ['64 px', 'width 1'], regime: 'from scratch', runs: [1], whole: measured,
            classes: [{ name: 'Suburb', whole: 0.9, byGrid: { 2: 0.8, 4: 0.25 } }] }));
          const scrambling = async () => ({ datasets: [{ dataset: 'd', chance: 0.1, publishedApplies: false }], rows: [], published: [], curves, examples: [] });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { scrambling }, live: { subscribe: () => () => {} } });
          const { scramblingCurveFigure } = await import('/modules/scrambling/scrambling-curve-chart.js');
          const { drawnFigure } = await import('/modules/charts/figure-svg.js');
          root.append(drawnFigure(scramblingCurveFigure(curves, { dataset: 'd', chance: 0.1, publishedApplies: false })));
        }
        """);
    Locator rows = page.locator("#page-under-test [data-testid=scrambling-curve-table] tbody tr");
    assertThat(rows).hasCount(3);
    assertThat(rows.nth(1)).containsText("4 x 4");
    assertThat(rows.nth(1)).containsText("16 px");
    assertThat(rows.nth(1)).containsText("33.0 %");
    assertThat(rows.nth(2)).containsText("whole image");
    assertThat(page.getByTestId("scrambling-curve-chart"))
        .hasAttribute(
            "aria-label",
            Pattern.compile(".*BagNet-9: 64 px 50.0 %, 32 px 50.0 %, 16 px 50.0 %; ResNet-50.*"));
    // Lines, which Chart.js draws with an object that SVG cannot have, unless told otherwise.
    assertThat(page.locator("#page-under-test svg[role=img] path[stroke-width='2']").first())
        .isAttached();
    page.locator("#page-under-test summary").first().click();
    assertThat(page.locator("#page-under-test .table-heat").first()).containsText("25");
  }

  @Test
  void accuracyIsShownOverAnyParameterThatIsANumber() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/accuracy-over/accuracy-over-page.js');
          const test = (mean) => ({ mean, values: [mean], low: mean - 0.1, high: mean + 0.1, n: 1, images: 100, interval: 'wilson' });
          const curve = { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, settings: { dataset: 'd' }, phrases: ['64 px', 'width 1', '6 epochs'],
            regime: 'from scratch',
            points: [{ at: 150, value: 10, receptiveField: 9, runs: [1], test: test(0.3) }, { at: 1200, receptiveField: 9, runs: [2], test: test(0.7) }] };
          const sparse = { ...curve, points: [{ at: 0, value: 0, receptiveField: 9, runs: [3], test: test(0.7) }, { at: 0.1, value: 0.1, receptiveField: 9, runs: [4], test: test(0.6), sparseness: { mean: 0.81234, values: [0.81234], n: 1, images: 100 } }] };
          const curves = { trainImages: [curve], sparsity: [sparse], epochs: [] };
          const labels = { trainImages: 'Training images', sparsity: 'Sparsity', epochs: 'Epochs' };
          const accuracyOver = async (name) => ({ axis: { name, label: labels[name] }, counts: { trainImages: 1, sparsity: 1, epochs: 0 },
            datasets: curves[name].length > 0 ? [{ dataset: 'd', chance: 0.1, publishedApplies: false }] : [], curves: curves[name] });
          const schema = (title, otherwise) => ({ type: 'number', title, description: `What ${title} is.`, otherwise, group: 'Data', role: 'identity' });
          const experiments = async () => ({ experiments: [{ name: 'train', parameters: { properties: {
            trainImages: schema('Training images per class', 'all'), sparsity: schema('Sparsity', '0'), epochs: schema('Epochs', '6') } } }] });
          const presets = async () => ({ presets: [{ name: 'long', definition: { grid: { epochs: [1, 2] } } }, { name: 'other', definition: {} }] });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { accuracyOver, experiments, presets }, live: { subscribe: () => () => {} } });
        }
        """);
    Locator shown = page.locator("#page-under-test");
    Locator rows = shown.getByTestId("accuracy-over-trainImages-table").locator("tbody tr");
    assertThat(rows).hasCount(2);
    assertThat(rows.nth(0)).containsText("64 px, width 1, 6 epochs");
    assertThat(rows.nth(0)).containsText("150");
    assertThat(rows.nth(1)).containsText("1,200");
    assertThat(rows.nth(1)).containsText("all");
    assertThat(shown).containsText("What Training images per class is.");
    assertThat(shown.getByTestId("accuracy-over-trainImages-chart"))
        .hasAttribute(
            "aria-label",
            Pattern.compile(
                ".*BagNet-9: training images 150 30.0 %, training images 1,200 70.0 %"));
    shown.getByTestId("parameter").selectOption("sparsity");
    assertThat(page).hasURL(Pattern.compile("parameter=sparsity$"));
    Locator sparse = shown.getByTestId("accuracy-over-sparsity-table").locator("tbody tr");
    assertThat(sparse).hasCount(2);
    assertThat(sparse.nth(0)).containsText("not measured");
    assertThat(sparse.nth(1)).containsText("0.8123");
    assertThat(shown.getByTestId("accuracy-over-sparsity-chart"))
        .hasAttribute(
            "aria-label", Pattern.compile(".*BagNet-9: sparsity 0 70.0 %, sparsity 0.1 60.0 %"));
    shown.getByTestId("parameter").selectOption("epochs");
    assertThat(shown.getByTestId("no-curves"))
        .containsText("No network has been trained with different values of “Epochs” yet");
    assertThat(shown.getByText("Set up the sweep “long”"))
        .hasAttribute("href", "#/sweeps?new=long");
  }

  @Test
  void aNetworkIsComparedWithTheOthersAndTheSignFollowsTheReference() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { differencesPanel } = await import('/modules/difference/differences-panel.js');
          const network = (architecture, label) => ({ architecture, label, runs: [1], mean: 0.5 });
          const pair = (first, second, difference) => ({ first, second, difference, bySeed: [difference, difference, difference], images: 100,
            low: difference - 0.05, high: difference + 0.05, p: 0.01, adjusted: 0.02, seeds: [], sentence: `${first} over ${second}`, reversed: `${second} over ${first}` });
          const differences = async (filter) => ({ dataset: filter.dataset, datasets: ['d'], measure: filter.measure, settings: [],
            leftOut: [], networks: [network('a', 'A'), network('b', 'B'), network('c', 'C')],
            pairs: [pair('a', 'b', 0.1), pair('a', 'c', -0.2), pair('b', 'c', -0.3)] });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          const panel = differencesPanel({ differences }, () => render(panel.template(), root));
          panel.show('d');
        }
        """);
    Locator chart = page.getByTestId("differences-chart");
    assertThat(chart)
        .hasAttribute("aria-label", Pattern.compile(".*B −10.0 points; C \\+20.0 points"));
    page.getByTestId("difference-reference").selectOption("c");
    assertThat(chart)
        .hasAttribute("aria-label", Pattern.compile(".*A −20.0 points; B −30.0 points"));
    // The network that is named first is the one that the chart has above or below the reference.
    Locator sentences = page.getByTestId("difference-sentences").locator("li");
    assertThat(sentences)
        .containsText(
            new String[] {
              "a over c p = 0.020, Holm-corrected for 3 comparisons.",
              "b over c p = 0.020, Holm-corrected for 3 comparisons."
            });
    page.getByTestId("difference-reference").selectOption("a");
    assertThat(sentences).containsText(new String[] {"b over a", "c over a"});
    assertThat(page.locator("#page-under-test")).containsText("intervals are not");
  }

  @Test
  void aClaimHasItsVerdictItsNumbersAndWhatIsMissing() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/claim/claims-page.js');
          const difference = { difference: 0.1, bySeed: [0.1], images: 100 };
          const setting = { run: 1, networks: 2, settings: { recipe: 'quick' }, phrases: ['64 px', 'width 1'], regime: 'from scratch' };
          const claims = async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, leftOut: [{ run: 7, label: 'VGG', seed: 3, trouble: 'chance' }], claims: [
            { id: 'one', claim: 'It grows.', verdict: 'supported', evidence: '', needed: 'all', missing: [], runs: [1, 2],
              predictions: [{ statement: 's', difference, tests: 6, adjusted: 0.0001, sentence: 'B is 10.0 points above A.' }],
              certainty: 'At most 3.1 % of verdicts are wrong.', truth: { verdict: 'supported', reason: 'By construction.' } },
            { id: 'two', claim: 'It is best.', verdict: 'undecided', evidence: '', needed: 'all', missing: ['C with 4 seeds'], runs: [], predictions: [], certainty: '' },
          ] });
          const network = (label) => ({ architecture: label, label });
          const changes = async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, changes: [
            { change: 'no padding', before: network('A'), after: network('B'), accuracyBefore: 0.5, accuracyAfter: 0.6, difference, adjusted: 0.03, sentence: 's' },
            { change: 'no stride', before: network('B'), after: network('C') },
          ] });
          const root = document.createElement('div');
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { claims, changes }, live: { subscribe: () => () => {} } });
        }
        """);
    Locator one = page.getByTestId("claim-one");
    assertThat(one.locator(".verdict")).hasText("Supported");
    assertThat(one).containsText("B is 10.0 points above A. p < 0.001, corrected for 6 tests.");
    assertThat(one).containsText("At most 3.1 % of verdicts are wrong.");
    assertThat(page.getByTestId("left-out"))
        .containsText("#7 VGG, seed 3 (the accuracy is at chance)");
    assertThat(one).containsText("By construction.");
    Locator two = page.getByTestId("claim-two");
    assertThat(two.locator(".verdict")).hasText("Undecided");
    assertThat(two).containsText("To decide it, run: C with 4 seeds.");
    Locator changes = page.getByTestId("changes-table").locator("tbody tr");
    assertThat(changes.first()).containsText("+10.0");
    assertThat(changes.nth(1)).containsText("not run");
  }

  @Test
  void whatPatchesHoldBeyondALinearBagIsShown() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/receptive-field/receptive-fields-page.js');
          const measured = { mean: 0.4, values: [0.4], low: 0.37, high: 0.43, n: 1, images: 1200, interval: 'wilson' };
          const row = (architecture, dataset, more) => ({
            architecture, label: architecture, settings: { dataset }, phrases: ['64 px', 'width 1'], regime: 'from scratch', test: measured, ...more,
          });
          const accuracies = [
            row('resnet50', 'known', { ceiling: 1 }),
            row('bagnet17', 'known', { receptiveField: 17, ceiling: 11 / 15, readouts: { linear: 0.88, best: 0.992 } }),
            row('bagnet9', 'known', { receptiveField: 9, ceiling: 0.4, readouts: { linear: 0.72, best: 0.991 } }),
            row('bagnet9', 'scenes', { receptiveField: 9 }),
          ];
          const architectures = [{ name: 'bagnet9', label: 'BagNet-9', family: 'f', receptiveField: 9, parameters: 1, multiplyAdds: 1, layers: [] }];
          const datasets = ['known', 'scenes'].map((dataset) => ({ dataset, publishedApplies: false }));
          const receptiveFields = async () => ({ architectures, datasets, accuracies, published: [], effective: [], sameImage: [] });
          const root = document.createElement('div');
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { receptiveFields }, live: { subscribe: () => () => {} } });
        }
        """);
    Locator table = page.getByTestId("receptive-field-table").last();
    assertThat(table.locator("tr[data-architecture=bagnet9] .of-limit"))
        .hasText(new String[] {"40.0 %", "≥ 72 %", "99.1 %"});
    assertThat(table.locator("tr[data-architecture=resnet50] .of-limit"))
        .hasText(new String[] {"–", "–", "–"});
    Locator note = page.getByTestId("readouts-note");
    assertThat(note).containsText("With patches of 9 px");
    assertThat(page.locator(".legend").last()).containsText("linear-bag limit");
    page.getByTestId("receptive-field-dataset").selectOption("scenes");
    assertThat(note).hasCount(0);
    assertThat(table.locator("th[scope=col]")).hasCount(4);
  }

  @Test
  void effectiveFieldsAreShownBesideTheTheoreticalOnesOverSeeds() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('/modules/lit-html/lit-html.js');
          const { effectiveFields } = await import('/modules/receptive-field/effective-fields.js');
          window.show = (rows) => render(effectiveFields(rows), document.body);
          const row = (label, imageSize, sides, receptiveField) => ({
            architecture: label, label, receptiveField, settings: { dataset: 'one', imageSize }, phrases: [`${imageSize} px`, 'width 1'], regime: 'from scratch',
            runs: sides.map((_, i) => i + 1), url: '/favicon.svg',
            side: { mean: sides.reduce((a, b) => a + b) / sides.length, values: sides }, radius: { mean: 3, values: sides.map(() => 3) },
          });
          window.rows = [row('ResNet', 64, [40]), row('BagNet', 64, [6, 8.5], 9), row('BagNet', 224, [7], 9)];
          show([]);
        }
        """);
    assertThat(page.getByTestId("no-effective-fields").getByRole(AriaRole.LINK))
        .hasAttribute("href", "#/queue?form=effective-field");

    page.evaluate("() => show(rows)");
    assertThat(page.locator("article h3")).hasText(new String[] {"one, 64 px", "one, 224 px"});
    Locator first = page.getByTestId("effective-table").first().locator("tbody tr");
    assertThat(first.nth(0)).containsText(Pattern.compile("9 px\\s+7.3 px\\s+6.0 px, 8.5 px"));
    assertThat(first.nth(1))
        .containsText(Pattern.compile("whole image\\s+40.0 px\\s+this run only"));
    // The map of the newest run.
    assertThat(page.locator("figcaption a").first()).hasText("#2");
  }
}
