import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';

/**
 * The position of a page within a list, between buttons to the previous and the next page.
 *
 * @param {object} pager
 * @param {string} pager.id for tests, with -previous, -shown or -next after it
 * @param {string} pager.label for a screen reader
 * @param {string} pager.words which rows are shown, and of how many
 * @param {string} [pager.back]
 * @param {string} [pager.on]
 * @param {(() => void)|false} pager.previous false on the first page
 * @param {(() => void)|false} pager.next false on the last page
 */
export const pager = ({ id, label, words, back = 'Previous', on = 'Next', previous, next }) => html`<nav class="pages" aria-label=${label}>
  <button class="button button-small" type="button" ?disabled=${!previous} @click=${previous || nothing} data-testid=${`${id}-previous`}>${back}</button>
  <span data-testid=${`${id}-shown`}>${words}</span>
  <button class="button button-small" type="button" ?disabled=${!next} @click=${next || nothing} data-testid=${`${id}-next`}>${on}</button>
</nav>`;

/** @param {number} offset @param {number} shown @param {number} total */
export const shownOf = (offset, shown, total) => `${shown > 0 ? `${count(offset + 1)}–${count(offset + shown)}` : 'none'} of ${count(total)}`;
