package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's modules, each by itself, in the browser that they are written for. */
@Timeout(120)
class DashboardModulesEndToEndTests {

  @TempDir private static Path data = Path.of("");
  private static Application.Running server;
  private static Chromium browser;

  private Page page;

  @BeforeAll
  static void start() throws Exception {
    server = new Application(data).serve();
    browser = new Chromium();
  }

  @AfterAll
  static void stop() throws Exception {
    browser.close();
    server.process().destroy();
    server.process().waitFor();
  }

  @BeforeEach
  void open() {
    page = browser.newPage();
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void aSteadyStreamOfEventsIsActedOnWhileItLasts() {
    page.clock().install();
    page.navigate(server.address());
    page.evaluate(
        """
        async () => {
          const { throttled } = await import('/js/view.js');
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
    page.navigate(server.address());
    for (int second = 0; second < 60; second++) {
      page.clock().runFor(1000);
      // Until this is answered, what was asked before is refused.
      page.evaluate("() => fetch('/api/v1/health/live')");
    }
    assertThat(asked.get()).isBetween(3, 15);
  }

  @Test
  void everyAnswerCountsUnlessTheQuestionChanged() {
    page.navigate(server.address());
    Object seen =
        page.evaluate(
            """
            async () => {
              const { loader } = await import('/js/view.js');
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
    page.navigate(server.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/views/sweep.js');
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
          const api = { sweep: () => new Promise((resolve) => reads.push(resolve)) };
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
    page.navigate(server.address());
    Object sent =
        page.evaluate(
            """
            async () => {
              const { sending } = await import('/js/parts/sending.js');
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
    page.navigate(server.address());
    Object others =
        page.evaluate(
            """
            async () => {
              const { definitionOf, entriesOf, same } = await import('/js/sweep-definition.js');
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
              ];
              const definitions = [...presets.map(({ definition }) => definition), ...awkward];
              return definitions.filter((definition) => {
                const entries = entriesOf(definition);
                return !entries || !same(definitionOf(entries), definition);
              });
            }
            """);
    assertThat(others).isEqualTo(List.of());
  }

  @Test
  void theSweepFormOffersNothingThatItCannotSay() {
    page.navigate(server.address());
    Object offered =
        page.evaluate(
            """
            async () => {
              const { entriesOf } = await import('/js/sweep-definition.js');
              const base = { dataset: 'controlled-15', architecture: 'bagnet9' };
              return [
                { name: 'number-for-a-name', base: { ...base, dataset: 15 } },
                { name: 'two-heatmaps', base, then: [{ kind: 'heatmap' }, { kind: 'heatmap', stride: 2 }] },
                { name: 'an-image', base, then: [{ kind: 'heatmap', stride: 2, image: 'test/a.png' }] },
                { name: 'values', base, random: { trials: 3, width: { values: [1, 2] } } },
              ].map(entriesOf).filter(Boolean);
            }
            """);
    assertThat(offered).isEqualTo(List.of());
  }

  @Test
  void aSettingThatIsGivenTwiceIsRefused() {
    page.navigate(server.address());
    Object errors =
        page.evaluate(
            """
            async () => {
              const { blank, check } = await import('/js/sweep-definition.js');
              const wrong = (changes, text = {}) => {
                const entries = { ...blank(), architectures: ['bagnet9'], ...changes };
                Object.assign(entries.text, { name: 'n' }, text);
                return Object.keys(check(entries)).join();
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
    page.navigate(server.address());
    Object fields =
        page.evaluate(
            """
            async () => {
              const { blank, fieldOf } = await import('/js/sweep-definition.js');
              const entries = {
                ...blank(),
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
                "then.stride",
                ""));
  }

  @Test
  void oneFailureAmongThousandsIsSeen() {
    page.navigate(server.address());
    Object bar =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { sweepBar } = await import('/js/parts/sweep-bar.js');
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
    page.navigate(server.address());
    Object shown =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { pauseAdvice, reasonWords } = await import('/js/words.js');
              const { deviceList } = await import('/js/parts/device-list.js');
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

  @Test
  void aLossThatDivergedIsNoPoint() {
    page.navigate(server.address());
    Object drawn =
        page.evaluate(
            """
            async () => {
              const { render } = await import('lit-html');
              const { Chart } = await import('chart.js');
              const { learningCurve } = await import('/js/charts/learning-curve.js');
              const epoch = (epoch, loss) => ({
                epoch, learningRate: 1, trainLoss: loss, trainAccuracy: 0.5, validationLoss: loss,
                validationAccuracy: 0.5, best: epoch === 1, seconds: 1,
              });
              const root = document.createElement('div');
              document.body.append(root);
              render(learningCurve([epoch(1, 2), epoch(2, null)], 2, 'loss'), root);
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
}
