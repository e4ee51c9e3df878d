import { html, nothing } from 'lit-html';
import { jobHref } from '../app/routes.js';
import { stateWord } from '../job/words.js';

/** So many jobs are named. */
const MOST = 3;

/**
 * Names the jobs that do the same as the one that a form would queue.
 *
 * @param {import('./experiment-form.js').Equal[]} jobs the newest first
 */
export const equalJobs = (jobs) =>
  jobs.length === 0
    ? nothing
    : html`<p class="notice notice-warn" role="status" data-testid="equal-jobs"><span>${jobs.length === 1 ? 'A job with the same settings exists:' : 'Jobs with the same settings exist:'}
        ${jobs.slice(0, MOST).map(({ id, state }, i) => html`${i > 0 ? ', ' : ''}<a href=${jobHref(id)}>#${id}</a> (${stateWord(state).toLowerCase()})`)}${jobs.length > MOST ? ', …' : '.'}</span></p>`;
