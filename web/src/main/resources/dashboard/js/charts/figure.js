import { html } from 'lit-html';
import { chart } from './chart.js';
import { legend } from './legend.js';
import { saving } from './saving.js';

/**
 * A chart with everything that is needed to read it, on a page or alone.
 *
 * @typedef {object} Figure
 * @property {string} name of its files
 * @property {string} testId
 * @property {string} title
 * @property {string} summary its values in words, for readers who do not see it
 * @property {import('./legend.js').LegendEntry[]} legend
 * @property {string[]} caption sentences: the data set, how the networks were trained, what the intervals are
 * @property {(colors: import('./palette.js').Palette) => object} configure the chart for Chart.js
 * @property {unknown[]} data that the chart depends on
 * @property {boolean} [small]
 * @property {boolean} [square] whether both axes have the same scale, and are as long
 */

/** A figure on a page, which has a heading for it. @param {Figure} figure */
export const shownFigure = (figure) => html`${legend(figure.legend)} ${chartOf(figure)}`;

/** The same where the page has the legend, too. @param {Figure} figure */
export const chartOf = (figure) => html`<div class=${figure.square ? 'chart chart-square' : figure.small ? 'chart chart-small' : 'chart'}>
    <canvas role="img" aria-label=${`${figure.title}. ${figure.summary}`} data-testid=${figure.testId} ${chart(figure.configure, figure.data)}></canvas>
  </div>
  ${saving(figure)}`;
