import { percent, plural } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { titled } from '../charts/identity.js';
import { accuracyAxis, acrossAxis, ticksAt, tooltip } from '../charts/palette.js';

/**
 * @typedef {import('./trial-kinds.js').SweepTrials} SweepTrials
 * @typedef {import('./trial-kinds.js').Kind} Kind
 */

/** How lines are drawn, from the top one. @type {[kinds: Kind[], symbol: string, words: string, color: 'measured'|'ink'|'inkFaint'|'limit', width: number, dash: number[]][]} */
const LINES = [
  [['best'], 'validation', 'best', 'measured', 3, []],
  [['finished'], 'rung-finished', 'finished', 'ink', 1.5, []],
  [['running', 'waiting'], 'rung-open', 'running or waiting', 'ink', 1.5, [6, 4]],
  [['pruned', 'stopped', 'failed'], 'rung-pruned', 'pruned, or stopped for another reason', 'inkFaint', 1, []],
  [['diverged', 'chance'], 'linear-bag-limit', 'went wrong', 'limit', 1.5, [4, 3]],
];

/**
 * The learning curves of a successive halving: each ends at the rung at which its trial was pruned, and has a point at
 * the epoch whose weights count for its trial. That is why the best curve need not end as the highest.
 *
 * @param {SweepTrials} found
 * @param {number[]} rungs the epochs of the rungs
 * @param {string} where
 * @returns {import('../charts/figure.js').Figure|undefined} undefined before the first epoch
 */
export function rungCurves({ trials, curves, best }, rungs, where) {
  const trialOf = (/** @type {number} */ id) => trials.find(({ job }) => job === id);
  // Of several epochs with the highest accuracy, a training keeps the last.
  const keptOf = (/** @type {{job: number, accuracies: number[]}} */ { job, accuracies }) => accuracies.lastIndexOf(trialOf(job)?.accuracy ?? NaN);
  const drawn = LINES.map(([kinds, symbol, words, color, width, dash]) => ({
    symbol, words, color, width, dash,
    curves: curves.filter(({ job }) => kinds.includes(best.includes(job) ? 'best' : trialOf(job)?.outcome ?? 'stopped')),
  })).filter((line) => line.curves.length > 0);
  if (drawn.length === 0) {
    return undefined;
  }
  const lines = drawn.flatMap((kind) => kind.curves.map((curve) => ({ kind, curve })));
  const longest = Math.max(...curves.map(({ accuracies }) => accuracies.length));
  const told = drawn.map((kind) => `${kind.curves.length} ${kind.words}`).join(', ');
  return {
    name: 'rung-curves',
    testId: 'rung-curves',
    title: 'Validation accuracy over epochs',
    summary: `${plural(curves.length, 'trial')}: ${told}. Rungs after epochs ${rungs.join(', ')}.`,
    legend: drawn.map(({ symbol, words, curves: { length } }) => [symbol, `${words} (${length})`]),
    caption: [
      `${where}: a line for each trial${curves.length < trials.length ? `, of the ${curves.length} that got furthest` : ''}; vertical lines are the rungs.`,
      'A line ends where its trial was pruned. Its point is the epoch that counts for the trial; the best is the finished trial whose point is the highest.',
    ],
    panels: [{
      configure: (colors) => ({
        type: 'line',
        data: {
          datasets: lines.map(({ kind, curve }, i) => ({
            label: `#${curve.job}`, order: i, clip: false,
            data: curve.accuracies.map((accuracy, at) => ({ x: at + 1, y: accuracy * 100 })),
            borderColor: colors[kind.color], backgroundColor: colors[kind.color], borderWidth: kind.width, borderDash: kind.dash,
            pointRadius: curve.accuracies.map((_, at) => (at === keptOf(curve) ? 3 : 0)), pointHitRadius: 8,
          })),
        },
        options: {
          interaction: { mode: 'nearest', intersect: true },
          onClick: (/** @type {unknown} */ _event, /** @type {{datasetIndex: number}[]} */ [hit]) => {
            if (hit) {
              location.hash = runHref(lines[hit.datasetIndex].curve.job, 'curves');
            }
          },
          scales: {
            x: acrossAxis(colors, 'Epoch', { type: 'linear', min: 1, max: Math.max(2, longest), ...ticksAt([...new Set([1, ...rungs, longest])]), grid: { display: true, color: colors.line } }),
            y: titled(accuracyAxis(colors), 'Validation accuracy'),
          },
          plugins: { tooltip: tooltip(colors, ({ dataset, datasetIndex, dataIndex, parsed }) =>
            `${dataset.label}: ${percent(parsed.y / 100)} after epoch ${parsed.x}${dataIndex === keptOf(lines[datasetIndex].curve) ? ', kept' : ''}`, () => '') },
        },
      }),
    }],
    zoom: { x: Array.from({ length: longest }, (_, i) => i + 1) },
    data: [curves, best, rungs, trials.map(({ outcome }) => outcome)],
  };
}
