import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';

/**
 * The most frequent confusions of classes, by name.
 *
 * @typedef {import('../api/types.js').Confusion} Confusion
 */

/** The number of confusions that are named. */
const NAMED = 8;

/**
 * Nothing without a confusion.
 *
 * @param {Confusion[]} all the most frequent first
 * @param {(each: Confusion, words: unknown, title: string) => unknown} control what is pressed to see the images of one
 */
export const confusions = (all, control) =>
  all.length === 0
    ? nothing
    : html`<div class="confusions" role="group" aria-label="Most frequent confusions" data-testid="confusions">
        <span class="faint">Most frequent</span>
        ${all.slice(0, NAMED).map((each) => control(
          each,
          html`${each.class} → ${each.predicted} <span class="faint">${count(each.images)}</span>`,
          `${plural(each.images, 'image')} of ${each.class} predicted as ${each.predicted}`,
        ))}
      </div>`;

/** The confusions of a matrix, the most frequent first. @param {import('../api/types.js').Matrix} matrix @returns {Confusion[]} */
export const confusionsOf = ({ rows, columns, values }) =>
  rows
    .flatMap((name, i) => columns.map((predicted, j) => ({ class: name, predicted, images: values[i][j] ?? 0 })))
    .filter((each) => each.class !== each.predicted && each.images > 0)
    .sort((a, b) => b.images - a.images);
