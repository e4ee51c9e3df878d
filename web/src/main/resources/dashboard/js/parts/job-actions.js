import { html, nothing } from 'lit-html';
import { formHref } from '../routes.js';
import { cancellable, ended } from '../words.js';
import { failure } from './notices.js';

/** @typedef {import('../types.js').Job} Job */

/**
 * What can be done with a job in its state.
 *
 * @param {typeof import('../api.js').api} api
 * @param {{draw: () => void, changed: (job: Job) => void, removed: () => void}} page
 */
export function jobActions(api, { draw, changed, removed }) {
  let busy = false;
  let asking = false;
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
    asking = false;
    draw();
  }

  /** @param {boolean} on */
  function ask(on) {
    asking = on;
    draw();
  }

  /** @param {Job} job */
  const cancel = (job) => act(async () => changed(await api.cancel(job.id)));
  /** @param {Job} job */
  const resume = (job) => act(async () => changed(await api.resume(job.id)));
  /** @param {Job} job */
  const remove = (job) =>
    act(async () => {
      await api.remove(job.id);
      removed();
    });

  /** @param {Job} job */
  const question = (job) => html`<span class="question" role="group" aria-label="Delete this job?">
    Delete the job with its numbers and files?
    <button class="button button-bad" type="button" ?disabled=${busy} @click=${() => remove(job)} data-testid="delete-confirm">Delete</button>
    <button class="button" type="button" @click=${() => ask(false)}>Keep</button></span>`;

  return {
    /** @param {Job} job */
    template: (job) => html`<div class="actions" data-testid="actions">
        ${job.state === 'INTERRUPTED'
          ? html`<button class="button button-primary" type="button" ?disabled=${busy} @click=${() => resume(job)} data-testid="resume">Run again</button>`
          : nothing}
        ${cancellable(job.state) && !job.cancelRequested
          ? html`<button class="button" type="button" ?disabled=${busy} @click=${() => cancel(job)} data-testid="cancel">Cancel</button>`
          : nothing}
        <a class="button" href=${formHref(formFields(job))} data-testid="copy">New job like this</a>
        ${ended(job.state) && !asking
          ? html`<button class="button" type="button" @click=${() => ask(true)} data-testid="delete">Delete</button>`
          : nothing}
        ${asking ? question(job) : nothing}
      </div>
      ${error ? failure(error) : nothing}`,
  };
}

/** @param {Job} job @returns {Record<string, string|number|undefined>} */
const formFields = ({ spec }) => ({ .../** @type {any} */ (spec), weights: spec.weights?.name });
