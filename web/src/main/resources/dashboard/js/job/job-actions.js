import { html, nothing } from 'lit-html';
import { formHref } from '../app/routes.js';
import { acting } from '../controls/acting.js';
import { askingButton } from '../controls/question.js';
import { cancellable, deletable, ended, pausable, resumable } from './words.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * Actions on a job in its current state.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, changed: (job: Job) => void, removed: () => void}} page
 */
export function jobActions(api, { draw, changed, removed }) {
  const actions = acting(draw);

  /** @param {Job} job @param {string} words @param {string} id @param {(job: Job) => void} action */
  const small = (job, words, id, action) => html`<button class="button button-small changes" type="button" ?disabled=${actions.busy}
    aria-label=${`${words}: job ${job.id}`} @click=${() => action(job)} data-testid=${`${id}-${job.id}`}>${words}</button>`;

  /** @param {Job} job @param {(id: number) => Promise<Job>} action */
  const act = (job, action) => actions.act(async () => changed(await action(job.id)), job.id);
  /** @param {Job} job */
  const cancel = (job) => act(job, api.cancel);
  /** @param {Job} job */
  const pause = (job) => act(job, api.pause);
  /** @param {Job} job */
  const resume = (job) => act(job, api.resume);

  return {
    /** In a list, beside a job that has not ended: a slip must not cost a running job hours. @param {Job} job */
    row: (job) =>
      ended(job.state)
        ? nothing
        : html`${resumable(job.state) ? small(job, resumeWord(job), 'resume', resume) : nothing}
            ${pausable(job.state) && !job.cancelRequested ? small(job, 'Pause', 'pause', pause) : nothing}
            ${!cancellable(job.state) || job.cancelRequested
              ? nothing
              : askingButton({ id: `cancel-${job.id}`, verb: 'Cancel', label: `Cancel job ${job.id}`, small: true, busy: actions.busy, action: () => cancel(job),
                  question: { label: `Cancel job ${job.id}?`, text: 'Cancel this job?', id: `cancel-confirm-${job.id}`, verb: 'Cancel the job' } })}
            ${actions.failure(job.id)}`,

    /** @param {Job} job */
    template: (job) => html`<div class="actions changes" data-testid="actions">
        ${resumable(job.state)
          ? html`<button class="button button-primary" type="button" ?disabled=${actions.busy} @click=${() => resume(job)} data-testid="resume">${resumeWord(job)}</button>`
          : nothing}
        ${pausable(job.state) && !job.cancelRequested
          ? html`<button class="button" type="button" ?disabled=${actions.busy} @click=${() => pause(job)} data-testid="pause">Pause</button>`
          : nothing}
        ${cancellable(job.state) && !job.cancelRequested
          ? html`<button class="button" type="button" ?disabled=${actions.busy} @click=${() => cancel(job)} data-testid="cancel">Cancel</button>`
          : nothing}
        <a class="button" href=${formHref(formFields(job))} data-testid="copy">New job like this</a>
        ${deletable(job.state)
          ? askingButton({ id: 'delete', busy: actions.busy, action: () => actions.act(() => api.remove(job.id).then(removed), job.id),
              question: { label: 'Delete this job?', text: 'Delete the job with its results and files?', id: 'delete-confirm' } })
          : nothing}
      </div>
      ${actions.failure(job.id)}`,
  };
}

/** @param {Job} job */
const resumeWord = ({ state }) => (state === 'INTERRUPTED' ? 'Resume now' : state === 'FAILED' ? 'Try again' : 'Resume');

/** @param {Job} job @returns {Record<string, string|number|undefined>} */
const formFields = ({ spec }) => ({ ...spec, weights: 'weights' in spec ? spec.weights?.name : undefined });
