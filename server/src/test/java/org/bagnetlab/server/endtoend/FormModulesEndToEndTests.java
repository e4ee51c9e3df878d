package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people fill in: forms of jobs and sweeps, each module by itself, in a browser. */
@Timeout(120)
class FormModulesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
    SourceModules.route(page);
  }

  @Test
  void aFormIsSentOnceHoweverOftenItIsSubmitted() {
    page.navigate(DASHBOARD.address());
    Object sent =
        page.evaluate(
            """
            async () => {
              const { sending } = await import('/modules/controls/sending.js');
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
              const { definitionOf, entriesOf, same, settingsOf } = await import('/modules/sweep/sweep-definition.js');
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
              const { entriesOf, settingsOf } = await import('/modules/sweep/sweep-definition.js');
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
              const { blank, rowErrors, settingsOf } = await import('/modules/sweep/sweep-definition.js');
              const { experiments } = await (await fetch('/api/v1/experiments')).json();
              const settings = settingsOf(experiments);
              const wrong = (changes, text = {}) => {
                const entries = { ...blank(settings, 'controlled-15'), architectures: ['bagnet9'], ...changes };
                Object.assign(entries.text, { name: 'n' }, text);
                return Object.keys(rowErrors(settings, entries)).join();
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
              const { blank, fieldOf, settingsOf } = await import('/modules/sweep/sweep-definition.js');
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

  /** An experiment that the dashboard has never heard of. */
  static final String OCCLUSION =
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
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { submitForm } = await import('/modules/experiment/submit-form.js');
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
    run.click();
    Locator unsuitable = page.locator("[role=option][data-value='7']");
    assertThat(unsuitable).hasAttribute("aria-disabled", "true");
    assertThat(unsuitable).hasText("#7 resnet50: does not add up local evidence");
    ServedDashboard.pick(run, "#8");
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
                        {"kind":"occlusion","run":8,"order":"high","tiles":5,"seed":%d}\
                        """
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
                  const { render } = await import('/modules/lit-html/lit-html.js');
                  const { experimentForm } = await import('/modules/experiment/experiment-form.js');
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

  /** What somebody enters after choosing a preset must not be replaced when the choices arrive. */
  @Test
  void aPresetIsFilledInAtOnceWhileTheChoicesAreReadAgain() {
    page.navigate(DASHBOARD.address());
    Object filled =
        page.evaluate(
            """
            async () => {
              const { api } = await import('/modules/api/client.js');
              const { sweepForm } = await import('/modules/sweep/sweep-form.js');
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
  void aLongListIsSearchedWithTheKeyboard() {
    page.navigate(DASHBOARD.address() + "#/storage");
    page.evaluate(
        """
        async () => {
          const { html, render } = await import('/modules/lit-html/lit-html.js');
          const { inlineCombobox } = await import('/modules/controls/combobox.js');
          const root = document.createElement('div');
          document.querySelector('main').replaceChildren(root);
          let value = '12';
          const options = Array.from({ length: 90 }, (_, i) => ({
            value: String(i + 1), label: `#${i + 1} BagNet-${[9, 17, 33][i % 3]}, seed ${i % 5}`, group: i < 45 ? 'old' : 'new', disabled: i === 0,
          }));
          const draw = () => render(html`<h1>Runs</h1>${inlineCombobox({ id: 'searched', label: 'Run', value, options, change: (next) => { value = next; draw(); } })}`, root);
          draw();
        }
        """);
    Locator run = page.getByTestId("searched");
    Locator options = page.getByRole(AriaRole.OPTION);
    assertThat(run).hasValue("#12 BagNet-33, seed 1");
    assertThat(options).hasCount(0);
    run.focus();
    run.press("ArrowDown");
    assertThat(options).hasCount(90);
    assertThat(run).hasAttribute("aria-activedescendant", "searched-option-11");
    assertThat(page.locator("#searched-option-11")).hasAttribute("aria-selected", "true");
    assertThat(page.locator("#searched-option-11")).isInViewport();
    run.pressSequentially("net-33 SEED #9");
    assertThat(options).hasCount(2);
    run.press("ArrowUp");
    assertThat(run).hasAttribute("aria-activedescendant", "searched-option-1");
    run.press("Escape");
    assertThat(run).hasValue("#12 BagNet-33, seed 1");
    assertThat(options).hasCount(0);
    run.fill("#90");
    run.press("Enter");
    assertThat(run).hasValue("#90 BagNet-33, seed 4");
    run.fill("no such");
    assertThat(page.locator(".combobox-none")).isVisible();
    run.press("Enter");
    run.blur();
    assertThat(run).hasValue("#90 BagNet-33, seed 4");
    // What is not suitable is not chosen.
    ServedDashboard.pick(run, "#1 ");
    run.press("Escape");
    assertThat(run).hasValue("#90 BagNet-33, seed 4");
    run.click();
    options.filter(new Locator.FilterOptions().setHasText("#89")).click();
    assertThat(run).hasValue("#89 BagNet-17, seed 3");
  }
}
