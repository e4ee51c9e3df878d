import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { jobHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';

/**
 * @typedef {import('../api/types.js').FailedJobs} FailedJobs
 * @typedef {import('../api/types.js').FailureShare} FailureShare
 */

/**
 * Why jobs of a sweep failed, with the numbers of all jobs of the lab.
 *
 * @param {{draw: () => void}} page
 * @param {() => Promise<{failures: FailedJobs[]}>} read
 */
export function failurePanel(page, read) {
  const view = loaded(page, { read });
  let known = 0;

  return {
    /** @param {number} failed number of failed jobs; what is shown is read again when it changes */
    template(failed) {
      if (failed === 0) {
        return nothing;
      }
      if (failed !== known) {
        known = failed;
        view.load();
      }
      return view.data || view.error ? panel('failures', 'Why jobs failed', view.template(content)) : nothing;
    },
  };
}

/** @param {{failures: FailedJobs[]}} found */
const content = ({ failures }) => failures.length === 0
  ? html`<p>They failed only because the result of another job is missing.</p>`
  : html`<ul class="failures">${failures.map(group)}</ul>
      <p class="note">Numbers count all jobs of this lab, in any sweep. Settings that were varied together have the same numbers.</p>`;

/** @param {FailedJobs} failed */
const group = ({ cause, kind, jobs, newest, values }) => html`<li data-testid="failure">
  <strong>${plural(jobs, 'job')}</strong> (${kind}): ${cause}
  ${values.length > 0 ? html`<br>${values.map(shareWords).join('; ')}` : nothing}
  <br><span class="faint">${newest.map((job, i) => html`${i > 0 ? ', ' : jobs > newest.length ? 'newest: ' : ''}<a href=${jobHref(job)}>#${job}</a>`)}</span>
</li>`;

/** For example: 11 of 12 with batch size 512. @param {FailureShare} share */
const shareWords = ({ label, value, failed, of }) => `${failed} of ${of} with ${label.charAt(0).toLowerCase()}${label.slice(1)} ${value}`;

/**
 * Warnings about values with which most jobs failed before.
 *
 * @param {FailedJobs[]} failures
 * @param {Record<string, unknown>[]} requests jobs, each with its kind and values
 */
export function warnings(failures, requests) {
  return failures.flatMap(({ kind, cause, values }) =>
    values
      .filter(({ parameter, value }) => requests.some((request) => request.kind === kind && String(request[parameter]) === String(value)))
      .map((share) => `${shareWords(share)} failed: ${cause}`),
  );
}

/** The warnings below a form; they do not keep anyone from queueing. @param {FailedJobs[]} failures @param {Record<string, unknown>[]} requests */
export function failureWarnings(failures, requests) {
  const lines = warnings(failures, requests);
  return lines.length === 0 ? nothing : html`<div class="notice notice-warn" role="status" data-testid="failure-warning">${lines.map((line) => html`<p>${line}</p>`)}</div>`;
}
