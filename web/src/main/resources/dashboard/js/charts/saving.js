import { html } from 'lit-html';
import { copyButton, copyStatus, saveButton } from '../controls/copying.js';
import { pngOf } from './figure-png.js';
import { svgOf } from './figure-svg.js';

/** @typedef {import('./figure.js').Figure} Figure */

/** @param {Figure} figure */
const svg = (figure) => svgOf(figure, location.href);

/** Buttons that save or copy a figure. @param {Figure} figure */
export const saving = (figure) => html`<div class="saving">Save figure as
  ${saveButton(`save-${figure.name}-svg`, 'SVG', `${figure.name}.svg`, () => new Blob([svg(figure)], { type: 'image/svg+xml' }))}
  ${saveButton(`save-${figure.name}-png`, 'PNG', `${figure.name}.png`, () => pngOf(svg(figure)))}
  <span class="saving-other">or</span> ${copyButton(`copy-${figure.name}`, 'Copy', 'the figure', async () => pngOf(svg(figure)), 'image/png')}
  ${copyStatus}
</div>`;
