import { html, nothing } from 'lit-html';
import { percent } from '../app/format.js';
import { term } from '../terms/term.js';
import { rowName } from './words.js';

/**
 * What networks that see only patches can reach, on images with a known ground truth. A network that sees the whole
 * image has no such limits.
 *
 * @typedef {{ceiling?: number, readouts?: import('../api/types.js').PatchReadouts}} Limited
 * @typedef {import('../charts/legend.js').LegendEntry} LegendEntry
 * @typedef {import('../charts/limits.js').LimitLine} LimitLine
 */

/** The ceiling of the contract, unless it is 100 %. @param {Limited} row */
export const linearBagLimit = ({ ceiling }) => (ceiling !== undefined && ceiling < 1 ? ceiling : undefined);

/** A lower bound, which is known to two digits. @param {import('../api/types.js').PatchReadouts} readouts */
export const atLeast = ({ linear }) => `≥ ${percent(linear, 0)}`;

/**
 * The limit lines of a row in a chart of percentages.
 *
 * @param {Limited} row
 * @param {number} from @param {number} to in units of the axis
 * @returns {LimitLine[]}
 */
export function limitLines(row, from, to) {
  const limit = linearBagLimit(row);
  return [
    ...(limit === undefined ? [] : [{ from, to, y: limit * 100, dash: [5, 3] }]),
    ...(row.readouts ? [{ from, to, y: row.readouts.linear * 100, dash: [1.5, 3] }, { from, to, y: row.readouts.best * 100, dash: [] }] : []),
  ];
}

/** The legend entries of these lines. @param {Limited[]} rows @returns {LegendEntry[]} */
export const limitEntries = (rows) => [
  ...(rows.some((row) => linearBagLimit(row) !== undefined)
    ? [/** @type {LegendEntry} */ (['linear-bag-limit', 'linear-bag limit: a linear readout of the patches under cross-entropy', 'linear-bag limit'])]
    : []),
  ...(rows.some(({ readouts }) => readouts)
    ? [
        /** @type {LegendEntry} */ (['linear-readout', 'a linear readout trained for accuracy, at least', 'linear readout']),
        /** @type {LegendEntry} */ (['best-readout', 'the best readout of the same patches', 'best readout']),
      ]
    : []),
];

/** The limits of one row, as lines of text. @param {Limited} row */
export function limitWords(row) {
  const limit = linearBagLimit(row);
  return [
    ...(limit === undefined ? [] : [`Linear-bag limit: ${percent(limit)}`]),
    ...(row.readouts ? [`Linear readout trained for accuracy: ${atLeast(row.readouts)}`, `Best readout of the patches: ${percent(row.readouts.best)}`] : []),
  ];
}

/**
 * A note on why networks are above their limit, which is one of the expected accuracy over all images.
 *
 * @param {(Limited & import('./words.js').Trained & {architecture: string, label: string, test?: import('../api/types.js').Measured})[]} rows
 */
export function aboveLimitNote(rows) {
  const above = rows.flatMap((row) => {
    const { test } = row;
    const limit = linearBagLimit(row);
    return test && limit !== undefined && test.mean > limit ? [{ name: rowName(row, rows), limit, low: test.low }] : [];
  });
  const clearly = above.flatMap(({ name, limit, low }) => (low !== undefined && low > limit ? [name] : []));
  const named = above.map(({ name, limit, low }) => `${name} (limit ${percent(limit)}${low !== undefined && low <= limit ? ', within its 95 % interval' : ''})`);
  return above.length === 0
    ? nothing
    : html`<p class="note" data-testid="above-limit">Test accuracy above the ${term('linear-bag-limit', 'linear-bag limit')}: ${named.join(', ')}. The limit holds for the expected accuracy over all images, and a few points above it
        can come from the sample of test images, from the training images, whose best linear bag is not that of all images, or from keeping the best epoch.${clearly.length > 0
          ? ` The interval of ${clearly.join(', ')} is above it, too: if the accuracy stays far above the limit over seeds, that needs an explanation, such as another readout or loss, or patches larger than stated.`
          : ''}</p>`;
}

/** A note that states the finding for the smallest patches. @param {(Limited & {receptiveField?: number})[]} rows */
export function readoutsNote(rows) {
  const [least] = rows
    .flatMap(({ receptiveField, ceiling, readouts }) =>
      receptiveField !== undefined && ceiling !== undefined && readouts ? [{ receptiveField, limit: ceiling, readouts }] : [])
    .sort((a, b) => a.receptiveField - b.receptiveField);
  return least
    ? html`<p class="note" data-testid="readouts-note"><strong>The patches hold more than a linear bag uses.</strong> With patches of
        ${least.receptiveField} px, a linear readout under cross-entropy stops at ${percent(least.limit)}: it gains nothing from which patches occur together in
        an image. Trained for accuracy instead, a linear readout of the same patches reaches at least ${percent(least.readouts.linear, 0)}, and the best function
        of them ${percent(least.readouts.best)} (64 px, without noise).</p>`
    : nothing;
}
