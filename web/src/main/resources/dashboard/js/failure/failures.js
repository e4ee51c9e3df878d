import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { jobHref } from '../app/routes.js';
import { panel } from '../controls/heading.js';

/** @typedef {import('../api/types.js').FailedJobs} FailedJobs */

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
  ${values.length > 0 ? html`<br>${values.map(({ text }) => text).join('; ')}` : nothing}
  <br><span class="faint">${newest.map((job, i) => html`${i > 0 ? ', ' : jobs > newest.length ? 'newest: ' : ''}<a href=${jobHref(job)}>#${job}</a>`)}</span>
</li>`;

/**
 * The server's warnings about values with which most jobs failed before, below a form.
 *
 * @param {string[]} warnings
 */
export const failureWarnings = (warnings) => warnings.length === 0
  ? nothing
  : html`<div class="notice notice-warn" role="status" data-testid="failure-warning">${warnings.map((line) => html`<p>${line}</p>`)}</div>`;
