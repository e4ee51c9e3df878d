package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dashboard's modules, each by itself, in the browser that they are written for. */
@Timeout(120)
class DashboardModulesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
  }

  @Test
  void aSteadyStreamOfEventsIsActedOnWhileItLasts() {
    page.clock().install();
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { throttled } = await import('/js/app/view.js');
          window.actions = 0;
          window.happen = throttled(() => window.actions++);
        }
        """);
    for (int i = 0; i < 10; i++) {
      page.evaluate("() => happen()");
      page.clock().runFor(100);
    }
    assertThat((int) page.evaluate("() => actions")).isBetween(3, 10);
  }

  @Test
  void aServerThatHasNoPlaceForAListenerIsAskedMoreAndMoreRarely() {
    AtomicInteger asked = new AtomicInteger();
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
  void networksAreListedByWhatTheyAreComparedWith() {
    page.navigate(DASHBOARD.address() + "#/receptive-fields");
    Locator figure = page.getByTestId("figure-one");
    assertThat(figure).hasAttribute("data-architecture", "bagnet9");
    assertThat(page.locator("input[name=architecture]")).hasCount(7);
    Locator others = page.getByTestId("figure-others");
    others.selectOption("bagnet33_padded");
    assertThat(figure).hasAttribute("data-architecture", "bagnet33_padded");
    assertThat(figure).containsText("33 px");
    assertThat(page.locator("input[name=architecture]:checked")).hasCount(0);
    page.getByTestId("figure-bagnet17").check(new Locator.CheckOptions().setForce(true));
    assertThat(figure).hasAttribute("data-architecture", "bagnet17");
    assertThat(others).hasValue("");

    page.navigate(DASHBOARD.address() + "#/queue");
    Locator groups = page.getByTestId("field-architecture").locator("optgroup");
    assertThat(groups).hasCount(3);
    assertThat(groups.first()).hasAttribute("label", "The report's networks");
  }

  @Test
  void aDataSetsDuplicatesAreShownAsPictures() {
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
    page.navigate(DASHBOARD.address() + "#/datasets?name=copies");
    assertThat(page.getByTestId("datasets")).containsText("controlled-15");
    assertThat(page.getByTestId("duplicates-summary"))
        .hasText(
            "2 pairs of images show the same, 1 across training and test: 1 identical as files,"
                + " 1 with a correlation of 0.99 or more at 32 x 32 pixels.");
    Locator pairs = page.getByTestId("duplicates").locator("li");
    assertThat(pairs).hasCount(2);
    assertThat(pairs.first()).containsText("correlation 0.9981, across training and test");
    assertThat(pairs.first().locator("img").first())
        .hasAttribute("src", "/api/v1/datasets/copies/image?path=test%2FCoast%2Fa%20b.jpg");
    assertThat(pairs.last()).containsText("identical files");
  }

  @Test
  void errorsOfTwoNetworksAreComparedInATableAndByClass() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('lit-html');
          const { agreementPanel } = await import('/js/agreement/agreement-panel.js');
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

  @Test
  void everyAnswerCountsUnlessTheQuestionChanged() {
    page.navigate(DASHBOARD.address());
    Object seen =
        page.evaluate(
            """
            async () => {
              const { loader } = await import('/js/app/view.js');
              const answers = [];
              const seen = [];
              let filter = 'all';
              const load = loader(
                () => new Promise((answer) => answers.push(answer)),
                ({ data }) => seen.push(data),
                () => filter,
              );
              const answer = async (data) => {
                answers.at(-1)(data);
                await new Promise((next) => setTimeout(next));
                seen.push(answers.length);
              };
              load();
              load();
              load();
              await answer('first');
              load();
              await answer('second');
              filter = 'failed';
              load();
              await answer('of another filter');
              await answer('of this filter');
              return seen;
            }
            """);
    assertThat(seen).isEqualTo(List.of("first", 2, "second", 3, 4, "of this filter", 4));
  }

  @Test
  void aSweepIsReadAgainOnlyForWhatEventsDoNotTell() {
    page.clock().install();
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/sweep/sweep-page.js');
          const job = (id, state) => ({
            id, state, title: `Job ${id}`, sweep: 'ten', spec: { kind: 'train', seed: id },
            priority: 0, createdAt: '2026-01-02T03:04:05Z',
          });
          window.reads = [];
          window.tell = (id, state) => listen({ type: 'job', data: job(id, state) });
          window.answer = (states) => reads.at(-1)({
            id: 'ten', createdAt: '2026-01-02T03:04:05Z', counts: {},
            jobs: states.map((state, i) => job(i + 1, state)),
          });
          let listen;
          const api = {
            sweep: () => new Promise((resolve) => reads.push(resolve)),
            experiments: () => Promise.resolve({ experiments: [] }),
          };
          const live = { subscribe: (listener) => { listen = listener; return () => {}; } };
          const root = document.getElementById('main');
          open(root, { sweep: 'ten', query: new URLSearchParams() }, { api, live });
        }
        """);
    page.evaluate(
        """
        () => {
          tell(1, 'RUNNING');
          answer(['QUEUED', 'QUEUED', 'QUEUED']);
        }
        """);
    assertThat(page.getByTestId("sweep-bar")).containsText("1 running");
    page.evaluate("() => { tell(1, 'SUCCEEDED'); tell(2, 'RUNNING'); }");
    assertThat(page.getByTestId("sweep-bar")).containsText("1 succeeded");
    assertThat(page.getByTestId("sweep-bar")).containsText("1 running");
    assertThat(page.getByTestId("sweep-bar")).containsText("1 queued");
    page.clock().runFor(1000);
    assertThat(page.evaluate("() => reads.length")).isEqualTo(1);
    page.evaluate("() => tell(4, 'QUEUED')");
    page.clock().runFor(1000);
    assertThat(page.evaluate("() => reads.length")).isEqualTo(2);
  }

  @Test
  void aFormIsSentOnceHoweverOftenItIsSubmitted() {
    page.navigate(DASHBOARD.address());
    Object sent =
        page.evaluate(
            """
            async () => {
              const { sending } = await import('/js/controls/sending.js');
              let sent = 0;
              const { state, submit } = sending({
                draw() {},
                async send() { sent++; },
                fieldOf: () => undefined,
              });
              const event = { preventDefault() {}, target: document.createElement('form') };
              await Promise.all([submit(event), submit(event)]);
              return [sent, state.busy];
            }
            """);
    assertThat(sent).isEqualTo(List.of(1, false));
  }

  /** What is filled in like another sweep asks for the same jobs; or the form is not offered. */
  @Test
  void theSweepFormSaysWhatADefinitionSays() {
    page.navigate(DASHBOARD.address());
    Object others =
        page.evaluate(
            """
            async () => {
              const { definitionOf, entriesOf, same, settingsOf } = await import('/js/sweep/sweep-definition.js');
              const { experiments } = await (await fetch('/api/v1/experiments')).json();
              const settings = settingsOf(experiments);
              const { presets } = await (await fetch('/api/v1/presets')).json();
              const base = { dataset: 'controlled-15', architecture: 'bagnet9' };
              const many = Array.from({ length: 50 }, (_, i) => i + 1);
              const awkward = [
                { name: 'many-seeds', base, grid: { seed: many } },
                { name: 'one-of-a-grid', base, grid: { width: [0.25] } },
                { name: 'names-like-numbers', base: { ...base, dataset: '15', weights: '2024-2026' } },
                { name: 'two-sets', base: { architecture: 'bagnet9' }, grid: { dataset: ['a', '15'] } },
                { name: 'kind', base: { ...base, kind: 'train', heatmapStride: 8 } },
                {
                  name: 'all', base: { ...base, learningRate: 0.00004 }, priority: -3,
                  stopAfterFailures: 0, again: true,
                  random: { trials: 9, seed: 7, width: { from: 0.1, to: 1, scale: 'log' } },
                  halving: { factor: 4 },
                  then: [{ kind: 'heatmap', stride: 2 }, { kind: 'evaluate', scrambleSeed: [2, 3] }],
                },
                { name: 'an-image', base, then: [{ kind: 'heatmap', stride: [2, 8], image: 'test/a.png', mode: 'report' }] },
              ];
              const definitions = [...presets.map(({ definition }) => definition), ...awkward];
              return definitions.filter((definition) => {
                const entries = entriesOf(settings, definition);
                return !entries || !same(definitionOf(settings, entries), definition);
              });
            }
            """);
    assertThat(others).isEqualTo(List.of());
  }

  @Test
  void theSweepFormOffersNothingThatItCannotSay() {
    page.navigate(DASHBOARD.address());
    Object offered =
        page.evaluate(
            """
            async () => {
              const { entriesOf, settingsOf } = await import('/js/sweep/sweep-definition.js');
              const { experiments } = await (await fetch('/api/v1/experiments')).json();
              const settings = settingsOf(experiments);
              const base = { dataset: 'controlled-15', architecture: 'bagnet9' };
              return [
                { name: 'number-for-a-name', base: { ...base, dataset: 15 } },
                { name: 'two-heatmaps', base, then: [{ kind: 'heatmap' }, { kind: 'heatmap', stride: 2 }] },
                { name: 'unknown', base, then: [{ kind: 'heatmap', colour: 'red' }] },
                { name: 'unheard-of', base, then: [{ kind: 'guess' }] },
                { name: 'values', base, random: { trials: 3, width: { values: [1, 2] } } },
              ].map((definition) => entriesOf(settings, definition)).filter(Boolean);
            }
            """);
    assertThat(offered).isEqualTo(List.of());
  }

  @Test
  void aSettingThatIsGivenTwiceIsRefused() {
    page.navigate(DASHBOARD.address());
    Object errors =
        page.evaluate(
            """
            async () => {
              const { blank, check, settingsOf } = await import('/js/sweep/sweep-definition.js');
              const { experiments } = await (await fetch('/api/v1/experiments')).json();
              const settings = settingsOf(experiments);
              const wrong = (changes, text = {}) => {
                const entries = { ...blank(settings, 'controlled-15'), architectures: ['bagnet9'], ...changes };
                Object.assign(entries.text, { name: 'n' }, text);
                return Object.keys(check(settings, entries)).join();
              };
              const row = (name, values) => ({ name, values });
              const range = (name) => ({ name, from: '1', to: '2', log: false });
              return [
                wrong({}),
                wrong({ settings: [row('seed', '7')] }, { seed: '1, 2, 3' }),
                wrong({ settings: [row('seed', '7')] }, { seed: '' }),
                wrong({ settings: [row('weights', 'a'), row('weights', 'b')] }),
                wrong({ settings: [row('architecture', 'bagnet17')] }),
                wrong({ settings: [row('dataset', 'a, b')] }),
                wrong({ settings: [row('dataset', 'a, b')] }, { dataset: '' }),
                wrong({}, { dataset: '' }),
                wrong({ random: true, ranges: [range('epochs')] }, { epochs: '1' }),
                wrong({ random: true, ranges: [range('epochs')], settings: [row('epochs', '1')] }),
                wrong({ random: true, ranges: [range('epochs'), range('epochs')] }),
                wrong({ ranges: [range('epochs')] }, { epochs: '1' }),
              ];
            }
            """);
    assertThat(errors)
        .isEqualTo(
            List.of(
                "",
                "setting-0",
                "",
                "setting-1",
                "setting-0",
                "setting-0",
                "",
                "dataset",
                "range-0",
                "range-0",
                "range-1",
                ""));
  }

  @Test
  void aProblemOfASweepIsShownAtItsField() {
    page.navigate(DASHBOARD.address());
    Object fields =
        page.evaluate(
            """
            async () => {
              const { blank, fieldOf, settingsOf } = await import('/js/sweep/sweep-definition.js');
              const { experiments } = await (await fetch('/api/v1/experiments')).json();
              const settings = settingsOf(experiments);
              const entries = {
                ...blank(settings),
                then: ['heatmap'],
                random: true,
                ranges: [{ name: 'width', from: '', to: '', log: false }],
                settings: [{ name: 'weights', values: '' }],
              };
              return ['name', 'grid.seed', 'base.epochs', 'random.seed', 'random.trials', 'random.width',
                'base.weights', 'halving', 'then.stride', 'kind'].map((field) => fieldOf(field, entries) ?? '');
            }
            """);
    assertThat(fields)
        .isEqualTo(
            List.of(
                "name",
                "seed",
                "epochs",
                "random.seed",
                "random.trials",
                "range-0",
                "setting-0",
                "halving.firstEpochs",
                "then.heatmap.stride",
                ""));
  }

  @Test
  void oneFailureAmongThousandsIsSeen() {
    page.navigate(DASHBOARD.address());
    Object bar =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { sweepBar } = await import('/js/sweep/sweep-bar.js');
              const root = document.createElement('div');
              render(sweepBar({ SUCCEEDED: 9998, FAILED: 1, QUEUED: 1 }), root);
              const number = (rect, name) => Number(rect.getAttribute(name));
              const ends = [];
              for (const rect of root.querySelectorAll('rect[data-state]')) {
                ends.push([number(rect, 'x'), number(rect, 'x') + number(rect, 'width')]);
              }
              const wide = ends.every(([from, to]) => to - from > 4);
              const apart = ends.every(([, to], i) => i + 1 === ends.length || to < ends[i + 1][0]);
              return [ends.length, wide, apart, Math.round(ends.at(-1)[1])];
            }
            """);
    assertThat(bar).isEqualTo(List.of(3, true, true, 1000));
  }

  /** Words may be said differently at any time: what the page does depends on codes. */
  @Test
  void whatIsSaidInWordsDecidesNothing() {
    page.navigate(DASHBOARD.address());
    Object shown =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { pauseAdvice, reasonWords } = await import('/js/job/words.js');
              const { deviceList } = await import('/js/device/device-list.js');
              const root = document.createElement('div');
              const gpu = (more) => ({ name: 'GPU', slots: 0, busy: 0, threads: 0, refusal: 'broken', ...more });
              const refusals = (device) => {
                render(deviceList([{ name: 'CPU', slots: 1, busy: 0, threads: 1, fallback: 'broken' }, device]), root);
                return root.querySelectorAll('[data-testid=device-refusal]').length;
              };
              return [
                pauseAdvice({ reason: 'anders gesagt', causeCode: 'rung-reached' }).includes('rung'),
                pauseAdvice({ reason: 'waits after epoch 3', lastEpoch: 3, causeCode: 'legacy' }).includes('rung'),
                reasonWords({ reason: 'anders gesagt', causeCode: 'paused' }),
                reasonWords({ reason: 'paused', causeCode: 'paused-after-run' }),
                refusals(gpu({})),
                refusals(gpu({ inFallback: true })),
              ];
            }
            """);
    assertThat(shown).isEqualTo(List.of(true, false, "", "paused", 1, 0));
  }

  /** A network that learnt little gives the same logit everywhere: that is no missing picture. */
  @Test
  void aMapOfTheReportsModeSaysItsRange() {
    page.navigate(DASHBOARD.address());
    Object said =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { colorScale } = await import('/js/picture/color-scale.js');
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

  @Test
  void aLossThatDivergedIsNoPoint() {
    page.navigate(DASHBOARD.address());
    Object drawn =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { Chart } = await import('chart.js');
              const { chartOf } = await import('/js/charts/figure.js');
              const { learningCurve } = await import('/js/run/learning-curve.js');
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

  /** An experiment that the dashboard has never heard of. */
  private static final String OCCLUSION =
      """
      const experiment = {
        name: 'occlusion', label: 'Occlusion', summary: 'Cover tiles.', source: { work: 'w', section: 's' },
        subject: {
          kind: 'run', requires: [{ name: 'local', reason: 'does not add up local evidence' }], architectures: ['bagnet9'],
        },
        parameters: {
          type: 'object', required: ['run'],
          properties: {
            run: { type: 'integer', format: 'run', title: 'Training run', description: 'The network.' },
            order: {
              type: 'string', title: 'Order', description: 'Which tiles come first.', otherwise: 'low',
              oneOf: [{ const: 'low', title: 'low first' }, { const: 'high', title: 'high first' }],
            },
            tiles: { type: 'integer', title: 'Tiles', description: 'Covered at most.', unit: 'tiles', otherwise: 'depends' },
            seed: { type: 'integer', format: 'seed', title: 'Seed', description: 'Of the tiles.', otherwise: '1' },
          },
        },
        outputs: [
          { name: 'drop', label: 'Drop', kind: 'scalar', metric: 'drop', unit: 'share', better: 'neither', countsImages: false,
            axes: [{ name: 'grid', label: 'Grid', unit: 'px' }] },
          { name: 'decline', label: 'Decline', kind: 'curve', metric: 'drop', unit: 'share', better: 'neither', countsImages: false,
            axes: [{ name: 'tiles', label: 'Tiles' }] },
          { name: 'pairs', label: 'Pairs', kind: 'matrix', metric: 'interaction', unit: '1', better: 'neither', countsImages: false,
            axes: [{ name: 'one', label: 'One' }, { name: 'other', label: 'Other' }] },
          { name: 'sensitivity', label: 'Sensitivity', kind: 'map', metric: 'drop', unit: '1', better: 'neither', countsImages: false, axes: [] },
        ],
      };
      """;

  @Test
  void anExperimentThatIsAddedLaterHasAForm() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        "async () => {"
            + OCCLUSION
            + """
              const { render } = await import('lit-html');
              const { submitForm } = await import('/js/experiment/submit-form.js');
              const root = document.createElement('div');
              document.body.append(root);
              const run = (id, architecture) => ({ id, title: architecture, spec: { kind: 'train', architecture } });
              window.sent = [];
              const api = {
                experiments: async () => ({ experiments: [experiment] }),
                datasets: async () => ({ datasets: [], damaged: [] }),
                weights: async () => ({ weights: [], damaged: [] }),
                jobs: async () => ({ jobs: [run(7, 'resnet50'), run(8, 'bagnet9')] }),
                check: async (name, said) => ({
                  values: { order: 'low', tiles: said.order === 'high' ? 3 : 4, seed: 1, ...said },
                  problems: [
                    ...(said.run ? [] : [{ field: 'run', detail: 'run is missing' }]),
                    ...(said.tiles === 0 ? [{ field: 'tiles', detail: 'tiles must be at least 1' }] : []),
                  ],
                }),
                submit: async (request) => ({ id: window.sent.push(request) }),
              };
              const page = { draw: () => form && render(form.template(), root), submitted() {} };
              let form;
              form = submitForm(api, new URLSearchParams(), page);
              page.draw();
            }
            """);
    assertThat(page.getByTestId("kind-occlusion")).isChecked();
    Locator tiles = page.getByTestId("field-tiles");
    assertThat(tiles).hasValue("4");
    page.getByTestId("field-order").selectOption("high");
    assertThat(tiles).hasValue("3");
    tiles.fill("0");
    assertThat(page.getByTestId("error-tiles")).hasText("tiles must be at least 1");
    assertThat(page.getByTestId("error-run")).hasCount(0);
    tiles.fill("5");
    assertThat(page.getByTestId("error-tiles")).hasCount(0);
    page.getByTestId("submit").click();
    assertThat(page.getByTestId("error-run")).hasText("run is missing");
    Locator run = page.getByTestId("field-run");
    assertThat(run.locator("option[value='7']")).isDisabled();
    assertThat(run.locator("option[value='7']"))
        .hasText("#7 resnet50: does not add up local evidence");
    run.selectOption("8");
    page.getByTestId("field-seed").fill("1, 3-4");
    assertThat(page.getByTestId("submit")).hasText("Queue 3 jobs");
    page.getByTestId("submit").click();
    assertThat(page.getByTestId("submitted")).containsText("#3");
    assertThat(page.evaluate("() => sent.map((request) => JSON.stringify(request))"))
        .isEqualTo(
            Stream.of(1, 3, 4)
                .map(
                    seed ->
                        """
                        {"kind":"occlusion","run":8,"order":"high","tiles":5,"seed":%d}"""
                            .formatted(seed))
                .toList());
  }

  @Test
  void onlyTheNewestAnswerFillsTheFormIn() {
    page.navigate(DASHBOARD.address());
    Object shown =
        page.evaluate(
            "async () => {"
                + OCCLUSION
                + """
                  const { render } = await import('lit-html');
                  const { experimentForm } = await import('/js/experiment/experiment-form.js');
                  const root = document.createElement('div');
                  const answers = [];
                  const api = { check: () => new Promise((answer, refuse) => answers.push({ answer, refuse })) };
                  const choices = { datasets: [], damaged: [], weights: [], runs: [] };
                  const form = experimentForm(api, experiment, { choices, draw() {} });
                  const tiles = async () => {
                    await new Promise((next) => setTimeout(next));
                    render(form.template({}), root);
                    return root.querySelector('[data-testid=field-tiles]').value;
                  };
                  form.chosen();
                  const shown = [];
                  answers[1].answer({ values: { tiles: 2 }, problems: [] });
                  shown.push(await tiles());
                  answers[0].answer({ values: { tiles: 1 }, problems: [] });
                  shown.push(await tiles());
                  form.chosen();
                  answers[2].refuse(new Error('the server is away'));
                  shown.push(await tiles());
                  return shown;
                }
                """);
    assertThat(shown).isEqualTo(List.of("2", "2", "2"));
  }

  @Test
  void anyOutputOfAnyExperimentIsShown() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        "async () => {"
            + OCCLUSION
            + """
              const { render } = await import('lit-html');
              const { mapValues } = await import('/js/picture/map-values.js');
              const { runOutputs } = await import('/js/run/run-outputs.js');
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

  /** Fifteen classes with two maps each: a strip of them could not be read. */
  @Test
  void theMapsOfManyClassesStandInPairsWithTheirScale() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('lit-html');
          const { runPictures } = await import('/js/run/run-pictures.js');
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
          const { render } = await import('lit-html');
          const { runPictures } = await import('/js/run/run-pictures.js');
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
          const { render } = await import('lit-html');
          const { runOutputs } = await import('/js/run/run-outputs.js');
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
  void classesAreShownBySetWithTheirConfusion() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('lit-html');
          const { classRecalls } = await import('/js/run/class-recalls.js');
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
    page.getByTestId("class-set-scrambled").check(new Locator.CheckOptions().setForce(true));
    assertThat(page.getByTestId("recalls-scrambled")).isVisible();
    assertThat(page.getByTestId("confusion-test")).hasCount(0);
  }

  @Test
  void severalScramblingsHaveARangeAndNoInterval() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/scrambling/scrambling-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const row = (architecture, more) => ({
            architecture, label: architecture, dataset: 'd', imageSize: 64, width: 1, regime: 'from scratch', runs: [1],
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
  void anAccuracySaysOfWhatItsIntervalIsAndWhetherItsRunsConverged() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/scrambling/scrambling-page.js');
          const one = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson', notConverged: 1 };
          const two = { mean: 0.6, values: [0.5, 0.7], sd: 0.14, n: 2, images: 100 };
          const three = { mean: 0.6, values: [0.5, 0.6, 0.7], sd: 0.1, low: 0.35, high: 0.85, n: 3, images: 100,
            interval: 'seeds-and-images', notConverged: 2 };
          const row = (architecture, test) => ({
            architecture, label: architecture, dataset: 'd', imageSize: 64, width: 1, regime: 'from scratch', runs: [1],
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
    assertThat(one.getByTestId("not-converged")).hasText("not converged");
    Locator two = page.locator("tr[data-architecture=two]");
    assertThat(two.locator(".range").first()).hasText("50.0 and 70.0");
    assertThat(two.getByTestId("not-converged")).hasCount(0);
    Locator three = page.locator("tr[data-architecture=three]");
    assertThat(three.locator(".range").first()).hasText("35.0–85.0");
    assertThat(three.getByTestId("not-converged")).hasText("2 of 3 not converged");
  }

  @Test
  void aCurveHasAPointForEachTileSizeAndSaysHowManyPatchesCrossNoSeam() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/scrambling/scrambling-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const point = (grid, withinTile) => ({ grid, tile: 64 / grid, accuracy: measured, agreement: 0.7, permutations: 3, withinTile });
          const curves = [
            { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, points: [point(2, 0.6), point(4, 0.33)] },
            { architecture: 'resnet50', label: 'ResNet-50', points: [point(2)] },
          ].map((curve) => ({ ...curve, dataset: 'd', imageSize: 64, width: 1, regime: 'from scratch', runs: [1], whole: measured,
            classes: [{ name: 'Suburb', whole: 0.9, byGrid: { 2: 0.8, 4: 0.25 } }] }));
          const scrambling = async () => ({ datasets: [{ dataset: 'd', chance: 0.1, publishedApplies: false }], rows: [], published: [], curves, examples: [] });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { scrambling }, live: { subscribe: () => () => {} } });
          const { scramblingCurveFigure } = await import('/js/scrambling/scrambling-curve-chart.js');
          const { drawnFigure } = await import('/js/charts/figure-svg.js');
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
  void accuracyIsShownOverTrainingImagesOrSparsity() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('lit-html');
          const { accuracyCurvesPanel } = await import('/js/accuracy-curve/accuracy-curves-panel.js');
          const test = (mean) => ({ mean, values: [mean], low: mean - 0.1, high: mean + 0.1, n: 1, images: 100, interval: 'wilson' });
          const curve = { architecture: 'bagnet9', label: 'BagNet-9', receptiveField: 9, dataset: 'd', imageSize: 64, width: 1,
            regime: 'from scratch', recipe: 'quick', epochs: 6,
            points: [{ at: 150, limit: 10, runs: [1], test: test(0.3) }, { at: 1200, runs: [2], test: test(0.7) }] };
          const sparse = { ...curve, points: [{ at: 0, runs: [3], test: test(0.7) }, { at: 0.1, runs: [4], test: test(0.6), sparseness: { mean: 0.81234, values: [0.81234], n: 1, images: 100 } }] };
          const curves = { d: [curve], none: [] };
          const accuracyCurves = async (view, { dataset }) => ({ datasets: [{ dataset, chance: 0.1, publishedApplies: false }],
            curves: view === 'sparsity-curves' && dataset === 'd' ? [sparse] : curves[dataset] });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          const panel = accuracyCurvesPanel({ accuracyCurves }, new URLSearchParams(), () => render(panel.template(), root));
          panel.show('d');
          window.panel = panel;
        }
        """);
    Locator rows = page.locator("#page-under-test [data-testid=learning-curves-table] tbody tr");
    assertThat(rows).hasCount(2);
    assertThat(rows.nth(0)).containsText("64 px, width 1, 6 epochs");
    assertThat(rows.nth(0)).containsText("150");
    assertThat(rows.nth(1)).containsText("1,200");
    assertThat(rows.nth(1)).containsText("all");
    assertThat(page.getByTestId("learning-curves-chart"))
        .hasAttribute(
            "aria-label", Pattern.compile(".*BagNet-9: 150 images 30.0 %, 1,200 images 70.0 %"));
    Locator panel = page.locator("#page-under-test");
    panel.getByTestId("over-sparsity").check(new Locator.CheckOptions().setForce(true));
    assertThat(page).hasURL(Pattern.compile("over=sparsity$"));
    Locator sparse = panel.getByTestId("sparsity-curves-table").locator("tbody tr");
    assertThat(sparse).hasCount(2);
    assertThat(sparse.nth(0)).containsText("not measured");
    assertThat(sparse.nth(1)).containsText("0.8123");
    assertThat(panel.getByTestId("sparsity-curves-chart"))
        .hasAttribute(
            "aria-label", Pattern.compile(".*BagNet-9: factor 0 70.0 %, factor 0.1 60.0 %"));
    page.evaluate("() => window.panel.show('none')");
    assertThat(panel).containsText("No BagNet has been trained with different factors");
    panel.getByTestId("over-trainImages").check(new Locator.CheckOptions().setForce(true));
    assertThat(panel)
        .containsText("No network has been trained on training sets of different sizes");
  }

  @Test
  void aNetworkIsComparedWithTheOthersAndTheSignFollowsTheReference() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('lit-html');
          const { differencesPanel } = await import('/js/difference/differences-panel.js');
          const network = (architecture, label) => ({ architecture, label, runs: [1], mean: 0.5 });
          const pair = (first, second, difference) => ({ first, second, difference, bySeed: [difference, difference, difference], images: 100,
            low: difference - 0.05, high: difference + 0.05, p: 0.01, adjusted: 0.02, seeds: [], sentence: `${first} and ${second}` });
          const differences = async (filter) => ({ dataset: filter.dataset, datasets: ['d'], measure: filter.measure, settings: [],
            networks: [network('a', 'A'), network('b', 'B'), network('c', 'C')],
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
    assertThat(page.getByTestId("difference-sentences")).containsText("Corrected p = 0.020");
  }

  @Test
  void aClaimHasItsVerdictItsNumbersAndWhatIsMissing() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/claim/claims-page.js');
          const difference = { difference: 0.1, bySeed: [0.1], images: 100 };
          const setting = { run: 1, networks: 2, dataset: 'd', imageSize: 64, width: 1, regime: 'from scratch', recipe: 'quick', epochs: 6, batchSize: 16, learningRate: 0.004 };
          const claims = async () => ({ dataset: 'd', datasets: ['d'], settings: [setting], setting, claims: [
            { id: 'one', claim: 'It grows.', verdict: 'supported', evidence: '', needed: 'all', missing: [], runs: [1, 2],
              predictions: [{ statement: 's', difference, adjusted: 0.0001, sentence: 'B is 10.0 points above A.' }],
              truth: { verdict: 'supported', reason: 'By construction.' } },
            { id: 'two', claim: 'It is best.', verdict: 'undecided', evidence: '', needed: 'all', missing: ['C with 3 seeds'], runs: [], predictions: [] },
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
    assertThat(one).containsText("B is 10.0 points above A. corrected p < 0.001");
    assertThat(one).containsText("By construction.");
    Locator two = page.getByTestId("claim-two");
    assertThat(two.locator(".verdict")).hasText("Not decided");
    assertThat(two).containsText("To decide it, run: C with 3 seeds.");
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
          const { open } = await import('/js/receptive-field/receptive-fields-page.js');
          const measured = { mean: 0.4, values: [0.4], low: 0.37, high: 0.43, n: 1, images: 1200, interval: 'wilson' };
          const row = (architecture, dataset, more) => ({
            architecture, label: architecture, dataset, imageSize: 64, width: 1, regime: 'from scratch', test: measured, ...more,
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
  void scrambledImagesAreOfTheChosenDataSet() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/scrambling/scrambling-page.js');
          const measured = { mean: 0.5, values: [0.5], low: 0.4, high: 0.6, n: 1, images: 100, interval: 'wilson' };
          const of = (dataset) => ({ architecture: 'bagnet9', label: 'BagNet-9', dataset, imageSize: 64, regime: 'from scratch' });
          const rows = ['one', 'other'].map((dataset) => ({ ...of(dataset), width: 1, runs: [1], test: measured, scrambled: measured }));
          const examples = ['one', 'other'].map((dataset, i) => ({ ...of(dataset), run: i, image: `test/${dataset}/1.png`, class: dataset, facts: {} }));
          const scrambling = async () => ({ datasets: ['one', 'other'].map((dataset) => ({ dataset, publishedApplies: false })), rows, published: [], curves: [], examples });
          const root = document.createElement('div');
          root.id = 'page-under-test';
          document.body.append(root);
          open(root, { query: new URLSearchParams() }, { api: { scrambling }, live: { subscribe: () => () => {} } });
        }
        """);
    Locator shown = page.locator("#page-under-test article.example h3");
    assertThat(shown).hasText(Pattern.compile("^one.*"));
    page.getByTestId("scrambling-dataset").selectOption("other");
    assertThat(shown).hasText(Pattern.compile("^other.*"));
  }

  /** What somebody enters after choosing a preset must not be replaced when the choices arrive. */
  @Test
  void aPresetIsFilledInAtOnceWhileTheChoicesAreReadAgain() {
    page.navigate(DASHBOARD.address());
    Object filled =
        page.evaluate(
            """
            async () => {
              const { api } = await import('/js/api/client.js');
              const { sweepForm } = await import('/js/sweep/sweep-form.js');
              let reads = 0;
              let filled;
              const presets = () => (++reads > 1 ? new Promise(() => {}) : api.presets());
              const form = sweepForm(
                { ...api, presets },
                { draw() {}, started: (name) => { filled = name; }, submitted() {} });
              await form.start('demo');
              form.loadChoices();
              form.start('table-1');
              return filled;
            }
            """);
    assertThat(filled).isEqualTo("table-1");
  }

  @Test
  void effectiveFieldsAreShownBesideTheTheoreticalOnesOverSeeds() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { render } = await import('lit-html');
          const { effectiveFields } = await import('/js/receptive-field/effective-fields.js');
          window.show = (rows) => render(effectiveFields(rows), document.body);
          const row = (label, imageSize, sides, receptiveField) => ({
            architecture: label, label, receptiveField, dataset: 'one', imageSize, width: 1, regime: 'from scratch',
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

  @Test
  void smallValuesOfAMapAreWrittenWithTheirDigits() {
    page.navigate(DASHBOARD.address());
    Object written =
        page.evaluate(
            """
            async () => {
              const { fine } = await import('/js/app/format.js');
              return [0, 1.234, -0.5, 0.00471, -0.0002].map(fine);
            }
            """);
    assertThat(written).isEqualTo(List.of("0.00", "1.23", "−0.50", "0.0047", "−0.0002"));
  }
}
