import { html } from 'lit-html';
import { time } from '../app/format.js';
import { stateChip } from './state-chip.js';

/**
 * A job's state transitions in order, with their causes.
 *
 * @param {import('../api/types.js').Transition[]} transitions
 */
export const timeline = (transitions) => html`<ol class="timeline" data-testid="timeline">
  ${transitions.map(
    ({ at, to, cause }) => html`<li data-state=${to}><time datetime=${at}>${time(at)}</time> ${stateChip(to)} <span>${cause}</span></li>`,
  )}
</ol>`;
