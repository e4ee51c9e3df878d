import { decimal, percent } from '../app/format.js';
import { lineChart } from '../charts/lines.js';

/**
 * @typedef {import('../api/types.js').Epoch} Epoch
 * @typedef {'validationAccuracy'|'trainAccuracy'|'validationLoss'|'trainLoss'} Quantity of an epoch
 */

/** @param {Quantity} quantity */
const isAccuracy = (quantity) => quantity.endsWith('Accuracy');

/** @param {Quantity} quantity @param {number|null} value null if the loss diverged */
export const epochWords = (quantity, value) => (isAccuracy(quantity) ? percent(value ?? Number.NaN) : decimal(value));

/** @param {Epoch[]} history @param {Quantity} quantity */
export const pointsOf = (history, quantity) => history.map((epoch) => ({ x: epoch.epoch, y: epoch[quantity] ?? null }));

/**
 * Lines over epochs.
 *
 * @param {Parameters<typeof lineChart>[0]} lines
 * @param {Quantity} quantity
 * @param {number} longest the largest number of epochs of a line
 * @param {(item: any) => string} [note] what a tooltip adds to a value
 */
export const epochChart = (lines, quantity, longest, note = () => '') => lineChart(lines, {
  axis: 'Epoch',
  across: { type: 'linear', min: 1, max: Math.max(2, longest), ticks: { precision: 0, maxTicksLimit: 10 } },
  up: { beginAtZero: true },
  share: isAccuracy(quantity),
  write: (value, item) => `${epochWords(quantity, value)}${note(item)}`,
});
