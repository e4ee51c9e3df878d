import { percent, plural } from '../app/format.js';
import { titled } from '../charts/identity.js';
import { accuracyAxis, acrossAxis } from '../charts/palette.js';
import { numberAxis } from '../charts/ticks.js';
import { byKind, kindEntry, pointsOf, wentWrong } from './trial-kinds.js';
import { openTrial, trialTooltip, up } from './trial-scatter.js';

/** @typedef {import('./trial-kinds.js').SweepTrial} SweepTrial */

const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * The best accuracy so far over trials, in the order in which their workers ended, and over time.
 *
 * @param {SweepTrial[]} all on one data set
 * @param {number[]} best
 * @param {string} startedAt when the first trial of the sweep started
 * @param {string} where
 * @returns {import('../charts/figure.js').Figure|undefined} undefined if no trial has ended with an accuracy
 */
export function bestSoFar(all, best, startedAt, where) {
  const ended = all
    .filter(({ accuracy, until, outcome }) => accuracy !== undefined && until !== undefined && outcome !== 'running' && outcome !== 'waiting')
    .sort((a, b) => Date.parse(a.until ?? '') - Date.parse(b.until ?? ''));
  if (ended.length === 0) {
    return undefined;
  }
  let highest = -Infinity;
  const line = ended.map((trial) => (highest = wentWrong(trial) ? highest : Math.max(highest, up(trial))));
  const passed = ended.map(({ until = '' }) => Date.parse(until) - Date.parse(startedAt));
  const [unit, words] = passed[passed.length - 1] >= 2 * HOUR ? [HOUR, 'Hours'] : [MINUTE, 'Minutes'];
  const groups = byKind(ended, best);
  const order = [...groups].reverse();

  /** @param {string} axis @param {number[]} places by trial @param {boolean} [round] whether ticks are at round numbers, rather than at each of few places */
  const configuration = (axis, places, round = false) => (/** @type {import('../charts/palette.js').Palette} */ colors) => ({
    type: 'line',
    data: {
      datasets: [
        ...order.map(([kind, group]) => ({ label: kind, clip: false, ...pointsOf(colors, kind), data: group.map((trial) => ({ x: places[ended.indexOf(trial)], y: up(trial) })) })),
        { label: 'best so far', stepped: true, pointRadius: 0, pointHoverRadius: 0, pointHitRadius: 0, borderColor: colors.ink, borderWidth: 2,
          data: line.map((y, i) => ({ x: places[i], y: Number.isFinite(y) ? y : Number.NaN })) },
      ],
    },
    options: {
      onClick: openTrial(order.map(([, group]) => group)),
      scales: { x: acrossAxis(colors, axis, numberAxis(places, { low: 0, round })), y: titled(accuracyAxis(colors), 'Validation accuracy') },
      plugins: { tooltip: trialTooltip(colors, order.map(([, group]) => group)) },
    },
  });

  const told = Number.isFinite(highest) ? `The best accuracy after ${plural(ended.length, 'trial')} is ${percent(highest / 100)}.` : 'No trial has an accuracy that is a result.';
  return {
    name: 'best-so-far',
    testId: 'best-so-far',
    title: 'Best validation accuracy so far',
    summary: told,
    legend: [['best-so-far', 'best so far'], ...groups.map(([kind, { length }]) => kindEntry(kind, length))],
    caption: [`${where}: ${plural(ended.length, 'trial')}, in the order in which they ended.`, 'The line is the highest accuracy until then; trials that went wrong do not count.'],
    panels: [
      { title: 'Over trials', summary: told, configure: configuration('Trials', ended.map((_, i) => i + 1)) },
      { title: 'Over time', summary: told, configure: configuration(`${words} since the first trial started`, passed.map((time) => time / unit), true) },
    ],
    data: [ended.map(({ job, outcome, accuracy, until }) => [job, outcome, accuracy, until]), best],
  };
}
