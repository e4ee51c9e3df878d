import { equal, partial } from '../testing.js';
import { canBeLogarithmic, fitted, moved, outside, pointsOf, viewed } from './view.js';

const rounded = (ends) => ends.map((end) => Number(end.toFixed(6)));

const configure = () => ({
  type: 'line',
  data: { datasets: [{ clip: false, data: [{ x: 1, y: 20 }, { x: 2, y: 90 }] }, { clip: false, data: [{ x: 10, y: Number.NaN }, { x: 10, y: 95 }] }] },
  options: { scales: { x: { type: 'linear', title: { text: 'Seed' } }, y: { min: 0, max: 100, beginAtZero: true, ticks: { stepSize: 20 } } } },
});

export function aPartHasItsOwnEndsAndTicks() {
  const { data, options, plugins } = partial(viewed(configure, { x: [1, 2, 10] }, { x: [0.5, 2.5], y: [80, 100] })(partial({})));
  equal([options.scales.x.min, options.scales.x.max, options.scales.y.min, options.scales.y.max], [0.5, 2.5, 80, 100]);
  equal(data.datasets.map(({ clip }) => clip > 0), [true, true]);
  equal(plugins.length, 1);
  const x = { ticks: [], maxWidth: 600 };
  options.scales.x.afterBuildTicks(x);
  equal(x.ticks.map(({ value }) => value), [1, 2]);
  const y = { ticks: [] };
  options.scales.y.afterBuildTicks(y);
  equal(y.ticks.map(({ value }) => value), [80, 85, 90, 95, 100]);
}

export function theWholeChartIsUnchanged() {
  equal(partial(viewed(configure, { x: [1, 2, 10] }, {})(partial({}))), configure());
}

export function anAxisThatIsMadeLogarithmicSaysSo() {
  const logarithmic = partial(viewed(configure, { x: [1, 2, 10] }, { logX: true })(partial({})));
  equal([logarithmic.options.scales.x.type, logarithmic.options.scales.x.title.text], ['logarithmic', 'Seed, logarithmic']);
  const linear = partial(viewed(() => partial(logarithmic), { x: [1, 2, 10], logX: true }, { logX: false })(partial({})));
  equal([linear.options.scales.x.type, linear.options.scales.x.title.text], ['linear', 'Seed']);
  equal([canBeLogarithmic([1, 10]), canBeLogarithmic([0, 10]), canBeLogarithmic([4, 5]), canBeLogarithmic([4])], [true, false, false, false]);
}

export function pointsOutsideAreCounted() {
  const points = pointsOf(configure());
  equal(points.length, 3);
  equal(outside(points, {}), 0);
  equal(outside(points, { x: [0, 5] }), 1);
  equal(outside(points, { x: [0, 5], y: [50, 100] }), 2);
  equal(outside([{ x: 0, y: 0 }, { x: 0, y: 1 }], { logY: true }), 1);
}

export function categoriesAreCountedByTheirPlace() {
  equal(pointsOf({ data: { datasets: [{ data: [{ x: '32', y: 1 }, { x: '8', y: 2 }] }] }, options: { scales: { x: { type: 'category', labels: ['64', '32', '8'] } } } }), [{ x: 1, y: 1 }, { x: 2, y: 2 }]);
}

export function anAxisIsFittedAndMoved() {
  equal(rounded(fitted([1, 3])), [0.9, 3.1]);
  equal(rounded(fitted([2, 2])), [1.9, 2.1]);
  equal(rounded(fitted([1, 100], true)), rounded([1 / 100 ** 0.05, 100 * 100 ** 0.05]));
  equal(rounded(moved([0, 10], 0.5, 0)), [2.5, 7.5]);
  equal(rounded(moved([0, 10], 0.5, 0, false, 4)), [1.5, 6.5]);
  equal(rounded(moved([0, 10], 0.5, 0, false, 9)), [5, 10]);
  equal(rounded(moved([0, 10], 2, 0)), [-5, 15]);
  equal(rounded(moved([0, 10], 1, 0.25)), [2.5, 12.5]);
  equal(rounded(moved([1, 100], 0.5, 0, true)), rounded([10 ** 0.5, 10 ** 1.5]));
}
