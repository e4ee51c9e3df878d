import { html } from 'lit-html';
import { time } from '../app/format.js';
import { sweepHref } from '../app/routes.js';
import { chip } from '../job/state-chip.js';
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

/** Whether a sweep is open, held or ended. @param {Sweep} sweep */
export function sweepChip({ hold, endedAt }) {
  if (endedAt) {
    return chip('ENDED', 'Ended');
  }
  return hold ? chip('PAUSED', 'Held') : chip('RUNNING', 'Open');
}

/** @param {Sweep} sweep */
export const sweepWhen = ({ createdAt, endedAt }) => (endedAt ? `queued ${time(createdAt)}, ended ${time(endedAt)}` : `queued ${time(createdAt)}`);
