import { html } from 'lit-html';
import { copyButton, copyStatus, saveButton } from '../controls/copying.js';
import { TEXTS, WIDTHS, figureFormat, keepFigureFormat, suiting } from './figure-format.js';
import { pdfOf } from './figure-pdf.js';
import { pngOf } from './figure-png.js';
import { svgOf } from './figure-svg.js';

/** @typedef {import('./figure.js').Figure} Figure */

/** Buttons that save or copy a figure, in a format to choose. @param {Figure} figure */
export const saving = (figure) => savingOf({ name: figure.name, what: 'figure', svg: () => svgOf(figure, location.href) }, formatChoice(figure.title));

/**
 * Buttons that save or copy a drawing.
 *
 * @param {object} drawing
 * @param {string} drawing.name of its files, without extension
 * @param {string} drawing.what what it is called
 * @param {() => string|Promise<string>} drawing.svg
 * @param {unknown} [choice] of its format
 */
export const savingOf = ({ name, what, svg }, choice) => html`<div class="saving">Save ${what} as
  ${saveButton(`save-${name}-svg`, 'SVG', `${name}.svg`, async () => new Blob([await svg()], { type: 'image/svg+xml' }))}
  ${saveButton(`save-${name}-png`, 'PNG', `${name}.png`, async () => pngOf(await svg()))}
  ${saveButton(`save-${name}-pdf`, 'PDF', `${name}.pdf`, async () => pdfOf(await svg()))}
  <span class="saving-other">or</span> ${copyButton(`copy-${name}`, 'Copy', `the ${what}`, async () => pngOf(await svg()), 'image/png')}
  ${choice ?? ''} ${copyStatus}
</div>`;

/** The choice of the format, which is that of all figures. @param {string} about the figure, for screen readers */
export const formatChoice = (about) => html`<span class="saving-format">
  ${widthSelect(about)}
  ${select('text', `Text of saved figures, ${about}`, TEXTS.map((text) => [String(text), `${text} pt`]), (text) => ({ ...figureFormat(), text: Number(text) }))}
  ${captionSwitch(about)}
</span>`;

/** @param {string} about */
const widthSelect = (about) => select('width', `Width of saved figures, ${about}`, Object.entries(WIDTHS).map(([width, { label }]) => [width, label]), suiting);

/**
 * @param {'width'|'text'} part
 * @param {string} label
 * @param {[value: string, words: string][]} options
 * @param {(value: any) => import('./figure-format.js').FigureFormat} chosen
 */
const select = (part, label, options, chosen) => html`<select aria-label=${label} data-format=${part} data-testid=${`figure-${part}`}
  @change=${(/** @type {any} */ { target }) => choose(chosen(target.value))}>${options.map(([value, words]) => html`<option value=${value} ?selected=${value === String(figureFormat()[part])}>${words}</option>`)}</select>`;

/** Whether saved figures contain their caption and the address of their page. @param {string} about */
const captionSwitch = (about) => html`<label class="saving-caption"><input type="checkbox" aria-label=${`with caption, ${about}`} data-format="caption" data-testid="figure-caption" .checked=${figureFormat().caption}
  @change=${(/** @type {any} */ { target }) => choose({ ...figureFormat(), caption: target.checked })}>with caption</label>`;

/** Keeps the format and shows it at all figures of the page. @param {import('./figure-format.js').FigureFormat} format */
function choose(format) {
  keepFigureFormat(format);
  for (const shown of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll('select[data-format]'))) {
    shown.value = String(format[/** @type {'width'|'text'} */ (shown.dataset.format)]);
  }
  for (const shown of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[data-format=caption]'))) {
    shown.checked = format.caption;
  }
}
