import { html, nothing } from 'lit-html';
import { bareImage } from './map-view.js';

/**
 * The image that is explained, beside its maps.
 *
 * @param {object} column
 * @param {string} column.url
 * @param {string} column.name of its file
 * @param {string|undefined} column.actual its class, if known
 * @param {string} column.size in which it is shown, if networks were given different sizes
 * @param {string|undefined} column.scrambled URL of its scrambled version, if a network has drawn it, and others the same
 * @param {boolean} column.apart whether each network was given another scrambled version
 * @param {import('./map-view.js').Cursor|undefined} column.cursor
 */
export const imageColumn = ({ url, name, actual, size, scrambled, apart, cursor }) => html`<article class="explanation" data-testid="explained-image">
  <div class="explanation-head">
    <h3>Image</h3>
    <p class="faint">${name}</p>
    ${actual ? html`<p>${actual}</p>` : nothing}
    ${size ? html`<p class="faint">${size}</p>` : nothing}
  </div>
  ${bareImage({ url, alt: `The image ${name}`, scrambled: false, cursor })}
  ${scrambled ? bareImage({ url: scrambled, alt: `The image ${name}, scrambled`, scrambled: true, cursor }) : nothing}
  ${apart ? html`<p class="note" data-testid="scrambled-apart">Each seed scrambles it differently. With an opacity of 0 %, the maps show how.</p>` : nothing}
</article>`;
