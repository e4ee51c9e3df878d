import { html, nothing } from 'lit-html';
import { percent, plural } from '../format.js';
import { jobHref } from '../routes.js';
import { trialWords } from '../trials.js';
import { stateWord } from '../words.js';
import { bar } from './progress.js';

/**
 * @typedef {import('../types.js').Job} Job
 * @typedef {import('../types.js').Rung} Rung
 * @typedef {import('../types.js').Trial} Trial
 */

/**
 * A successive halving: the trials that came to each rung, the best first, and which of them went on.
 *
 * @param {NonNullable<import('../types.js').Sweep['halving']>} halving
 * @param {Job[]} jobs of the sweep
 */
export function rungs({ factor, firstEpochs, rungs }, jobs) {
  const trainings = new Map(jobs.filter(({ spec }) => spec.kind === 'train').map((job) => [job.id, job]));
  const words = trialWords(jobs, false);
  return html`<section class="panel" aria-labelledby="rungs-title" data-testid="rungs">
    <div class="panel-head"><h2 id="rungs-title">Rungs</h2></div>
    <p class="note">Every trial stops after ${plural(firstEpochs, 'epoch')} and is compared with the others; about one in ${factor} goes on,
      to ${factor} times as many epochs.</p>
    ${rungs.length > 0
      ? html`<div class="rungs">${rungs.map((rung) => column(rung, trainings, words))}</div>`
      : html`<p class="loading">No trial has come to the first rung yet.</p>`}
  </section>`;
}

/** @param {Rung} rung @param {Map<number, Job>} trainings @param {(job: Job) => string} words */
function column({ epoch, trials }, trainings, words) {
  const promoted = trials.filter((trial) => trial.promoted).length;
  return html`<table class="table rung" data-rung=${epoch}>
    <caption><strong>After ${epoch === 1 ? 'epoch 1' : `${epoch} epochs`}</strong> ${plural(trials.length, 'trial')}, ${promoted} went on</caption>
    <thead><tr><th scope="col">Trial</th><th scope="col" class="number">Validation</th><th scope="col">Then</th></tr></thead>
    <tbody>${trials.map((trial) => row(trial, epoch, trainings.get(trial.job), words))}</tbody>
  </table>`;
}

/** @param {Trial} trial @param {number} epoch @param {Job|undefined} job @param {(job: Job) => string} words */
function row({ job: id, accuracy, promoted }, epoch, job, words) {
  return html`<tr class=${promoted ? 'promoted' : nothing} data-trial=${id} data-promoted=${promoted}>
    <th scope="row"><a href=${jobHref(id)}>#${id}</a>
      ${job ? html`<span class="under">${words(job)}</span>` : nothing}</th>
    <td class="number">${percent(accuracy)} <span class="rung-bar" aria-hidden="true">${bar(accuracy, '')}</span></td>
    <td>${promoted ? html`<span class="went-on">↗ went on</span>` : html`<span class="faint">${fate(epoch, job)}</span>`}</td>
  </tr>`;
}

/** What became of a trial that did not go on. @param {number} epoch @param {Job|undefined} job */
function fate(epoch, job) {
  if (!job) {
    return 'deleted';
  }
  return job.state === 'PAUSED' && job.lastEpoch === epoch ? 'waits' : job.state === 'CANCELLED' ? 'ended here' : stateWord(job.state).toLowerCase();
}
