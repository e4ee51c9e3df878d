import { html } from 'lit-html';
import { time } from '../app/format.js';
import { sweepHref } from '../app/routes.js';
import { chip } from '../job/state-chip.js';
import { statesOf, working } from '../job/words.js';
import { sweepBar } from './sweep-bar.js';

/** @typedef {import('../api/types.js').Sweep} Sweep */

/** @param {Sweep[]} sweeps */
export const sweepList = (sweeps) => html`<ol class="jobs" data-testid="sweeps">${sweeps.map(row)}</ol>`;

/** @param {Sweep} sweep */
const row = (sweep) => html`<li class="sweep" data-sweep=${sweep.id}>
  <div class="sweep-line"><a class="sweep-link" href=${sweepHref(sweep.id)}>${sweep.id}</a> ${sweepChip(sweep)}
    <span class="faint">${sweepWhen(sweep)}</span></div>
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
export const sweepWhen = ({ createdAt, endedAt }) => (endedAt ? `queued ${time(createdAt)}, ended ${time(endedAt)}` : `queued ${time(createdAt)}`);
