import { html, nothing } from 'lit-html';
import { formHref } from '../app/routes.js';
import { failure } from '../controls/notices.js';
import { deletion } from '../controls/question.js';
import { cancellable, deletable, pausable, resumable } from './words.js';

/** @typedef {import('../api/types.js').Job} Job */

/**
 * Actions on a job in its current state.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {{draw: () => void, changed: (job: Job) => void, removed: () => void}} page
 */
export function jobActions(api, { draw, changed, removed }) {
  let busy = false;
  const asking = deletion({ draw });
  /** @type {unknown} */
  let error;

  /** @param {() => Promise<void>} action */
  async function act(action) {
    busy = true;
    error = undefined;
    draw();
    try {
      await action();
    } catch (cause) {
      error = cause;
    }
    busy = false;
    asking.keep();
  }

  /** @param {Job} job */
  const cancel = (job) => act(async () => changed(await api.cancel(job.id)));
  /** @param {Job} job */
  const pause = (job) => act(async () => changed(await api.pause(job.id)));
  /** @param {Job} job */
  const resume = (job) => act(async () => changed(await api.resume(job.id)));
  /** @param {Job} job */
  const remove = (job) =>
    act(async () => {
      await api.remove(job.id);
      removed();
    });

  return {
    /** @param {Job} job */
    template: (job) => html`<div class="actions" data-testid="actions">
        ${resumable(job.state)
          ? html`<button class="button button-primary" type="button" ?disabled=${busy} @click=${() => resume(job)} data-testid="resume">${resumeWord(job)}</button>`
          : nothing}
        ${pausable(job.state) && !job.cancelRequested
          ? html`<button class="button" type="button" ?disabled=${busy} @click=${() => pause(job)} data-testid="pause">Pause</button>`
          : nothing}
        ${cancellable(job.state) && !job.cancelRequested
          ? html`<button class="button" type="button" ?disabled=${busy} @click=${() => cancel(job)} data-testid="cancel">Cancel</button>`
          : nothing}
        <a class="button" href=${formHref(formFields(job))} data-testid="copy">New job like this</a>
        ${deletable(job.state) && !asking.asks(key(job)) ? asking.button({ key: key(job), id: 'delete' }) : nothing}
        ${asking.asks(key(job))
          ? asking.question({
              key: key(job),
              label: 'Delete this job?',
              text: 'Delete the job with its results and files?',
              busy,
              remove: () => remove(job),
              id: 'delete-confirm',
            })
          : nothing}
      </div>
      ${error ? failure(error) : nothing}`,
  };
}

/** @param {Job} job */
const resumeWord = ({ state }) => (state === 'INTERRUPTED' ? 'Resume now' : state === 'FAILED' ? 'Try again' : 'Resume');

/** @param {Job} job */
const key = ({ id }) => `job-${id}`;

/** @param {Job} job @returns {Record<string, string|number|undefined>} */
const formFields = ({ spec }) => ({ ...spec, weights: 'weights' in spec ? spec.weights?.name : undefined });
