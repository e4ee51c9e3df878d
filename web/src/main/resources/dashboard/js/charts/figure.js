import { html, nothing } from 'lit-html';
import { chart } from './chart.js';
import { scroll } from '../controls/scroll.js';
import { legend } from './legend.js';
import { saving } from './saving.js';
import { zoomed } from './zoom.js';

/**
 * Charts with everything that is needed to read them, on a page or outside it.
 *
 * A chart, with a title if a figure has several charts.
 * @typedef {object} Panel
 * @property {string} [title]
 * @property {string} [summary] its values in words, if they differ from those of the whole figure
 * @property {(colors: import('./palette.js').Palette) => object} configure returns the configuration for Chart.js
 *
 * @typedef {object} Figure
 * @property {string} name file name of saved figures, without extension
 * @property {string} testId
 * @property {string} title
 * @property {string} summary its values in words, for screen readers
 * @property {import('./legend.js').LegendEntry[]} legend
 * @property {string} [letters] a sentence that explains the letters in the names of its networks
 * @property {string[]} caption sentences on the data set, how the networks were trained, and what the intervals are
 * @property {Panel[]} panels charts that share the legend and the caption
 * @property {(width: number) => SVGElement} [drawing] draws what is no chart, instead of panels, for a file in which there is room for this width
 * @property {unknown[]} data the data that the charts depend on
 * @property {Record<string, string>} [at] query parameters that its page's URL has for this figure only
 * @property {number} [places] number of positions on the category axis, each with a label below it
 * @property {number} [rows] number of positions on the vertical axis, each with a label beside it, which decides the height
 * @property {boolean} [small]
 * @property {boolean} [square] whether both axes have the same scale and length
 * @property {import('./view.js').Zoom} [zoom] what readers can change of it; absent: nothing
 */

/** The most positions whose labels do not overlap on a phone. */
const MOST_PLACES = 12;

/** A figure on a page that already has a heading for it. @param {Figure} figure */
export const shownFigure = (figure) => html`${legend(figure.legend)} ${chartOf(figure)}`;

/** The same for a page that already shows the legend, too. @param {Figure} figure */
export const chartOf = (figure) => (figure.zoom ? zoomed(figure, drawn) : drawn(figure, nothing));

/** @param {Figure} figure @param {unknown} controls */
const drawn = (figure, controls) => html`${figure.panels.length === 1
    ? (figure.places ?? 0) > MOST_PLACES
      ? scroll(figure.title, html`<div class="chart-wide">${canvasOf(figure, figure.panels[0], figure.testId)}</div>`)
      : canvasOf(figure, figure.panels[0], figure.testId)
    : html`<div class="multiples">${figure.panels.map((panel, i) => html`<div><h3>${panel.title}</h3>${canvasOf({ ...figure, small: true }, panel, `${figure.testId}-${i + 1}`)}</div>`)}</div>`}
  ${controls}
  ${figure.letters ? html`<p class="note" data-testid=${`${figure.testId}-letters`}>${figure.letters}</p>` : nothing}
  ${saving(figure)}`;

/** @param {Figure} figure @param {Panel} panel @param {string} testId */
const canvasOf = (figure, { title, summary = figure.summary, configure }, testId) => html`<div class=${figure.square ? 'chart chart-square' : figure.small ? 'chart chart-small' : 'chart'}>
    <canvas role="img" aria-label=${`${figure.title}${title ? `, ${title}` : ''}. ${summary}`} data-testid=${testId} ${chart(configure, figure.data, figure.rows)}></canvas>
  </div>`;
