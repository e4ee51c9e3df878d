import { duration, percent, plural } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { networkPoints, networkPointsEntry, networkStyles } from '../charts/networks.js';
import { accuracyAxis, acrossAxis, ticksAt, tooltip, valueAxis } from '../charts/palette.js';
import { isWide, numberAxis } from '../charts/ticks.js';
import { runName, valueOf, wordsOf } from './run-columns.js';

/**
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 */

const UNKNOWN = 'unknown data set';

/**
 * One parameter against one metric, a point for each run, a symbol for each network. Runs on different data sets are in
 * separate charts, as their accuracies are not comparable.
 *
 * @param {ListedRun[]} all
 * @param {RunColumn} x
 * @param {RunColumn} y
 * @param {string} where describes the selection of runs
 * @returns {import('../charts/figure.js').Figure|undefined} undefined if no run has both values
 */
export function scatterFigure(all, x, y, where) {
  const runs = all.filter((run) => valueOf(run, x) !== undefined && valueOf(run, y) !== undefined);
  if (runs.length === 0) {
    return undefined;
  }
  const numeric = x.type === 'number';
  const places = numeric ? [] : [...new Set(runs.map((run) => String(valueOf(run, x))))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const across = (/** @type {ListedRun} */ run) => (numeric ? Number(valueOf(run, x)) : places.indexOf(String(valueOf(run, x))));
  const up = (/** @type {ListedRun} */ run) => Number(valueOf(run, y)) * (y.type === 'share' ? 100 : 1);
  const networks = [...new Set(runs.map(({ label }) => label))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const styles = networkStyles(networks.map((label) => /** @type {ListedRun} */ (runs.find((run) => run.label === label))));
  // If the horizontal axis shows data sets, it already separates them.
  const datasets = x.name === 'dataset' ? [] : [...new Set(runs.map(({ dataset = UNKNOWN }) => dataset))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const charts = datasets.length > 1 ? datasets.map((title) => ({ title, shown: runs.filter(({ dataset = UNKNOWN }) => dataset === title) })) : [{ title: undefined, shown: runs }];
  const values = runs.map(across);
  const wide = numeric && isWide(values, x.name);
  const words = (/** @type {ListedRun} */ run) => `${x.label} ${wordsOf(x, valueOf(run, x))}, ${y.label} ${wordsOf(y, valueOf(run, y))}`;

  /**
   * There is a group for each network, even if it is empty, so that symbols are the same in all charts.
   *
   * @param {ListedRun[][]} groups
   * @returns {(colors: import('../charts/palette.js').Palette) => object}
   */
  const configuration = (groups) => (colors) => ({
    type: 'line',
    data: {
      datasets: groups.map((group, n) => ({
        label: networks[n],
        clip: false,
        data: group.map((run) => ({ x: across(run), y: up(run) })),
        pointRadius: 4.5,
        pointHoverRadius: 6.5,
        ...networkPoints(colors, styles[n]),
      })),
    },
    options: {
      // A point is a link to its run.
      onClick: (/** @type {unknown} */ _event, /** @type {{datasetIndex: number, index: number}[]} */ [hit]) => {
        if (hit) {
          location.hash = runHref(groups[hit.datasetIndex][hit.index].id);
        }
      },
      scales: {
        x: acrossAxis(colors, `${x.label}${x.unit === 'px' ? ' (px)' : ''}${wide ? ', logarithmic' : ''}`, numeric
          ? numberAxis(values, { log: wide })
          : { type: 'linear', min: -0.5, max: places.length - 0.5, ...ticksAt([...places.keys()]), ticks: { autoSkip: false, callback: (/** @type {number} */ at) => places[at] } }),
        y: y.type === 'share'
          ? accuracyAxis(colors)
          : valueAxis(colors, { beginAtZero: true }, y.type === 'seconds' ? { callback: duration } : {}),
      },
      plugins: {
        tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => words(groups[datasetIndex][dataIndex]), ([{ datasetIndex, dataIndex }]) => runName(groups[datasetIndex][dataIndex])),
      },
    },
  });

  /** @param {ListedRun[]} shown */
  function summary(shown) {
    const labels = networks.filter((label) => shown.some((run) => run.label === label));
    const shares = y.type === 'share' ? shown.map((run) => Number(valueOf(run, y))) : [];
    return `${plural(shown.length, 'run')} of ${labels.join(', ')}${shares.length > 0 ? `, from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}` : ''}.`;
  }

  return {
    name: `runs-${y.name}-over-${x.name}`,
    testId: 'runs-scatter',
    title: `${y.label}${y.type === 'share' ? ' accuracy' : ''} over ${x.label.toLowerCase()}`,
    summary: charts.map(({ title, shown }) => `${title ? `${title}: ` : ''}${summary(shown)}`).join(' '),
    legend: networks.map((label, n) => networkPointsEntry(label, styles[n])),
    caption: [
      `${where}: ${plural(runs.length, 'run')}, a point each, without intervals${runs.length < all.length ? `; ${plural(all.length - runs.length, 'run')} without these values left out` : ''}.`,
      ...(charts.length > 1 ? ['A chart for each data set: values on different images are not comparable.'] : []),
    ],
    panels: charts.map(({ title, shown }) => ({
      title,
      summary: summary(shown),
      configure: configuration(networks.map((label) => shown.filter((run) => run.label === label))),
    })),
    zoom: { ...(numeric ? { x: values, logX: wide } : {}), logY: y.type !== 'share' },
    data: [runs.map((run) => [run.id, across(run), up(run), run.dataset]), x.name, y.name],
  };
}
