import { html } from 'lit-html';
import { clock, period } from '../app/format.js';
import { sweepHref } from '../app/routes.js';
import { chip } from '../job/state-chip.js';
import { statesOf, working } from '../job/words.js';
import { sweepBar } from './sweep-bar.js';

/** @typedef {import('../api/types.js').Sweep} Sweep */

/**
 * @param {Sweep[]} sweeps
 * @param {(sweep: Sweep) => string} words what is said of each besides its state
 */
export const sweepList = (sweeps, words) => html`<ol class="jobs" data-testid="sweeps">${sweeps.map((sweep) => row(sweep, words(sweep)))}</ol>`;

/** @param {Sweep} sweep @param {string} words */
const row = (sweep, words) => html`<li class="sweep" data-sweep=${sweep.id}>
  <div class="sweep-line"><a class="sweep-link" href=${sweepHref(sweep.id)}>${sweep.id}</a> ${sweepChip(sweep)}
    <span class="faint">${words}</span></div>
  ${sweepBar(sweep.counts)}
</li>`;

/** Whether a sweep runs, waits, is held or has ended. @param {Sweep} sweep */
export function sweepChip({ hold, endedAt, counts }) {
  if (endedAt) {
    return chip('ENDED', 'Ended');
  }
  if (hold) {
    return chip('PAUSED', 'Held');
  }
  return statesOf(counts).some(([state]) => working(state)) ? chip('RUNNING', 'Running') : chip('QUEUED', 'Waiting');
}

/** @param {Sweep} sweep */
export function sweepWhen({ createdAt, endedAt }) {
  if (!endedAt) {
    return `queued ${clock(createdAt)}`;
  }
  const [from, to] = period(createdAt, endedAt);
  return `queued ${from}, ended ${to}`;
}
