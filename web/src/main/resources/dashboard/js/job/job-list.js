import { html, nothing } from 'lit-html';
import { elapsed, time } from '../app/format.js';
import { jobHref, sweepHref } from '../app/routes.js';
import { staleClass } from '../controls/stale.js';
import { progressBar, progressWords } from './progress.js';
import { stateChip } from './state-chip.js';
import { cancelWords, ended, priorityWords, reasonWords, stateWord, waitWords, working } from './words.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * @param {Job[]} jobs
 * @param {object} [options]
 * @param {(job: Job) => unknown} [options.controls] actions in a job's row
 * @param {(job: Job) => string} [options.detail] details that a job's title lacks
 * @param {string} [options.sweep] the sweep of the page, whose tag is omitted
 * @param {string} [options.lostAt] when the connection was lost, if it was
 */
export const jobList = (jobs, { controls = () => nothing, detail = () => '', sweep, lostAt } = {}) =>
  html`<ol class="jobs" data-testid="jobs">${jobs.map((job) => row(job, { controls, detail, sweep, lostAt }))}</ol>`;

/**
 * @param {Job} job
 * @param {{controls: (job: Job) => unknown, detail: (job: Job) => string, sweep: string|undefined, lostAt: string|undefined}} options
 */
function row(job, { controls, detail, sweep, lostAt }) {
  const running = working(job.state);
  return html`<li class=${running ? `job ${staleClass(lostAt)}` : 'job'} data-job-id=${job.id} data-state=${job.state}>
    <span class="job-id">#${job.id}</span>
    <a class="job-link" href=${jobHref(job.id)}><span class="visually-hidden">Job ${job.id}: </span>${job.title}</a>
    ${stateChip(job.state)}
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
function when({ createdAt, startedAt, endedAt, state }, lostAt) {
  if (working(state) && startedAt) {
    return `running for ${elapsed(startedAt, lostAt)}`;
  }
  if (ended(state) && endedAt && startedAt) {
    return `${time(endedAt)}, took ${elapsed(startedAt, endedAt)}`;
  }
  if (!ended(state) && endedAt) {
    return `${stateWord(state).toLowerCase()} ${time(endedAt)}`;
  }
  return `queued ${time(createdAt)}`;
}

/** @param {Job} job */
function reason(job) {
  const message = job.error?.message ?? (job.reason === undefined ? cancelWords(job) : reasonWords(job));
  const words = [message, waitWords(job)].filter(Boolean).join('; ');
  return words ? html`<span class="job-reason">${words}</span>` : nothing;
}
