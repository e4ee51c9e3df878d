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

/** What guessing one of the classes at random reaches. @param {Quantity} quantity @param {number|undefined} chance its accuracy, if it is known */
export const chanceOf = (quantity, chance) => (chance === undefined || isAccuracy(quantity) ? chance : -Math.log(chance));

/** The legend entry of charts of accuracies and losses. @param {number|undefined} chance @returns {import('../charts/legend.js').LegendEntry[]} */
export const chanceLegend = (chance) =>
  (chance === undefined ? [] : [['chance', `chance, one of ${Math.round(1 / chance)} classes: accuracy ${percent(chance)}, loss ${decimal(-Math.log(chance))}`]]);

/** @param {Epoch[]} history @param {Quantity} quantity */
export const pointsOf = (history, quantity) => history.map((epoch) => ({ x: epoch.epoch, y: epoch[quantity] ?? null }));

/**
 * The axis of losses, which is logarithmic if one exploded, so that the others remain readable.
 *
 * @param {(number|null)[]} losses
 * @param {number} [chance] loss of guessing, which the axis shows
 */
export const lossAxis = (losses, chance) => (losses.some((loss) => loss !== null && loss >= EXPLODED_LOSS) ? logarithmic() : { options: { beginAtZero: true, suggestedMax: chance } });

/**
 * Lines over epochs.
 *
 * @param {Parameters<typeof lineChart>[0]} lines
 * @param {Quantity} quantity
 * @param {number} longest the largest number of epochs of a line
 * @param {object} [marked]
 * @param {(item: any) => string} [marked.note] what a tooltip adds to a value
 * @param {number} [marked.chance] accuracy of guessing
 * @param {{x: number, label: string}} [marked.onset] the epoch at which something began
 */
export const epochChart = (lines, quantity, longest, { note = () => '', chance, onset } = {}) => (/** @type {import('../charts/palette.js').Palette} */ colors) => {
  const drawn = lines(colors);
  return lineChart(() => drawn, {
    axis: 'Epoch',
    across: { type: 'linear', min: 1, max: Math.max(2, longest), ticks: { precision: 0, maxTicksLimit: 10 } },
    up: isAccuracy(quantity) ? { options: { beginAtZero: true } } : lossAxis(drawn.flatMap(({ points }) => points.map(({ y }) => y)), chanceOf(quantity, chance)),
    share: isAccuracy(quantity),
    write: (value, item) => `${epochWords(quantity, value)}${note(item)}`,
    chance: chanceOf(quantity, chance),
    onset,
  })(colors);
};
