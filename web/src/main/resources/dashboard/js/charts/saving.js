import { html } from 'lit-html';
import { saveFile } from '../app/save-file.js';
import { pngOf } from './figure-png.js';
import { svgOf } from './figure-svg.js';

/** @typedef {import('./figure.js').Figure} Figure */

/** The files that a figure can be saved as. @type {[extension: string, make: (figure: Figure) => Blob|Promise<Blob>][]} */
const FORMATS = [
  ['svg', (figure) => new Blob([svgOf(figure)], { type: 'image/svg+xml' })],
  ['png', (figure) => pngOf(svgOf(figure))],
];

/** Buttons that save a figure. @param {Figure} figure */
export const saving = (figure) => html`<div class="saving">Save figure as
  ${FORMATS.map(([extension, make]) => html`<button type="button" class="button button-small" data-testid=${`save-${figure.name}-${extension}`}
    @click=${async () => saveFile(`${figure.name}.${extension}`, await make(figure))}>${extension.toUpperCase()}</button>`)}
</div>`;
