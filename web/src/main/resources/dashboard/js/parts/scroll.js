import { html } from 'lit-html';

/**
 * A wide thing, such as a table, that scrolls sideways by itself where the page is narrow, also from
 * the keyboard.
 *
 * @param {string} label
 * @param {unknown} content
 */
export const scroll = (label, content) => html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>${content}</div>`;
