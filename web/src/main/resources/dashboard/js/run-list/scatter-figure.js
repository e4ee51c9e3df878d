import { duration, percent, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { networkPoints, networkPointsEntry, networkStyles } from '../charts/networks.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';
import { runName, valueOf, wordsOf } from './run-columns.js';

/**
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 */

/** From this ratio of the largest to the smallest value on, an axis is logarithmic. */
const WIDE = 20;

/**
 * One parameter against one metric, a point for each run, a symbol for each network.
 *
 * @param {ListedRun[]} all
 * @param {RunColumn} x
 * @param {RunColumn} y
 * @param {string} where the runs in words
 * @returns {import('../charts/figure.js').Figure|undefined} undefined: no run has both
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
  const groups = networks.map((label) => runs.filter((run) => run.label === label));
  const styles = networkStyles(groups.map(([first]) => first));
  const values = runs.map(across);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low) / 20;
  const wide = numeric && low > 0 && high / low >= WIDE;
  const words = (/** @type {ListedRun} */ run) => `${x.label} ${wordsOf(x, valueOf(run, x))}, ${y.label} ${wordsOf(y, valueOf(run, y))}`;

  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
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
          location.hash = jobHref(groups[hit.datasetIndex][hit.index].id);
        }
      },
      scales: {
        x: {
          type: wide ? 'logarithmic' : 'linear',
          ...(numeric ? (wide || low === high ? {} : { min: Math.max(low < 0 ? -Infinity : 0, low - room), max: high + room }) : { min: -0.5, max: places.length - 0.5 }),
          title: { display: true, text: `${x.label}${x.unit === 'px' ? ' (px)' : ''}` },
          grid: { display: false },
          border: { color: colors.inkFaint },
          ...(numeric
            ? { ticks: { maxTicksLimit: 10, includeBounds: false } }
            : {
                afterBuildTicks: (/** @type {{ticks: {value: number}[]}} */ axis) => {
                  axis.ticks = places.map((_, value) => ({ value }));
                },
                ticks: { autoSkip: false, callback: (/** @type {number} */ at) => places[at] },
              }),
        },
        y: y.type === 'share'
          ? accuracyAxis(colors)
          : { beginAtZero: true, border: { display: false }, grid: { color: colors.line, drawTicks: false }, ticks: { padding: 8, maxTicksLimit: 6, callback: (/** @type {number} */ value) => (y.type === 'seconds' ? duration(value) : String(value)) } },
      },
      plugins: {
        legend: { display: false },
        tooltip: tooltip(colors, ({ datasetIndex, dataIndex }) => words(groups[datasetIndex][dataIndex]), ([{ datasetIndex, dataIndex }]) => runName(groups[datasetIndex][dataIndex])),
      },
    },
  });

  const shares = y.type === 'share' ? runs.map((run) => Number(valueOf(run, y))) : [];
  return {
    name: `runs-${y.name}-over-${x.name}`,
    testId: 'runs-scatter',
    title: `${y.label}${y.type === 'share' ? ' accuracy' : ''} over ${x.label.toLowerCase()}`,
    summary: `${plural(runs.length, 'run')} of ${networks.join(', ')}${shares.length > 0 ? `, from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}` : ''}.`,
    legend: networks.map((label, n) => networkPointsEntry(label, styles[n])),
    caption: [
      `${where}: ${plural(runs.length, 'run')}, a point each, without intervals${runs.length < all.length ? `; ${plural(all.length - runs.length, 'run')} without these values left out` : ''}.`,
    ],
    panels: [{ configure }],
    data: [runs.map((run) => [run.id, across(run), up(run)]), x.name, y.name],
  };
}
