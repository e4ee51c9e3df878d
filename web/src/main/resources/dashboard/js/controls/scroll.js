import { html } from 'lit-html';

/**
 * A wide thing, such as a table, that scrolls sideways by itself where the page is narrow, also from
 * the keyboard.
 *
 * @param {string} label
 * @param {unknown} content
 * @param {boolean} [long] whether it also scrolls up and down
 */
export const scroll = (label, content, long = false) => html`<div class=${long ? 'scroll table-long' : 'scroll'} tabindex="0" role="region" aria-label=${label}>${content}</div>`;
