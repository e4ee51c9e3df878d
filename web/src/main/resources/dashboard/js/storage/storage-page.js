import { html, nothing } from 'lit-html';
import { bytes, duration, plural, time } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { jobHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { bar } from '../controls/bar.js';
import { panel, title } from '../controls/heading.js';
import { scroll } from '../controls/scroll.js';

/** @typedef {import('../api/types.js').Storage} Storage */
/** @typedef {import('../api/types.js').Retention} Retention */

const DAY = 86_400;

/**
 * Disk usage, and the files that are removed automatically.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, _route, { api, live }) {
  const page = openPage(root, 'Storage', () => html`${title('Storage',
      'To free space, delete jobs that are no longer needed, with their files, or let retention remove old checkpoints.')}
    ${view.template(([storage, retention]) => html`${panel('disk', 'Disk', disk(storage))}
      ${panel('large', 'Largest jobs', jobs(storage))} ${panel('removal', 'Automatic removal', removal(retention))}`)}`);
  const view = loaded(page, {
    read: () => Promise.all([api.storage(), api.retention()]),
    live,
    concerns: ({ type }) => type === 'reset' || type === 'deleted' || type === 'job',
  });

  /** @param {string} label @param {string} head @param {[name: unknown, size: number, job?: number][]} sizes @param {string} [id] for tests */
  const table = (label, head, sizes, id) => scroll(
    label,
    html`<table class="table" data-testid=${id ?? nothing}>
      <thead><tr><th scope="col">${head}</th><th scope="col" class="number">Size</th></tr></thead>
      <tbody>${sizes.map(
        ([name, size, job]) => html`<tr data-job=${job ?? nothing}><th scope="row">${name}</th><td class="number" data-label="Size">${bytes(size)}</td></tr>`,
      )}</tbody>
    </table>`,
  );

  /** @param {Storage} now */
  function disk(now) {
    const share = now.total > 0 ? (now.total - now.free) / now.total : 0;
    const words = `${bytes(now.free)} of ${bytes(now.total)} are free`;
    return html`<p data-testid="disk-free">${words}. Below ${bytes(now.reserve)}, jobs wait until space is freed.</p>
      ${bar(share, words, { label: 'Disk in use', role: 'meter' })}
      <p>The data directory uses ${bytes(now.used)}${now.quota === undefined ? nothing : html` of its quota of ${bytes(now.quota)}`}.</p>
      ${table('Part', 'Part', Object.entries(now.parts))} ${Object.keys(now.byKind).length > 0 ? table('Kind of file', 'Kind of file', Object.entries(now.byKind)) : nothing}`;
  }

  /** @param {Storage} now */
  const jobs = ({ byJob }) =>
    byJob.length === 0
      ? html`<p class="loading">No job has stored any files yet.</p>`
      : table('Table of the largest jobs', 'Job', byJob.map(({ job, title, bytes: size }) => [html`${jobLink(job)} ${title}`, size, job]), 'largest-jobs');

  /** @param {number} job */
  const jobLink = (job) => html`<a href=${jobHref(job)}>#${job}</a>`;

  /** The retention time in words. @param {number} seconds */
  function stay(seconds) {
    if (seconds > 0 && seconds % DAY === 0) {
      return plural(seconds / DAY, 'day');
    }
    return seconds > DAY ? `${Math.round(seconds / 3600)} h` : duration(seconds).replace(/\s00\s(s|min)$/, '');
  }

  /** @param {Retention} plan */
  function removal({ rules, files, bytes: size, removed, quarantine }) {
    return html`<p>The saved training states from which failed and cancelled trainings can resume are kept for ${stay(rules.trainingStatesSeconds)}. ${
      rules.checkpointsOf === 'all'
        ? 'All checkpoints of finished trainings are kept.'
        : `Of finished trainings, the best checkpoint of each configuration is kept indefinitely, and the others for ${stay(rules.keepForSeconds)}.`
    } Results, pictures and logs are kept as long as their job.</p>
      <p data-testid="retention-preview">${files.length === 0
        ? 'Nothing is due for removal.'
        : `${plural(files.length, 'file')} will be removed within the hour: ${bytes(size)}.`}</p>
      <ul class="notes">${files.map(
        (file) => html`<li>${jobLink(file.job)} ${file.name}, ${bytes(file.size)}: ${file.reason}</li>`,
      )}</ul>
      ${quarantine.length > 0
        ? html`<h3>Quarantine</h3>
            <p>Files found at server start that are not in the database. Nothing uses them; copy out what you need before they are deleted.</p>
            <ul class="notes" data-testid="quarantine">${quarantine.map(
              (kept) => html`<li>quarantine/${kept.name}, deleted after ${time(kept.deletedAfter)}</li>`,
            )}</ul>`
        : nothing}
      ${removed.length > 0
        ? html`<h3>Removed</h3><ul class="notes">${removed.map(
            (file) => html`<li>${jobLink(file.job)} ${file.name}, ${bytes(file.size)}, ${time(file.at)}</li>`,
          )}</ul>`
        : nothing}`;
  }

  return page;
}
