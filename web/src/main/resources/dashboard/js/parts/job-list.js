import { html, nothing } from 'lit-html';
import { elapsed, time } from '../format.js';
import { jobHref } from '../routes.js';
import { cancelWords, waitWords, working } from '../words.js';
import { progressBar, progressWords } from './progress.js';
import { stateChip } from './state-chip.js';

/** @typedef {import('../types.js').Job} Job */

/** @param {Job[]} jobs */
export const jobList = (jobs) => html`<ol class="jobs" data-testid="jobs">${jobs.map(row)}</ol>`;

/** @param {Job} job */
function row(job) {
  const running = working(job.state);
  return html`<li class="job" data-job-id=${job.id} data-state=${job.state}>
    <a class="job-link" href=${jobHref(job.id)}>
      <span class="job-id">#${job.id}</span>
      <span class="job-title">${job.title}</span>
      ${stateChip(job.state)}
      <span class="job-when">${when(job)}</span>
      ${running ? html`<span class="job-progress">${progressBar(job)}<span>${progressWords(job.progress)}</span></span>` : nothing}
      ${reason(job)}
    </a>
  </li>`;
}

/** @param {Job} job */
function when({ createdAt, startedAt, endedAt, state, sweep }) {
  const of = sweep ? `sweep ${sweep} · ` : '';
  if (working(state) && startedAt) {
    return `${of}running for ${elapsed(startedAt)}`;
  }
  if (endedAt && startedAt) {
    return `${of}${time(endedAt)}, took ${elapsed(startedAt, endedAt)}`;
  }
  return `${of}queued ${time(createdAt)}`;
}

/** @param {Job} job */
function reason(job) {
  const words = [job.error?.message ?? job.reason ?? cancelWords(job), waitWords(job)].filter(Boolean).join('; ');
  return words ? html`<span class="job-reason">${words}</span>` : nothing;
}
