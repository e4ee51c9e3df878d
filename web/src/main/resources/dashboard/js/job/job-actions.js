import { html, nothing } from 'lit-html';
import { formHref } from '../app/routes.js';
import { failure } from '../controls/notices.js';
import { deletion } from '../controls/question.js';
import { cancellable, deletable, ended, pausable, resumable } from './words.js';

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
  /** The job of the last action. */
  let of = 0;

  /** @param {Job} job @param {() => Promise<void>} action */
  async function act(job, action) {
    busy = true;
    of = job.id;
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

  /** @param {Job} job @param {string} words @param {string} id @param {(job: Job) => void} action */
  const small = (job, words, id, action) => html`<button class="button button-small changes" type="button" ?disabled=${busy}
    aria-label=${`${words}: job ${job.id}`} @click=${() => action(job)} data-testid=${`${id}-${job.id}`}>${words}</button>`;

  /** @param {Job} job */
  const cancel = (job) => act(job, async () => changed(await api.cancel(job.id)));
  /** @param {Job} job */
  const pause = (job) => act(job, async () => changed(await api.pause(job.id)));
  /** @param {Job} job */
  const resume = (job) => act(job, async () => changed(await api.resume(job.id)));
  /** @param {Job} job */
  const remove = (job) =>
    act(job, async () => {
      await api.remove(job.id);
      removed();
    });

  /** A question in a list needs a key of its own. @param {Job} job */
  const cancelKey = ({ id }) => `cancel-${id}`;

  return {
    /** In a list, beside a job that has not ended: a slip must not cost a running job hours. @param {Job} job */
    row: (job) =>
      ended(job.state)
        ? nothing
        : html`${resumable(job.state) ? small(job, resumeWord(job), 'resume', resume) : nothing}
            ${pausable(job.state) && !job.cancelRequested ? small(job, 'Pause', 'pause', pause) : nothing}
            ${!cancellable(job.state) || job.cancelRequested
              ? nothing
              : asking.asks(cancelKey(job))
                ? asking.question({ key: cancelKey(job), label: `Cancel job ${job.id}?`, text: 'Cancel this job?', busy, small: true,
                    remove: () => cancel(job), id: `cancel-confirm-${job.id}`, verb: 'Cancel the job' })
                : asking.button({ key: cancelKey(job), small: true, id: `cancel-${job.id}`, verb: 'Cancel', label: `Cancel job ${job.id}` })}
            ${error && of === job.id ? failure(error) : nothing}`,

    /** @param {Job} job */
    template: (job) => html`<div class="actions changes" data-testid="actions">
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
