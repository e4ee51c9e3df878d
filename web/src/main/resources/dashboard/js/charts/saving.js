import { html, nothing } from 'lit-html';
import { copyButton, copyStatus, saveButton } from '../controls/copying.js';
import { pdfOf } from './figure-pdf.js';
import { pngOf } from './figure-png.js';
import { svgOf } from './figure-svg.js';

/** @typedef {import('./figure.js').Figure} Figure */

/** Buttons that save or copy a figure. @param {Figure} figure */
export const saving = (figure) => savingOf({ name: figure.name, what: 'figure', svg: () => svgOf(figure, location.href) });

/**
 * Buttons that save or copy a drawing.
 *
 * @param {object} drawing
 * @param {string} drawing.name of its files, without extension
 * @param {string} drawing.what what it is called
 * @param {() => string|Promise<string>} drawing.svg
 * @param {string} [drawing.pdf] the title of a PDF file of it, for drawings of pixels: the file has no shapes and no text
 */
export const savingOf = ({ name, what, svg, pdf }) => html`<div class="saving">Save ${what} as
  ${saveButton(`save-${name}-svg`, 'SVG', `${name}.svg`, async () => new Blob([await svg()], { type: 'image/svg+xml' }))}
  ${saveButton(`save-${name}-png`, 'PNG', `${name}.png`, async () => pngOf(await svg()))}
  ${pdf ? saveButton(`save-${name}-pdf`, 'PDF', `${name}.pdf`, async () => pdfOf(await svg(), pdf)) : nothing}
  <span class="saving-other">or</span> ${copyButton(`copy-${name}`, 'Copy', `the ${what}`, async () => pngOf(await svg()), 'image/png')}
  ${copyStatus}
</div>`;
