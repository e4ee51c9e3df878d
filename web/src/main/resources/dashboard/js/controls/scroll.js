import { html } from 'lit-html';

/**
 * Wide content, such as a table, that scrolls horizontally on narrow pages, also with the keyboard.
 *
 * @param {string} label
 * @param {unknown} content
 * @param {boolean} [long] whether it also scrolls vertically
 */
export const scroll = (label, content, long = false) => html`<div class=${long ? 'scroll table-long' : 'scroll'} tabindex="0" role="region" aria-label=${label}>${content}</div>`;
