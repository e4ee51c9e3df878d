import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';
import { copyButton, copyStatus, told } from '../controls/copying.js';
import { pngOf } from './figure-png.js';
import { svgOf } from './figure-svg.js';

/** @typedef {import('./figure.js').Figure} Figure */

/** @param {Figure} figure */
const svg = (figure) => svgOf(figure, location.href);

/** The files that a figure can be saved as. @type {[extension: string, make: (figure: Figure) => Blob|Promise<Blob>][]} */
const FORMATS = [
  ['svg', (figure) => new Blob([svg(figure)], { type: 'image/svg+xml' })],
  ['png', (figure) => pngOf(svg(figure))],
];

/** Buttons that save a figure, or copy it. @param {Figure} figure */
export const saving = (figure) => html`<div class="saving">Save figure as
  ${FORMATS.map(([extension, make]) => html`<button type="button" class="button button-small" data-testid=${`save-${figure.name}-${extension}`}
    @click=${(/** @type {Event} */ event) => told(event, 'Not saved', async () => {
      saveFile(`${figure.name}.${extension}`, await make(figure));
      return '';
    })}>${extension.toUpperCase()}</button>`)}
  <span class="saving-other">or</span> ${copyButton(`copy-${figure.name}`, 'Copy', 'the figure', async () => pngOf(svg(figure)), 'image/png')}
  ${copyStatus}
</div>`;
