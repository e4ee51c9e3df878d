import { html, nothing } from 'lit-html';
import { percent, plural } from '../format.js';
import { jobHref } from '../routes.js';
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
  const differing = differences([...trainings.values()]);
  return html`<section class="panel" aria-labelledby="rungs-title" data-testid="rungs">
    <div class="panel-head"><h2 id="rungs-title">Rungs</h2></div>
    <p class="note">Every trial stops after ${plural(firstEpochs, 'epoch')} and is compared with the others; of each rung about one in ${factor} goes on,
      ${factor} times as far.</p>
    ${rungs.length > 0
      ? html`<div class="rungs">${rungs.map((rung) => column(rung, trainings, differing))}</div>`
      : html`<p class="loading">No trial has come to the first rung yet.</p>`}
  </section>`;
}

/** @param {Rung} rung @param {Map<number, Job>} trainings @param {string[]} differing */
function column({ epoch, trials }, trainings, differing) {
  const promoted = trials.filter((trial) => trial.promoted).length;
  return html`<table class="table rung" data-rung=${epoch}>
    <caption><strong>After ${epoch === 1 ? 'epoch 1' : `${epoch} epochs`}</strong> ${plural(trials.length, 'trial')}, ${promoted} went on</caption>
    <thead><tr><th scope="col">Trial</th><th scope="col" class="number">Validation</th><th scope="col">Then</th></tr></thead>
    <tbody>${trials.map((trial) => row(trial, epoch, trainings.get(trial.job), differing))}</tbody>
  </table>`;
}

/** @param {Trial} trial @param {number} epoch @param {Job|undefined} job @param {string[]} differing */
function row({ job: id, accuracy, promoted }, epoch, job, differing) {
  return html`<tr class=${promoted ? 'promoted' : nothing} data-trial=${id} data-promoted=${promoted}>
    <th scope="row"><a href=${jobHref(id)}>#${id}</a>
      ${job && differing.length > 0 ? html`<span class="under">${differing.map((name) => `${WORDS[name] ?? name} ${spec(job)[name]}`).join(', ')}</span>` : nothing}</th>
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

/** @type {Record<string, string>} */
const WORDS = { architecture: '', learningRate: 'rate', batchSize: 'batch', imageSize: 'size', seed: 'seed', width: 'width', dataset: '', recipe: '' };

/** @param {Job} job @returns {Record<string, unknown>} */
const spec = (job) => /** @type {any} */ (job.spec);

/** The settings in which trials differ, by which a person tells them. @param {Job[]} jobs */
const differences = (jobs) =>
  Object.keys(WORDS).filter((name) => new Set(jobs.map((job) => spec(job)[name])).size > 1);
