import { render } from 'lit-html';
import { Chart } from '../charts/library.js';
import { csvOf } from '../controls/table-content.js';
import { browser, contains, count, equal, has, lacks, only, partial, root } from '../testing.js';
import { differencesPanel } from './differences-panel.js';

const network = (architecture, label) => ({ architecture, label, runs: [1], permutations: [1], scrambledAgain: false, mean: 0.5 });

export async function aNetworkIsComparedWithTheOthersAndTheSignFollowsTheReference() {
  const pair = (first, second, difference) => ({ first, second, difference, bySeed: [difference, difference, difference], images: 100,
    low: difference - 0.05, high: difference + 0.05, p: 0.01, adjusted: 0.02, seeds: [], sentence: `${first} over ${second}`, reversed: `${second} over ${first}` });
  const differences = async (filter) => ({ dataset: filter.dataset, datasets: ['d'], measure: filter.measure, settings: [],
    leftOut: [], networks: [network('a', 'A'), network('b', 'B'), network('c', 'C')],
    pairs: [pair('a', 'b', 0.1), pair('a', 'c', -0.2), pair('b', 'c', -0.3)] });
  const panel = differencesPanel(partial({ differences }), () => render(panel.template(), root));
  panel.show('d', { troubled: false, trials: false });
  await has('@differences-chart', 'aria-label', /B −10.0 points; C \+20.0 points/);
  await browser.select('@difference-reference', 'c');
  await has('@differences-chart', 'aria-label', /A −20.0 points; B −30.0 points/);
  // The network that is named first is the one that the chart has above or below the reference.
  await contains('@difference-rows tbody tr', 'a over c −20.0 −25.0 to −15.0 3 100 0.020', 'b over c −30.0 −35.0 to −25.0 3 100 0.020');
  await contains('@difference-rows thead', 'Holm-corrected for 3 comparisons');
  // The network with the row of the table has that of the chart, on an axis that includes zero.
  const { data, scales } = partial(Chart.getChart(/** @type {HTMLCanvasElement} */ (only('@differences-chart'))));
  equal(data.datasets[0].data, [{ x: -20, y: 0 }, { x: -30, y: 1 }]);
  equal([scales.x.ticks.some(({ value }) => value === 0), scales.y.ticks.map(({ label }) => label.join(' '))], [true, ['A', 'B']]);
  await browser.select('@difference-reference', 'a');
  await contains('@difference-rows tbody tr', 'b over a', 'c over a');
  await contains('main', 'intervals are not');
  await count('@one-seed', 0);
}

/** With one seed, a p-value is of the images of two runs, which is not what a verdict is over. */
export async function aComparisonOfOneSeedSaysThatItIsOverImages() {
  show(async (filter) => ({
    dataset: filter.dataset, datasets: ['d'], measure: filter.measure, settings: [], leftOut: [], networks: [network('a', 'A'), network('b', 'B')],
    pairs: [{ first: 'a', second: 'b', difference: 0.1, bySeed: [0.1], images: 100, low: 0.05, high: 0.15, p: 0.01, adjusted: 0.01, sentence: 's', reversed: 'r',
      seeds: [{ seed: 1, firstRun: 1, secondRun: 2, difference: 0.1, table: { both: 40, onlyFirst: 20, onlySecond: 10, neither: 30 } }] }],
  }));
  await contains('@difference-rows tbody tr', /B alone is right on 10, A on 20 1 100 0\.010 over images/);
  const csv = csvOf(/** @type {HTMLTableElement} */ (only('@difference-rows')));
  equal(['"95 % interval, low (points)","95 % interval, high (points)"', ',-10.0,-15.0,-5.0,this pair of runs only,'].map((part) => csv.includes(part)), [true, true]);
  await contains('@one-seed', 'interval and p-value are over the images of one pair of runs');
}

/** The means of a table are over all seeds, of which a difference may use one: their signs can differ. */
export async function aDifferenceOfSomeSeedsSaysSo() {
  const pair = { first: 'a', second: 'b', difference: -0.03, bySeed: [-0.03], images: 100, seeds: [], sentence: 's', reversed: 'r' };
  show(async ({ dataset, measure }) => ({ dataset, measure, datasets: ['d'], settings: [], leftOut: [], pairs: [pair],
    networks: [{ ...network('a', 'A'), mean: 0.946 }, { ...network('b', 'B'), runs: [1, 11, 12], mean: 0.937 }] }));
  await contains('@difference-rows tbody tr', /1 of the 3 of B, whose mean is 93\.7 100/);
}

/** What to do depends on what is missing: runs, or a seed of both. */
export async function anEmptyComparisonSaysWhatIsMissing() {
  const found = { datasets: ['d'], settings: [], leftOut: [], pairs: [], conclusions: [] };
  const panel = show(async ({ dataset, measure }) => ({ ...found, dataset, measure, networks: dataset === 'd' ? [network('a', 'A'), network('b', 'B')] : [] }));
  await contains('main', 'No two of the networks A, B have runs with the same seed. Networks are compared seed by seed: train one with a seed of another.');
  panel.show('other', { troubled: false, trials: false });
  await contains('main', 'trained in the same setting with the same seed are compared');
}

/** A network may share no seed with the others, which are compared all the same. */
export async function aNetworkThatIsComparedWithNoneIsNotShownFirst() {
  const networks = ['a', 'b', 'c'].map((name) => network(name, name.toUpperCase()));
  const pair = { first: 'b', second: 'c', difference: 0.1, bySeed: [0.1, 0.1], images: 100, seeds: [], sentence: 's', reversed: 'r' };
  show(async ({ dataset, measure }) => ({ dataset, measure, grid: 4, datasets: ['d'], settings: [], leftOut: [], conclusions: [], networks, pairs: [pair] }));
  await contains('@difference-rows tbody tr', 'C');
  await browser.select('@difference-reference', 'a');
  await contains('main', 'A is compared with no other network: none has the seed of one of its runs.');
  await count('@difference-table', 1);
}

/** Runs may have the same seed, but not be measured on such images. */
export async function withoutMeasurementsOfAGridItIsSaidThatTheyAreMissing() {
  const networks = [network('a', 'A'), network('b', 'B')];
  show(async ({ dataset, measure, grid }) => ({ dataset, measure, grid, datasets: ['d'], settings: [], leftOut: [], conclusions: [], pairs: [], networks }));
  await browser.select('@difference-measure', 'scrambled');
  await browser.select('@difference-grid', '7');
  await contains('main', 'No two of the networks A, B have runs with the same seed that were measured on images of 7 × 7 tiles. Networks are compared seed by seed: measure runs with the same seed.');
}

/** Numbers of one measure must not be read as those of another, even if its answer never comes. */
export async function anotherMeasureDoesNotShowTheNumbersOfTheLast() {
  const pair = { first: 'a', second: 'b', difference: 0.1, bySeed: [0.1, 0.1], images: 100, seeds: [], sentence: 's', reversed: 'r' };
  const found = { grid: 4, datasets: ['d'], settings: [], leftOut: [], conclusions: [], networks: [network('a', 'A'), network('b', 'B')], pairs: [pair] };
  const panel = show(({ dataset, measure }) => (measure === 'test' ? Promise.resolve({ ...found, dataset, measure }) : new Promise(() => {})));
  await count('@difference-rows', 1);
  await browser.select('@difference-measure', 'scrambled');
  panel.draw();
  await count('@difference-rows', 0);
  await count('@difference-measure', 1);
}

/** Networks of one data set must not be read as those of another, even if its answer never comes. */
export async function anotherDataSetDoesNotShowTheNetworksOfTheLast() {
  const found = { datasets: ['d'], settings: [], leftOut: [], pairs: [], conclusions: [], networks: [network('a', 'A'), network('b', 'B')] };
  const panel = show(({ dataset, measure }) => (dataset === 'd' ? Promise.resolve({ ...found, dataset, measure }) : new Promise(() => {})));
  await contains('main', 'No two of the networks');
  panel.show('other', { troubled: false, trials: false });
  panel.draw();
  await lacks('main', 'No two of the networks');
}

/** @param {(filter: {dataset: string, measure: string, grid: number}) => Promise<object>} differences */
function show(differences) {
  const draw = () => render(panel.template(), root);
  const panel = differencesPanel(partial({ differences }), draw);
  panel.show('d', { troubled: false, trials: false });
  return { ...panel, draw };
}
