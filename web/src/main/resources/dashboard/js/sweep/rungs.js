import { html, nothing } from 'lit-html';
import { percent, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { bar } from '../controls/bar.js';
import { panel } from '../controls/heading.js';
import { more, STEP } from '../controls/more.js';
import { stateWord } from '../job/words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Rung} Rung
 * @typedef {import('../api/types.js').Trial} Trial
 *
 * @typedef {object} Trials information on trials besides their accuracies
 * @property {(id: number) => Job|undefined} job
 * @property {(job: Job) => string} words the settings in which they differ
 */

/**
 * The rungs of a successive halving: the trials that reached each rung, best first, and which of them were promoted.
 *
 * @param {{draw: () => void}} page
 */
export function rungs({ draw }) {
  /** The number of trials shown per rung, by epoch. @type {Map<number, number>} */
  const shown = new Map();

  /** @param {Rung} rung @param {Trials} all */
  function column({ epoch, trials }, { job, words }) {
    const promoted = trials.filter((trial) => trial.promoted).length;
    const most = shown.get(epoch) ?? STEP;
    return html`<div>
      <table class="table rung" data-rung=${epoch}>
        <caption><strong>After ${epoch === 1 ? 'epoch 1' : `${epoch} epochs`}</strong> ${plural(trials.length, 'trial')}, ${promoted} promoted</caption>
        <thead><tr><th scope="col">Trial</th><th scope="col" class="number">Validation</th><th scope="col">Outcome</th></tr></thead>
        <tbody>${trials.slice(0, most).map((trial) => row(trial, epoch, job(trial.job), words))}</tbody>
      </table>
      ${more(most, trials.length, (now) => {
        shown.set(epoch, now);
        draw();
      })}</div>`;
  }

  return {
    /**
     * @param {NonNullable<import('../api/types.js').Sweep['halving']>} halving
     * @param {Trials} trials
     */
    template: ({ factor, firstEpochs, rungs }, trials) => panel('rungs', 'Rungs', html`<p class="note">Every trial pauses after ${plural(firstEpochs, 'epoch')} and is compared with the others; about one in ${factor} is promoted
        and continues to ${factor} times as many epochs.</p>
      ${rungs.length > 0
        ? html`<div class="rungs">${rungs.map((rung) => column(rung, trials))}</div>`
        : html`<p class="loading">No trial has reached the first rung yet.</p>`}`, { testId: 'rungs' }),
  };
}

/** @param {Trial} trial @param {number} epoch @param {Job|undefined} job @param {(job: Job) => string} words */
function row({ job: id, accuracy, promoted }, epoch, job, words) {
  return html`<tr class=${promoted ? 'promoted' : nothing} data-trial=${id} data-promoted=${promoted}>
    <th scope="row"><a href=${jobHref(id)}>#${id}</a>
      ${job ? html`<span class="under">${words(job)}</span>` : nothing}</th>
    <td class="number">${percent(accuracy)} <span class="rung-bar" aria-hidden="true">${bar(accuracy, '')}</span></td>
    <td>${promoted ? html`<span class="trial-promoted">↗ promoted</span>` : html`<span class="faint">${fate(epoch, job)}</span>`}</td>
  </tr>`;
}

/** The outcome of a trial that was not promoted. @param {number} epoch @param {Job|undefined} job */
function fate(epoch, job) {
  if (!job) {
    return 'deleted';
  }
  return job.state === 'PAUSED' && job.lastEpoch === epoch ? 'waiting' : job.state === 'CANCELLED' ? 'stopped here' : stateWord(job.state).toLowerCase();
}
