import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { elapsed, time } from '../app/format.js';
import { jobHref, sweepHref } from '../app/routes.js';
import { staleClass } from '../controls/stale.js';
import { troubleMark, UNLIKELY } from '../results/left-out.js';
import { TROUBLES } from '../results/troubles.js';
import { progressBar, progressWords } from './progress.js';
import { stateChip } from './state-chip.js';
import { cancelWords, ended, endWords, placeWords, priorityWords, reasonWords, shownState, stateWord, waitWords, working } from './words.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * @param {Job[]} jobs
 * @param {object} [options]
 * @param {(job: Job) => unknown} [options.controls] actions in a job's row
 * @param {(job: Job) => string} [options.detail] details that a job's title lacks
 * @param {string} [options.sweep] the sweep of the page, whose tag is omitted
 * @param {string} [options.lostAt] when the connection was lost, if it was
 * @param {(job: Job) => unknown} [options.lead] controls in front of a job
 * @param {number} [options.mark] the number of rows above the place where a dragged row will go
 */
export const jobList = (jobs, { controls = () => nothing, detail = () => '', sweep, lostAt, lead, mark } = {}) =>
  html`<ol class=${lead ? 'jobs jobs-led' : 'jobs'} data-testid="jobs">${repeat(jobs, ({ id }) => id, (job, at) =>
    row(job, { controls, detail, sweep, lostAt, lead: lead?.(job) ?? nothing, mark: mark === at ? 'job-drop-before' : mark === at + 1 && mark === jobs.length ? 'job-drop-after' : '' }))}</ol>`;

/**
 * @param {Job} job
 * @param {{controls: (job: Job) => unknown, detail: (job: Job) => string, sweep: string|undefined, lostAt: string|undefined, lead: unknown, mark: string}} options
 */
function row(job, { controls, detail, sweep, lostAt, lead, mark }) {
  const running = working(job.state);
  return html`<li class=${`job ${running ? staleClass(lostAt) : mark}`} data-job-id=${job.id} data-state=${job.state}>
    ${lead}
    <span class="job-id">#${job.id}</span>
    <a class="job-link" href=${jobHref(job.id)}><span class="visually-hidden">Job ${job.id}: </span>${job.title}</a>
    <span class="job-chips">${troubleMark(job.trouble)} ${stateChip(shownState(job))}</span>
    <span class="job-when">${[detail(job), when(job, lostAt), job.interactive ? 'beside the queue' : priorityWords(job)].filter(Boolean).join(' · ')}
      ${job.sweep && job.sweep !== sweep ? sweepTag(job.sweep) : nothing}</span>
    ${controls(job)}
    ${running ? html`<span class="job-progress">${progressBar(job)}<span>${progressWords(job.progress)}</span></span>` : nothing}
    ${reason(job)}
  </li>`;
}

/** A link from a job to its sweep. @param {string} name */
export const sweepTag = (name) => html`<a class="tag tag-sweep" href=${sweepHref(name)} data-sweep=${name}>sweep ${name}</a>`;

/** @param {Job} job @param {string|undefined} lostAt */
function when(job, lostAt) {
  const { createdAt, startedAt, endedAt, state } = job;
  if (working(state) && startedAt) {
    return `running for ${elapsed(startedAt, lostAt)}`;
  }
  if (endedAt) {
    return ended(state) ? endWords(job) : `${stateWord(state).toLowerCase()} ${endWords(job)}`;
  }
  return placeWords(job, lostAt) || `queued ${time(createdAt)}`;
}

/** Why a running job should be stopped. @param {Job} job */
const wrongWords = ({ state, trouble, cancelRequested }) =>
  trouble && working(state) && !cancelRequested ? `${TROUBLES[trouble].text}. ${UNLIKELY}` : '';

/** @param {Job} job */
function reason(job) {
  const message = job.error?.message ?? (job.reason === undefined ? cancelWords(job) : reasonWords(job));
  const words = [message, waitWords(job), job.resumed, wrongWords(job)].filter(Boolean).join('; ');
  return words ? html`<span class="job-reason">${words}</span>` : nothing;
}
