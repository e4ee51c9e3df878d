import { render } from 'lit-html';
import { Chart } from '../charts/library.js';
import { browser, contains, equal, has, only, partial, root } from '../testing.js';
import { differencesPanel } from './differences-panel.js';

export async function aNetworkIsComparedWithTheOthersAndTheSignFollowsTheReference() {
  const network = (architecture, label) => ({ architecture, label, runs: [1], mean: 0.5 });
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
}
