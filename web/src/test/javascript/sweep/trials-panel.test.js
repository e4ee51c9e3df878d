import { render } from 'lit-html';
import { all, becomes, browser, contains, count, equal, events, has, only, partial, root, texts } from '../testing.js';
import { Chart } from '../charts/library.js';
import { palette } from '../charts/palette.js';
import { textOf } from '../controls/table-content.js';
import { trialsPanel } from './trials-panel.js';

const at = (minute) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`;
const trial = (job, outcome, accuracy, settings, more = {}) => ({
  job, dataset: 'scenes', architecture: 'bagnet9', label: 'BagNet-9', outcome, settings, epochs: accuracy === undefined ? 0 : 3, seconds: 60, until: at(job),
  ...(accuracy === undefined ? {} : { accuracy }), ...(outcome === 'finished' || outcome === 'pruned' ? { compared: accuracy } : {}), ...more,
});
const SETTINGS = [{ name: 'seed', label: 'Seed', number: true, choices: [] }, { name: 'learningRate', label: 'Learning rate', number: true, choices: [] }];
const TRIALS = [
  trial(1, 'finished', 0.5, { seed: 1, learningRate: 0.001 }),
  trial(2, 'finished', 0.7, { seed: 2, learningRate: 0.001 }),
  trial(3, 'finished', 0.9, { seed: 1, learningRate: 0.01 }),
  trial(4, 'pruned', 0.3, { seed: 1, learningRate: 0.1 }),
  trial(5, 'diverged', 0.95, { seed: 2, learningRate: 1 }),
  trial(6, 'failed', undefined, { seed: 2, learningRate: 1 }),
  trial(7, 'waiting', undefined, { seed: 2, learningRate: 0.01 }),
];

/** @param {object} found @param {Record<string, string>} query */
async function shown(found, query = {}, live = events()) {
  history.replaceState(null, '', `#/sweeps/rates?${new URLSearchParams(query)}`);
  let panel;
  const draw = () => panel && render(panel.template(), root);
  panel = trialsPanel(
    partial({ api: { sweepTrials: async () => ({ startedAt: at(0), settings: SETTINGS, trials: TRIALS, best: [3], bestSettings: [], curves: [], ...found }) }, live }),
    new URLSearchParams(query), { draw, onClose() {} }, 'rates', () => true, (name) => ({ dropout: true, warmup: false })[name],
  );
  draw();
  return panel;
}

const chart = (id) => Chart.getChart(/** @type {HTMLCanvasElement} */ (only(`@${id}`)));

export async function eachKindOfTrialHasItsSymbol() {
  await shown({});
  await has('@trial-scatter', 'aria-label', 'Validation accuracy over learning rate. 6 trials: 1 best, 2 finished, 1 pruned, 1 diverged, 1 failed. The best: #3 with 90.0 %.');
  await contains('.legend', 'pruned (1)');
  await contains('.legend', 'diverged (1)');
  await becomes(() => chart('trial-scatter')?.scales.x.type, 'logarithmic');
  // One label for each value that was tried.
  await becomes(() => chart('trial-scatter')?.scales.x.ticks.map(({ label }) => label), ['0.001', '0.01', '0.1', '1']);
}

/** Values that differ by more than a factor of ten, and those that the sweep samples on a logarithmic scale, crowd at one end of a linear axis. */
export async function ratesAndWhatIsSampledSoAreOnALogarithmicAxis() {
  const over = async (name, values) => {
    await shown({ settings: [{ name, label: name, number: true, choices: [] }], trials: values.map((value, i) => trial(i + 1, 'finished', 0.5, { [name]: value })) });
    await becomes(() => chart('trial-scatter')?.data.datasets.flatMap(({ data }) => data).length, 3);
    await contains('.legend', 'finished (2)');
    return chart('trial-scatter')?.scales.x.type;
  };
  equal(await over('learningRate', [0.001, 0.003, 0.012]), 'logarithmic');
  await browser.click('@trial-scatter-log-horizontal');
  await becomes(() => chart('trial-scatter')?.scales.x.type, 'linear');
  equal(await over('width', [0.25, 0.5, 0.75]), 'linear');
  equal(await over('batchSize', [8, 32, 64]), 'logarithmic');
  equal(await over('dropout', [0.1, 0.2, 0.5]), 'logarithmic');
  await count('@trial-scatter-log-horizontal', 1);
  equal(await over('sparsity', [0, 1, 100]), 'linear');
  // What is sampled evenly crowds at one end of a logarithmic axis.
  equal(await over('warmup', [0.01, 0.3, 0.5]), 'linear');
}

/** The same scale as in the plot over a setting. */
export async function whatIsSampledSoIsOnALogarithmicAxisAmongAllSettings() {
  const setting = (name) => ({ name, label: name, number: true, choices: [] });
  const trials = [0.1, 0.2, 0.5].map((dropout, i) => trial(i + 1, 'finished', 0.5, { dropout, width: dropout }));
  await shown({ settings: [setting('dropout'), setting('width')], trials, best: [] }, { plot: 'parallel' });
  await count('@parallel', 1);
  const at = (axis, ...values) => values.map((words) => Number([...all('.parallel-axis')[axis].querySelectorAll('text')].find(({ textContent }) => textContent === words)?.getAttribute('y')));
  const ratio = (/** @type {number[]} */ [low, middle, high]) => Math.round((100 * (middle - low)) / (high - low));
  equal([ratio(at(0, '0.1', '0.2', '0.5')), ratio(at(1, '0.1', '0.2', '0.5'))], [43, 25]);
}

/** Not over the first of the settings, which may say nothing. */
export async function theSettingOverWhichTrialsDifferMostIsPlottedFirst() {
  const setting = (name) => ({ name, label: name, number: true, choices: [] });
  const trials = [0.1, 0.2, 0.3, 0.7, 0.8, 0.9].map((accuracy, i) => trial(i + 1, 'finished', accuracy, { dropout: [0.1, 0.2][i % 2], width: [0.25, 1][Math.floor(i / 3)] }));
  await shown({ settings: [setting('dropout'), setting('width')], trials });
  await has('@trial-scatter', 'aria-label', /^Validation accuracy over width/);
  await shown({ settings: [setting('dropout'), setting('width')], trials }, { over: 'dropout' });
  await has('@trial-scatter', 'aria-label', /^Validation accuracy over dropout/);
  // So few trials say nothing of either setting.
  await shown({ settings: [setting('dropout'), setting('width')], trials: trials.slice(1, 5) });
  await has('@trial-scatter', 'aria-label', /^Validation accuracy over dropout/);
  // Two settings are never the same one.
  await shown({ settings: [setting('dropout'), setting('width')], trials }, { plot: 'grid', against: 'width' });
  await contains('@trial-grid-note', 'The mean validation accuracy of the trials of each cell');
}

/** Who reads a plot does not choose another axis by waiting. */
export async function newTrialsDoNotChangeTheAxis() {
  const setting = (name) => ({ name, label: name, number: true, choices: [] });
  const trials = [0.1, 0.2, 0.3, 0.7, 0.8, 0.9].map((accuracy, i) => trial(i + 1, 'finished', accuracy, { dropout: [0.1, 0.2][i % 2], width: [0.25, 1][Math.floor(i / 3)] }));
  const live = events();
  const found = { settings: [setting('dropout'), setting('width')], trials: trials.slice(0, 3), best: [] };
  await shown(found, {}, live);
  await has('@trial-scatter', 'aria-label', 'Validation accuracy over dropout. 3 trials: 3 finished. None has finished.');
  found.trials = trials;
  live.send('reset', {});
  await has('@trial-scatter', 'aria-label', 'Validation accuracy over dropout. 6 trials: 6 finished. None has finished.');
}

/** Another plot, or one without a point, has no axis that anybody reads. */
export async function theFirstAxisIsChosenWhenThePlotIsSeen() {
  const setting = (name) => ({ name, label: name, number: true, choices: [] });
  const trials = [0.1, 0.2, 0.3, 0.7, 0.8, 0.9].map((accuracy, i) => trial(i + 1, 'finished', accuracy, { dropout: [0.1, 0.2][i % 2], width: [0.25, 1][Math.floor(i / 3)] }));
  const live = events();
  const found = { settings: [setting('dropout'), setting('width')], trials: trials.slice(0, 3), best: [] };
  await shown(found, { plot: 'progress' }, live);
  await count('@best-so-far-1', 1);
  found.trials = trials;
  live.send('reset', {});
  await has('@best-so-far-1', 'aria-label', /after 6 trials/);
  await browser.click('label:has([data-testid=trials-plot-all])');
  await has('@trial-scatter', 'aria-label', /^Validation accuracy over width/);
}

/** Seeds are names: neither rounded, so that two become one, nor with separators. */
export async function seedsAreShownAsTheyWereSet() {
  const trials = [12345671, 12345672].map((seed, i) => trial(i + 1, 'finished', 0.5, { seed, learningRate: [0.001, 0.01][i] }));
  await shown({ trials, best: [] }, { plot: 'grid', over: 'learningRate', against: 'seed' });
  await becomes(() => all('@trial-grid >> tbody tr th').map((head) => head.textContent), ['12345672', '12345671']);
}

export async function whatWentWrongIsNeverTheBestSoFar() {
  await shown({}, { plot: 'progress' });
  await has('@best-so-far-1', 'aria-label', 'Best validation accuracy so far, Over trials. The best accuracy after 5 trials is 90.0 %.');
  await becomes(() => chart('best-so-far-1')?.data.datasets.at(-1)?.data.map((point) => Math.round(partial(point).y)), [50, 70, 90, 90, 90]);
  await becomes(() => chart('best-so-far-2')?.data.datasets.at(-1)?.data.map((point) => partial(point).x), [1, 2, 3, 4, 5]);
}

export async function theBestIsShownWithItsDoubt() {
  const one = (job, mean, low) => ({ job, validation: { mean, values: [mean], low, high: mean + 0.02, n: 1, images: 300, interval: 'wilson' } });
  await shown({ bestSettings: [{ dataset: 'scenes', trials: 3, best: one(3, 0.9, 0.86), next: one(2, 0.88, 0.84) }] });
  await contains('@best-setting', '#3 (learning rate 0.01): validation 90.0 %, 86.0–92.0 (95 % interval over the images of this run only; 1 seed, 300 images). The next setting, #2 (learning rate 0.001), has 88.0 %, which is within that interval');
  await contains('@best-setting', 'The highest of 3 accuracies (2 trials went wrong and do not count) is on average above what its setting reaches with other seeds');
  await shown({ bestSettings: [{ dataset: 'scenes', trials: 3, best: one(3, 0.9, 0.86), next: one(2, 0.7, 0.65) }] });
  await contains('@best-setting', 'has 70.0 %, which is below that interval');
  await shown({ bestSettings: [{ dataset: 'others', trials: 1, best: one(3, 0.9, 0.86) }] });
  await count('@best-setting', 0);
}

/** Otherwise the best trial would seem to win by more than it does. */
export async function plotsSayThatTrialsHadDifferentEpochs() {
  const trials = [...TRIALS.slice(0, 3), ...[1, 2].map((epochs) => trial(10 + epochs, 'pruned', 0.3, { seed: 1, learningRate: 0.1 }, { epochs }))];
  await shown({ trials, afterEpochs: 1 });
  await texts('@trials-epochs', 'Trials that were pruned have the accuracy of the epochs that they got (1 to 2), finished ones that of all (3); “Rungs” compares trials after equal numbers of epochs.');
  await shown({ trials: [...trials, trial(20, 'stopped', 0.4, { seed: 3, learningRate: 1 })] }, { plot: 'parallel' });
  await texts('@trials-epochs', 'Trials that were pruned or stopped have the accuracy of the epochs that they got (1 to 3), finished ones that of all (3).');
  for (const plot of ['grid', 'progress']) {
    await shown({ trials }, { plot });
    await count('@trials-epochs', 0);
  }
  await shown({ trials: TRIALS.slice(0, 3) });
  await count('@trials-epochs', 0);
}

export async function whatAMarkOfAWrongTrialMeansIsSaid() {
  await shown({ trials: [...TRIALS, trial(8, 'chance', 0.1, { seed: 3, learningRate: 2 })] });
  await texts('@trials-troubles', 'Diverged: the loss exploded. At chance: it is not clearly better than guessing, even on its training images. Trials that were pruned or stopped are not judged. How trials are judged');
  await shown({ trials: TRIALS.slice(0, 3) });
  await count('@trials-troubles', 0);
}

export async function aGridHasMeansOnlyWhereThereAreTrials() {
  await shown({}, { plot: 'grid' });
  await becomes(() => all('@trial-grid >> tbody tr').map((row) => [...row.children].map((cell) => cell.textContent)), [
    ['2', '70.0 %', '–', '–'], ['1', '50.0 %', '90.0 %', '30.0 %'],
  ]);
  await count('@save-trial-grid-csv', 1);
  equal(textOf(/** @type {HTMLTableElement} */ (only('@trial-grid'))).split('\n').slice(0, 4).map((line) => line.split('\t')), [
    ['', 'Learning rate', '', ''], ['Seed', '0.001', '0.01', '0.1'], ['2', '70.0 %', '–', '–'], ['1', '50.0 %', '90.0 %', '30.0 %'],
  ]);
  await contains('@trial-grid-note', 'nothing is interpolated');
  await contains('@trial-grid-note', 'Left out, without a result to compare: 1 waiting, 1 diverged, 1 failed.');
}

/** Not bagnet9 before resnet50, as their internal names are in the alphabet. */
export async function networksHaveTheirDisplayNamesInTheOrderOfForms() {
  const choices = [{ value: 'resnet50', title: 'ResNet-50' }, { value: 'bagnet9', title: 'BagNet-9' }, { value: 'bagnet17', title: 'BagNet-17' }];
  const found = {
    settings: [{ name: 'architecture', label: 'Architecture', number: false, choices }, SETTINGS[0]],
    trials: ['bagnet9', 'bagnet17', 'resnet50'].map((architecture, i) => trial(i + 1, 'finished', 0.5, { architecture, seed: i + 1 })),
    best: [1],
  };
  await shown(found);
  await becomes(() => chart('trial-scatter')?.scales.x.ticks.map(({ label }) => label), ['ResNet-50', 'BagNet-9', 'BagNet-17']);
  await shown(found, { plot: 'grid', over: 'seed', against: 'architecture' });
  await becomes(() => all('@trial-grid >> tbody tr th').map((head) => head.textContent), ['ResNet-50', 'BagNet-9', 'BagNet-17']);
  await shown(found, { plot: 'parallel' });
  await becomes(() => all('@parallel >> .parallel-axis text').map((text) => text.textContent).filter((text) => text?.includes('Net-')).toSorted(), ['BagNet-17', 'BagNet-9', 'ResNet-50']);
}

/** Explanations of a form's choices would leave no room for lines. */
export async function choicesAreNamedWithoutTheirExplanation() {
  const choices = [{ value: 'adamw', title: 'adamw: Adam with decoupled weight decay' }, { value: 'sgd', title: 'sgd: SGD with momentum' }];
  await shown({
    settings: [{ name: 'optimiser', label: 'Optimiser', number: false, choices }, SETTINGS[1]],
    trials: ['sgd', 'adamw'].map((optimiser, i) => trial(i + 1, 'finished', 0.5, { optimiser, learningRate: i + 1 })),
    best: [1],
  }, { plot: 'parallel' });
  await becomes(() => [...all('.parallel-axis')[0].querySelectorAll('text')].map((text) => text.textContent).toSorted(), ['Optimiser', 'adamw', 'sgd']);
}

export async function aPlotSaysWhatItNeeds() {
  await shown({ settings: [], trials: [trial(1, 'waiting', undefined, {})], best: [] });
  await contains('@trials-empty', 'do not differ in any setting');
  await shown({ settings: [SETTINGS[0]], best: [] }, { plot: 'grid' });
  await contains('@trials-empty', 'two settings that differ');
  await shown({ settings: [SETTINGS[0]], best: [] }, { plot: 'parallel' });
  await contains('@trials-empty', 'varies 1 setting');
  await shown({ trials: [TRIALS[6]], best: [] }, { plot: 'progress' });
  await contains('@trials-empty', 'once a trial has ended');
}

export async function aPrunedLineEndsAtItsRung() {
  const panel = await shown({ best: [3], curves: [{ job: 3, accuracies: [0.2, 0.5, 0.9] }, { job: 4, accuracies: [0.3] }] });
  await count('@trial-scatter', 1);
  const figure = panel.curves([1]);
  equal(figure?.summary, '2 trials: 1 best, 1 pruned, or stopped for another reason. Rungs after epochs 1.');
}

/** The best trial need not end above the others. */
export async function aLineHasItsPointAtTheEpochThatItsTrialKeeps() {
  const panel = await shown({ best: [3], curves: [{ job: 3, accuracies: [0.9, 0.2, 0.9, 0.6] }, { job: 2, accuracies: [0.3, 0.4, 0.5, 0.7] }] });
  await count('@trial-scatter', 1);
  const datasets = partial(panel.curves([1])?.panels[0].configure(palette())).data.datasets;
  equal(datasets.map(({ label, pointRadius }) => [label, pointRadius]), [['#3', [0, 0, 3, 0]], ['#2', [0, 0, 0, 3]]]);
}

export async function aTrialAppearsOnceItHasCompletedAnEpoch() {
  await browser.installClock();
  const live = events();
  let asked = 0;
  const api = {
    async sweepTrials() {
      asked += 1;
      return { settings: SETTINGS, trials: TRIALS, best: [3], bestSettings: [], curves: [] };
    },
  };
  trialsPanel(partial({ api, live }), new URLSearchParams(), { draw() {}, onClose() {} }, 'rates', (id) => id === 1, () => undefined);
  live.send('metric', { job: 2, epoch: 1 });
  live.send('metric', { job: 1, value: 0.5 });
  await browser.runClock(5000);
  equal(asked, 1);
  live.send('metric', { job: 1, epoch: 1 });
  await browser.runClock(5000);
  await becomes(() => asked, 2);
}

/** Trials end at odd times. */
export async function ticksOfTimeAreRound() {
  const trials = [13, 82].map((second, i) => trial(i + 1, 'finished', 0.5 + i / 10, { seed: i }, { until: new Date(Date.parse(at(0)) + second * 1000 + 267).toISOString() }));
  await shown({ trials, best: [2] }, { plot: 'progress' });
  await becomes(() => chart('best-so-far-2')?.scales.x.ticks.map(({ label }) => label).every((label) => /^\d(\.\d)?$/.test(String(label))), true);
}
