import { html, nothing } from 'lit-html';
import { count, percent, plural, points, published, range } from '../app/format.js';
import { intervalWords, regimeWords } from './words.js';

/** @typedef {import('../api/types.js').Measured} Measured */

/** @param {Measured} value */
export const measuredWords = (value) =>
  `${percent(value.mean)}, ${range(value)} (${intervalWords(value.interval)}; ${plural(value.n, 'seed')}, ${count(value.images)} images)`;

/**
 * A measured accuracy: mean, half the interval's width, and the interval itself.
 *
 * @param {Measured|undefined} value
 */
export function measured(value) {
  if (!value) {
    return html`<span class="absent">not measured</span>`;
  }
  return html`<span class="value measured" title=${measuredWords(value)}>
    <span class="mean">${points(value.mean)}</span><span class="spread"> ± ${points((value.high - value.low) / 2)}</span>
    <span class="range">${range(value)}</span></span>`;
}

/**
 * @param {number|undefined} value
 * @param {import('../api/types.js').SetName} set
 */
export const publishedValue = (value, set) =>
  value === undefined || value === null
    ? html`<span class="absent" title="Not reported">–</span>`
    : html`<span class="value published">${published(value, set).replace(' %', '')}</span>`;

/** @param {'measured'|'published'} source */
export const sourceTag = (source) =>
  html`<span class=${`tag tag-${source}`}>${source === 'measured' ? 'Measured here' : 'Published'}</span>`;

/**
 * How a network was initialised: from scratch, or from which weights.
 *
 * @param {{regime?: string, weights?: string}} row
 */
export const regimeTag = (row) =>
  row.regime ? html`<span class="tag tag-regime" data-regime=${row.regime} title=${regimeWords(row)}>${regimeWords(row)}</span>` : nothing;
