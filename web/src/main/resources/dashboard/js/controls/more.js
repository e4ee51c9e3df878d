import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';

/** The number of rows shown initially and added each time: a page should not render ten thousand at once. */
export const STEP = 50;

/**
 * The button that shows more rows of a list.
 *
 * @param {number} shown the most rows that are shown
 * @param {number} all
 * @param {(shown: number) => void} show
 */
export const more = (shown, all, show) =>
  all > shown
    ? html`<div class="pages"><span>${count(shown)} of ${count(all)}</span>
        <button class="button button-small" type="button" @click=${() => show(shown + STEP)} data-testid="show-more">Show more</button></div>`
    : nothing;
