/**
 * What became of a trial, and how that is drawn: the same symbol in every plot of a sweep.
 *
 * With its settings in words. @typedef {import('../api/types.js').SweepTrial & {said?: string[]}} SweepTrial
 *
 * @typedef {import('../api/types.js').SweepTrials} SweepTrials
 * @typedef {import('../charts/palette.js').Palette} Palette
 * @typedef {'best'|SweepTrial['outcome']} Kind
 */

import { TROUBLES } from '../results/troubles.js';

/** From the one drawn last, on top of the others. @type {Record<Kind, string>} */
export const KINDS = {
  best: 'best',
  finished: 'finished',
  pruned: 'pruned',
  running: 'running',
  waiting: 'waiting',
  stopped: 'stopped',
  diverged: TROUBLES.diverged.mark,
  chance: TROUBLES.chance.mark,
  failed: 'failed',
};

/** @type {Record<Kind, {shape: string, color: 'measured'|'ink'|'inkFaint'|'limit', filled?: boolean, radius?: number}>} */
const POINTS = {
  best: { shape: 'rectRot', color: 'measured', filled: true, radius: 8 },
  finished: { shape: 'circle', color: 'measured', filled: true },
  pruned: { shape: 'triangle', color: 'ink' },
  running: { shape: 'circle', color: 'measured' },
  waiting: { shape: 'circle', color: 'inkFaint' },
  stopped: { shape: 'rect', color: 'inkFaint' },
  diverged: { shape: 'crossRot', color: 'limit' },
  chance: { shape: 'rect', color: 'limit' },
  failed: { shape: 'cross', color: 'limit' },
};

/** Those whose accuracy is no result. @type {Kind[]} */
const WRONG = ['diverged', 'chance', 'failed'];

/** @param {SweepTrial} trial */
export const wentWrong = ({ outcome }) => WRONG.includes(outcome);

/**
 * Trials in groups of one kind each.
 *
 * @param {SweepTrial[]} trials
 * @param {number[]} best
 * @returns {[Kind, SweepTrial[]][]}
 */
export const byKind = (trials, best) =>
  /** @type {Kind[]} */ (Object.keys(KINDS))
    .map((kind) => /** @type {[Kind, SweepTrial[]]} */ ([kind, trials.filter(({ job, outcome }) => kind === (best.includes(job) ? 'best' : outcome))]))
    .filter(([, group]) => group.length > 0);

/** The style of points of this kind. @param {Palette} colors @param {Kind} kind */
export function pointsOf(colors, kind) {
  const { shape, color, filled, radius = 4.5 } = POINTS[kind];
  return {
    showLine: false,
    pointStyle: shape,
    pointRadius: radius,
    pointHoverRadius: radius + 2,
    borderColor: colors[color],
    pointBorderColor: colors[color],
    pointBackgroundColor: filled ? colors[color] : colors.surface,
    pointBorderWidth: 2,
  };
}

/** The entry in the legend. @param {Kind} kind @param {number} n trials @returns {import('../charts/legend.js').LegendEntry} */
export const kindEntry = (kind, n) => [`trial-${kind}`, `${KINDS[kind]} (${n})`];

/** How many trials there are of each kind. @param {[Kind, SweepTrial[]][]} groups */
export const kindWords = (groups) => groups.map(([kind, { length }]) => `${length} ${KINDS[kind]}`).join(', ');
