import { html, svg } from 'lit-html';
import { points } from '../app/format.js';

/**
 * A progress bar or a meter.
 *
 * @param {number} done in [0, 1]
 * @param {string} words
 * @param {object} [options]
 * @param {number[]} [options.marks] boundaries between stages
 * @param {string} [options.label]
 * @param {'progressbar'|'meter'} [options.role] `meter` for a value that is not progress
 */
export function bar(done, words, { marks = [], label = 'Progress', role = 'progressbar' } = {}) {
  return html`<svg
    class="bar"
    viewBox="0 0 1000 8"
    preserveAspectRatio="none"
    role=${role}
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${points(done, 0)}
    aria-valuetext=${words}
  >
    <rect class="bar-track" width="1000" height="8"></rect>
    <rect class="bar-done" width=${(done * 1000).toFixed(1)} height="8"></rect>
    ${marks.map((mark) => svg`<rect class="bar-gap" x=${mark * 1000 - 1.5} width="3" height="8"></rect>`)}
  </svg>`;
}
