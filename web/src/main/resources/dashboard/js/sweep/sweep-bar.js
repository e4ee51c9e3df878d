import { html, svg } from 'lit-html';
import { count } from '../app/format.js';
import { chip } from '../job/state-chip.js';
import { countWords, statesOf, stateWord } from '../job/words.js';

/** @typedef {import('../api/types.js').SweepCounts} SweepCounts */

/** Ended jobs first, queued ones last: the bar fills from the left. */
const ORDER = ['SUCCEEDED', 'PRUNED', 'FAILED', 'CANCELLED', 'RUNNING', 'PAUSING', 'INTERRUPTED', 'PAUSED', 'QUEUED'];

const LENGTH = 1000;
const GAP = 3;
/** The minimum width of a segment: one failure among thousands must be visible. */
const LEAST = 3 * GAP;

/**
 * A sweep's jobs by state, as a bar and in words.
 *
 * @param {SweepCounts} counts
 */
export function sweepBar(counts) {
  const states = statesOf(counts).sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const all = states.reduce((sum, [, n]) => sum + n, 0);
  const shares = states.map(([, n]) => Math.max(n, (all * LEAST) / LENGTH));
  const sum = shares.reduce((total, share) => total + share, 0);
  let from = 0;
  const stretches = states.map(([state], i) => {
    const x = from;
    const length = (shares[i] / sum) * LENGTH;
    from += length;
    return svg`<rect data-state=${state} x=${x.toFixed(1)} width=${(i < states.length - 1 ? length - GAP : length).toFixed(1)} height="8"></rect>`;
  });
  return html`<div class="sweep-bar" data-testid="sweep-bar">
    <svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label=${countWords(counts) || 'No jobs'}>
      ${all === 0 ? svg`<rect class="bar-track" width="1000" height="8"></rect>` : stretches}</svg>
    <ul class="counts">${states.map(([state, n]) => html`<li data-count=${state}>${chip(state, `${count(n)} ${stateWord(state).toLowerCase()}`)}</li>`)}</ul>
  </div>`;
}
