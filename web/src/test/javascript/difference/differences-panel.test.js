import { render } from 'lit-html';
import { browser, contains, has, partial, root } from '../testing.js';
import { differencesPanel } from './differences-panel.js';

export async function aNetworkIsComparedWithTheOthersAndTheSignFollowsTheReference() {
  const network = (architecture, label) => ({ architecture, label, runs: [1], mean: 0.5 });
  const pair = (first, second, difference) => ({ first, second, difference, bySeed: [difference, difference, difference], images: 100,
    low: difference - 0.05, high: difference + 0.05, p: 0.01, adjusted: 0.02, seeds: [], sentence: `${first} over ${second}`, reversed: `${second} over ${first}` });
  const differences = async (filter) => ({ dataset: filter.dataset, datasets: ['d'], measure: filter.measure, settings: [],
    leftOut: [], networks: [network('a', 'A'), network('b', 'B'), network('c', 'C')],
    pairs: [pair('a', 'b', 0.1), pair('a', 'c', -0.2), pair('b', 'c', -0.3)] });
  const panel = differencesPanel(partial({ differences }), () => render(panel.template(), root));
  panel.show('d');
  await has('@differences-chart', 'aria-label', /B −10.0 points; C \+20.0 points/);
  await browser.select('@difference-reference', 'c');
  await has('@differences-chart', 'aria-label', /A −20.0 points; B −30.0 points/);
  // The network that is named first is the one that the chart has above or below the reference.
  await contains('@difference-sentences li',
    'a over c p = 0.020, Holm-corrected for 3 comparisons.', 'b over c p = 0.020, Holm-corrected for 3 comparisons.');
  await browser.select('@difference-reference', 'a');
  await contains('@difference-sentences li', 'b over a', 'c over a');
  await contains('main', 'intervals are not');
}
