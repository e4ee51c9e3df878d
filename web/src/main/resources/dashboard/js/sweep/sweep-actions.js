import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { sweepFormHref } from '../app/routes.js';
import { acting } from '../controls/acting.js';
import { askingButton } from '../controls/question.js';
import { isTraining } from '../experiment/experiments.js';
import { cancellable, statesOf } from '../job/words.js';
import { entriesOf, settingsOf } from './sweep-definition.js';

/**
 * @typedef {import('../api/types.js').Sweep} Sweep
 * @typedef {import('../api/types.js').SweepWithJobs} SweepWithJobs
 */

/**
 * Actions on a sweep in its current state.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, changed: (sweep: Sweep) => void, removed: () => void}} page
 */
export function sweepActions(api, { draw, changed, removed }) {
  const actions = acting(draw);
  /** @type {import('./sweep-definition.js').Settings|undefined} */
  let settings;
  let outcome = '';

  /**
   * @template {Sweep} T
   * @param {() => Promise<T>} action
   * @param {(sweep: T) => string} [words] the outcome, unless the page shows it anyway
   */
  const act = (action, words = () => '') =>
    actions.act(async () => {
      outcome = '';
      const sweep = await action();
      outcome = words(sweep);
      changed(sweep);
    });

  /** @param {{shared: number[]}} stopped */
  const stillRunning = ({ shared }) =>
    shared.length === 0 ? '' : `${plural(shared.length, 'job')} shared with other sweeps ${shared.length === 1 ? 'continues' : 'continue'}.`;

  /** @param {Sweep} sweep */
  const open = (sweep) => statesOf(sweep.counts).reduce((sum, [state, n]) => sum + (cancellable(state) ? n : 0), 0);

  /** @param {Sweep} sweep */
  function cancellation(sweep) {
    const jobs = open(sweep);
    return jobs === 0
      ? nothing
      : askingButton({
          id: 'cancel-sweep',
          verb: 'Cancel the sweep',
          busy: actions.busy,
          action: () => act(() => api.cancelSweep(sweep.id), stillRunning),
          question: {
            label: 'Cancel this sweep?',
            text: `Cancel ${jobs === 1 ? 'the unfinished job' : `the ${plural(jobs, 'unfinished job')}`}? Results are kept, and jobs shared with other sweeps continue.`,
            id: 'cancel-sweep-confirm',
            verb: 'Cancel jobs',
          },
        });
  }

  /** @param {Sweep} sweep */
  function removal(sweep) {
    const jobs = statesOf(sweep.counts).reduce((sum, [, n]) => sum + n, 0);
    return open(sweep) > 0
      ? nothing
      : askingButton({
          id: 'delete-sweep',
          busy: actions.busy,
          action: () => actions.act(() => api.removeSweep(sweep.id).then(removed)),
          question: {
            label: 'Delete this sweep?',
            text: `Delete the sweep with ${jobs === 1 ? 'its job' : `its ${plural(jobs, 'job')}`}, results and files permanently? Jobs shared with other sweeps are kept.`,
            id: 'delete-sweep-confirm',
          },
        });
  }

  /**
   * Whether there are jobs to resume. Trials that were not promoted, or were below the median, are CANCELLED, too, and
   * stay cancelled. Jobs that were cancelled with a training are resumed with it.
   *
   * @param {SweepWithJobs} sweep
   */
  function resumable({ counts, halving, jobs }) {
    if ((counts.FAILED ?? 0) > 0) {
      return true;
    }
    if (!halving) {
      return jobs.some(({ state, causeCode = '' }) => state === 'CANCELLED' && !['below-median', 'cancelled-with-job'].includes(causeCode));
    }
    const notPromoted = new Set(halving.rungs.flatMap(({ trials }) => trials.filter(({ promoted }) => !promoted).map(({ job }) => job)));
    return jobs.some(({ id, state, spec }) => state === 'CANCELLED' && isTraining(spec) && !notPromoted.has(id));
  }

  /** @param {SweepWithJobs} sweep */
  const resumption = (sweep) =>
    resumable(sweep)
      ? html`<button class="button" type="button" ?disabled=${actions.busy} data-testid="resume-sweep"
          @click=${() => act(() => api.resumeSweep(sweep.id), ({ resumed }) => (resumed.length > 0 ? `${plural(resumed.length, 'job')} queued again.` : 'There was nothing to rerun.'))}
          >Rerun failed and cancelled jobs</button>`
      : nothing;

  /** A single button for both actions, so that keyboard focus stays on it. @param {Sweep} sweep */
  function holding(sweep) {
    const held = sweep.hold !== undefined;
    return sweep.endedAt && !held
      ? nothing
      : html`<button class=${held ? 'button button-primary' : 'button'} type="button" ?disabled=${actions.busy} data-testid=${held ? 'release-sweep' : 'hold-sweep'}
          @click=${() => (held ? act(() => api.releaseSweep(sweep.id)) : act(() => api.holdSweep(sweep.id), stillRunning))}>${held ? 'Release' : 'Hold'}</button>`;
  }

  return {
    /**
     * Until this is called, the link to a form prefilled from the sweep is not offered.
     *
     * @param {import('../experiment/experiments.js').Experiment[]} experiments
     */
    describe(experiments) {
      settings = settingsOf(experiments);
    },

    /** @param {SweepWithJobs} sweep */
    template: (sweep) => html`<div class="actions changes" data-testid="sweep-actions">
        ${holding(sweep)} ${resumption(sweep)}
        ${sweep.definition && settings && entriesOf(settings, sweep.definition)
          ? html`<a class="button" href=${sweepFormHref(sweep.id)} data-testid="copy-sweep">New sweep like this</a>`
          : nothing}
        ${cancellation(sweep)} ${removal(sweep)}
      </div>
      <p class="outcome" role="status" data-testid="sweep-outcome">${outcome || nothing}</p>
      ${actions.failure()}`,
  };
}
