import { html, nothing, svg } from 'lit-html';
import { withTerms } from '../terms/term.js';
import { HEIGHT, SYMBOLS, WIDTH } from './symbols.js';

/**
 * An entry of a legend: a symbol and what it means, and the same in few words for a narrow figure.
 *
 * @typedef {[symbol: string, words: string, few?: string]} LegendEntry
 */

/** @param {LegendEntry[]} entries */
export const legend = (entries) => html`<ul class="legend">
  ${entries.map(([symbol, words]) => html`<li><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${SYMBOLS[symbol].map(stroke)}</svg><span>${withTerms(words)}</span></li>`)}
</ul>`;

/** @param {import('./symbols.js').Stroke} stroke */
const stroke = ({ d, fill, line, dash, thin }) =>
  svg`<path class=${fill ? `fill-${fill}` : `line-${line}${thin ? ' line-thin' : ''}`} d=${d} stroke-dasharray=${dash ?? nothing}></path>`;
