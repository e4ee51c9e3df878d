import { html, nothing } from 'lit-html';
import { percent, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { bar } from '../controls/bar.js';
import { shownFigure } from '../charts/figure.js';
import { panel } from '../controls/heading.js';
import { more, STEP } from '../controls/more.js';
import { shownState, stateWord } from '../job/words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Rung} Rung
 * @typedef {import('../api/types.js').Trial} Trial
 *
 * @typedef {object} Trials information on trials besides their accuracies
 * @property {(id: number) => Job|undefined} job
 * @property {(job: Job) => string} words the settings in which they differ
 * @property {number[]} best the best of those that finished
 * @property {import('../charts/figure.js').Figure|undefined} curves
 */

/** Which of the trials are promoted, and to how many times as many epochs, by the reduction factor. @type {Record<number, [part: string, times: string]>} */
const SHARES = { 2: ['half', 'twice'], 3: ['third', 'three times'], 4: ['quarter', 'four times'] };

/**
 * The rungs of a successive halving: the trials that reached each rung, best first, and which of them were promoted.
 *
 * @param {{draw: () => void}} page
 */
export function rungs({ draw }) {
  /** The number of trials shown per rung, by epoch. @type {Map<number, number>} */
  const shown = new Map();

  /** @param {Rung} rung @param {Trials} all */
  function column({ epoch, trials }, { job, words, best }) {
    const promoted = trials.filter((trial) => trial.promoted).length;
    const most = shown.get(epoch) ?? STEP;
    return html`<div>
      <table class="table rung" data-rung=${epoch}>
        <caption><strong>After ${plural(epoch, 'epoch')}</strong> ${plural(trials.length, 'trial')}, ${promoted} promoted</caption>
        <thead><tr><th scope="col" class="number">Rank</th><th scope="col">Trial</th><th scope="col" class="number">Validation</th><th scope="col">Outcome</th></tr></thead>
        <tbody>${trials.slice(0, most).map((trial) => row(trial, job(trial.job), words, outcomeOf(trial, epoch, job(trial.job), best.includes(trial.job))))}</tbody>
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
    template({ factor, firstEpochs, rungs }, trials) {
      const [part, times] = SHARES[factor] ?? [`1/${factor}`, `${factor} times`];
      return panel('rungs', 'Rungs', html`<p class="note">Every trial pauses after ${plural(firstEpochs, 'epoch')}, the first rung, and is compared with the others. The best ${part}
        of those that have reached it so far are promoted, and train on to the next rung, at ${times} as many epochs. Since trials arrive one by one, more can be promoted in all.
        Trials are compared by the validation accuracy of the epoch that they would keep if they ended there: unless the last is kept, it may be an earlier one.</p>
      ${trials.curves ? shownFigure(trials.curves) : nothing}
      ${rungs.length > 0
        ? html`<div class="rungs">${rungs.map((rung) => column(rung, trials))}</div>`
        : html`<p class="loading">No trial has reached the first rung yet.</p>`}`, { testId: 'rungs' });
    },
  };
}

/** @param {Trial} trial @param {Job|undefined} job @param {(job: Job) => string} words @param {string} outcome */
function row({ job: id, accuracy, promoted, rank }, job, words, outcome) {
  return html`<tr class=${promoted ? 'promoted' : nothing} data-trial=${id} data-promoted=${promoted}>
    <td class="number">${rank}</td>
    <th scope="row"><a href=${jobHref(id)}>#${id}</a>
      ${job ? html`<span class="under">${words(job)}</span>` : nothing}</th>
    <td class="number">${percent(accuracy)} <span class="rung-bar" aria-hidden="true">${bar(accuracy, '')}</span></td>
    <td><span class=${promoted ? 'trial-promoted' : 'faint'}>${outcome}</span></td>
  </tr>`;
}

/** The outcome of a trial at a rung. @param {Trial} trial @param {number} epoch @param {Job|undefined} job @param {boolean} best whether no finished trial reached more */
function outcomeOf({ promoted }, epoch, job, best) {
  if (promoted) {
    return best ? '↗ promoted, ★ best of the finished' : '↗ promoted';
  }
  if (!job) {
    return 'deleted';
  }
  return job.state === 'PAUSED' && job.lastEpoch === epoch ? 'waiting' : stateWord(shownState(job)).toLowerCase();
}
