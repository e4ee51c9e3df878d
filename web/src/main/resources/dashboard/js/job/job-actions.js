import { html, nothing } from 'lit-html';
import { compareHref, formHref } from '../app/routes.js';
import { acting } from '../controls/acting.js';
import { askingButton } from '../controls/question.js';
import { isTraining } from '../experiment/experiments.js';
import { cancellable, deletable, ended, pausable, resumable, working } from './words.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * Actions on a job in its current state.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, changed: (job: Job) => void, removed: () => void}} page
 */
export function jobActions(api, { draw, changed, removed }) {
  const actions = acting(draw);

  /** @param {Job} job @param {(id: number) => Promise<Job>} action */
  const act = (job, action) => actions.act(async () => changed(await action(job.id)), job.id);

  /** @param {Job} job @param {string} id @param {string} words @param {(id: number) => Promise<Job>} action @param {boolean} inList */
  const button = (job, id, words, action, inList) => html`<button class=${`button ${inList ? 'button-small changes' : id === 'resume' && !failsAgain(job) ? 'button-primary' : ''}`} type="button"
    ?disabled=${actions.busy} aria-label=${inList ? `${words}: job ${job.id}` : nothing} @click=${() => act(job, action)} data-testid=${inList ? `${id}-${job.id}` : id}>${words}</button>`;

  /** @param {Job} job */
  const reproduce = (job) => actions.act(async () => {
    const again = await api.reproduce(job.id);
    location.hash = compareHref([job.id, again.id]);
  }, job.id);

  /** @param {Job} job @param {boolean} inList */
  const common = (job, inList) => html`${resumable(job.state) ? button(job, 'resume', resumeWord(job), api.resume, inList) : nothing}
    ${pausable(job.state) && !job.cancelRequested ? button(job, 'pause', 'Pause', api.pause, inList) : nothing}`;

  /**
   * Cancelling asks for confirmation: a slip must not cost a running job hours.
   *
   * @param {Job} job @param {Partial<Parameters<typeof askingButton>[0]>} [button]
   */
  const cancelling = (job, button = {}) => (cancellable(job.state) && !job.cancelRequested
    ? askingButton({ id: `cancel-${job.id}`, verb: 'Cancel', ...button, busy: actions.busy, action: () => act(job, api.cancel),
        question: { label: `Cancel job ${job.id}?`, text: `Cancel #${job.id}, ${job.title}?`, id: `cancel-confirm-${job.id}`, verb: 'Cancel the job' } })
    : nothing);

  return {
    /** The actions in a list, for a job that has not ended. @param {Job} job */
    row: (job) =>
      ended(job.state)
        ? nothing
        : html`<span class="job-order">${common(job, true)}
            ${cancelling(job, { small: true, ...(wentWrong(job) ? { verb: 'Stop it', label: `Stop it: job ${job.id}`, primary: true } : { label: `Cancel job ${job.id}` }) })}</span>
            <span class="job-moved">${actions.failure(job.id)}</span>`,

    /** Stops a training that went wrong. @param {Job} job */
    stop: (job) => cancelling(job, { id: 'stop', verb: 'Stop this training' }),

    /** @param {Job} job */
    template: (job) => html`<div class="actions changes" data-testid="actions">
        ${common(job, false)} ${cancelling(job)}
        <a class=${failsAgain(job) ? 'button button-primary' : 'button'} href=${formHref(formFields(job))} data-testid="copy">New job like this</a>
        ${isTraining(job.spec) && job.state === 'SUCCEEDED'
          ? html`<button class="button" type="button" ?disabled=${actions.busy} title="Run the same job again, and compare the results bit for bit" @click=${() => reproduce(job)} data-testid="reproduce">Reproduce</button>`
          : nothing}
        ${deletable(job.state)
          ? askingButton({ id: 'delete', busy: actions.busy, action: () => actions.act(() => api.remove(job.id).then(removed), job.id),
              question: { label: 'Delete this job?', text: 'Delete the job with its results and files?', id: 'delete-confirm' } })
          : nothing}
      </div>
      ${actions.failure(job.id)}`,
  };
}

/** Whether only a job with other settings can succeed. @param {Job} job */
const failsAgain = ({ state, error }) => state === 'FAILED' && error?.family === 'USER_ERROR';

/** Whether it should be stopped. @param {Job} job */
const wentWrong = ({ state, trouble }) => trouble !== undefined && working(state);

/** @param {Job} job */
const resumeWord = ({ state }) => (state === 'INTERRUPTED' ? 'Resume now' : state === 'FAILED' ? 'Try again' : 'Resume');

/** @param {Job} job @returns {Record<string, string|number|undefined>} */
const formFields = ({ spec }) => ({
  ...spec,
  weights: 'weights' in spec ? spec.weights?.name : undefined,
  fromRun: 'fromRun' in spec ? spec.fromRun?.run : undefined,
});
