import { decimal, percent } from '../app/format.js';
import { lineChart } from '../charts/lines.js';
import { logarithmic } from '../charts/palette.js';
import { EXPLODED_LOSS } from '../results/troubles.js';

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
 * The axis of losses, which is logarithmic if one exploded, so that the others remain readable.
 *
 * @param {(number|null)[]} losses
 */
export const lossAxis = (losses) => (losses.some((loss) => loss !== null && loss >= EXPLODED_LOSS) ? logarithmic() : { options: { beginAtZero: true } });

/**
 * Lines over epochs.
 *
 * @param {Parameters<typeof lineChart>[0]} lines
 * @param {Quantity} quantity
 * @param {number} longest the largest number of epochs of a line
 * @param {(item: any) => string} [note] what a tooltip adds to a value
 */
export const epochChart = (lines, quantity, longest, note = () => '') => (/** @type {import('../charts/palette.js').Palette} */ colors) => {
  const drawn = lines(colors);
  return lineChart(() => drawn, {
    axis: 'Epoch',
    across: { type: 'linear', min: 1, max: Math.max(2, longest), ticks: { precision: 0, maxTicksLimit: 10 } },
    up: lossAxis(isAccuracy(quantity) ? [] : drawn.flatMap(({ points }) => points.map(({ y }) => y))),
    share: isAccuracy(quantity),
    write: (value, item) => `${epochWords(quantity, value)}${note(item)}`,
  })(colors);
};
