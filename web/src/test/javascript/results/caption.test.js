import { comparisonFigure } from '../comparison/comparison-chart.js';
import { measuredScramblingFigure } from '../scrambling/scrambling-chart.js';
import { drawnFigure } from '../charts/figure-svg.js';
import { paperPalette } from '../charts/palette.js';
import { equal, partial } from '../testing.js';

const two = { mean: 0.6, values: [0.5, 0.7], n: 2, images: 100 };
const three = { mean: 0.6, values: [0.5, 0.6, 0.7], low: 0.35, high: 0.85, n: 3, images: 100, interval: 'seeds-and-images' };
const row = (architecture, test) => ({ architecture, label: architecture, regime: 'from scratch', settings: { dataset: 'd' }, phrases: [], runs: [1], published: {}, test, scrambled: test });

/** An interval of two seeds would be wider than the chart. */
export function twoSeedsAreDotsAndMoreAnInterval() {
  const rows = partial([row('bagnet9', two), row('bagnet17', three)]);
  const figure = comparisonFigure(partial({ rows, dataset: 'd' }), 'test', false);
  const [bars] = partial(figure.panels[0].configure(paperPalette())).data.datasets;
  equal([bars.seeds, bars.intervals], [[[50, 70], null], [null, { low: 35, high: 85 }]]);
  equal(figure.legend.slice(1).map(([, words]) => words), ['95 % interval', 'each of two seeds, which have no interval']);
  const scrambled = measuredScramblingFigure(rows.slice(0, 1), partial({ dataset: 'd' }));
  equal(scrambled.legend.map(([symbol]) => symbol), ['measured-bar', 'measured-tiles', 'two-seeds']);
  equal(drawnFigure(figure).outerHTML.includes('each of two seeds'), true);
}
