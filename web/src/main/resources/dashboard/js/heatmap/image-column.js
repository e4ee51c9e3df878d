import { html, nothing } from 'lit-html';
import { bareImage } from './map-view.js';

/**
 * The image that is explained, beside its maps.
 *
 * @param {object} column
 * @param {string} column.url
 * @param {string} column.name of its file
 * @param {string|undefined} column.actual its class, if known
 * @param {string|undefined} column.scrambled URL of its scrambled version, if a network has drawn it
 * @param {import('./map-view.js').Cursor|undefined} column.cursor
 */
export const imageColumn = ({ url, name, actual, scrambled, cursor }) => html`<article class="explanation" data-testid="explained-image">
  <div class="explanation-head">
    <h3>Image</h3>
    <p class="faint">${name}</p>
    ${actual ? html`<p>${actual}</p>` : nothing}
  </div>
  ${bareImage({ url, alt: `The image ${name}`, scrambled: false, cursor })}
  ${scrambled ? bareImage({ url: scrambled, alt: `The image ${name}, scrambled`, scrambled: true, cursor }) : nothing}
</article>`;
