import { html, nothing } from 'lit-html';
import { chart } from './chart.js';
import { scroll } from '../controls/scroll.js';
import { legend } from './legend.js';
import { saving } from './saving.js';

/**
 * Charts with everything that is needed to read them, on a page or alone.
 *
 * A chart, with a title where a figure has several.
 * @typedef {object} Panel
 * @property {string} [title]
 * @property {string} [summary] its values in words, where they are not those of the whole figure
 * @property {(colors: import('./palette.js').Palette) => object} configure the chart for Chart.js
 *
 * @typedef {object} Figure
 * @property {string} name of its files
 * @property {string} testId
 * @property {string} title
 * @property {string} summary its values in words, for readers who do not see it
 * @property {import('./legend.js').LegendEntry[]} legend
 * @property {string} [letters] what the letters in the names of its networks stand for, in a sentence
 * @property {string[]} caption sentences: the data set, how the networks were trained, what the intervals are
 * @property {Panel[]} panels which share legend and caption
 * @property {unknown[]} data that the charts depend on
 * @property {Record<string, string>} [at] what the address of its page says of it alone
 * @property {number} [places] along the axis of categories, each with a name below it
 * @property {boolean} [small]
 * @property {boolean} [square] whether both axes have the same scale, and are as long
 */

/** Places whose names do not overlap on a phone. */
const MOST_PLACES = 12;

/** A figure on a page, which has a heading for it. @param {Figure} figure */
export const shownFigure = (figure) => html`${legend(figure.legend)} ${chartOf(figure)}`;

/** The same where the page has the legend, too. @param {Figure} figure */
export const chartOf = (figure) => html`${figure.panels.length === 1
    ? (figure.places ?? 0) > MOST_PLACES
      ? scroll(figure.title, html`<div class="chart-wide">${canvasOf(figure, figure.panels[0], figure.testId)}</div>`)
      : canvasOf(figure, figure.panels[0], figure.testId)
    : html`<div class="multiples">${figure.panels.map((panel, i) => html`<div><h3>${panel.title}</h3>${canvasOf({ ...figure, small: true }, panel, `${figure.testId}-${i + 1}`)}</div>`)}</div>`}
  ${figure.letters ? html`<p class="note" data-testid=${`${figure.testId}-letters`}>${figure.letters}</p>` : nothing}
  ${saving(figure)}`;

/** @param {Figure} figure @param {Panel} panel @param {string} testId */
const canvasOf = (figure, { title, summary = figure.summary, configure }, testId) => html`<div class=${figure.square ? 'chart chart-square' : figure.small ? 'chart chart-small' : 'chart'}>
    <canvas role="img" aria-label=${`${figure.title}${title ? `, ${title}` : ''}. ${summary}`} data-testid=${testId} ${chart(configure, figure.data)}></canvas>
  </div>`;
