import { html } from 'lit-html';
import { time } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { jobHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { pager } from '../controls/pager.js';
import { scroll } from '../controls/scroll.js';

/** @typedef {import('../api/types.js').AuditEntry} AuditEntry */

const PAGE = 50;

/** Matches the path of a job as the target of an entry. */
const JOB = /^\/api\/v1\/jobs\/(\d+)/;

/**
 * The audit log, newest entries first.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, _route, { api, live }) {
  /** The `before` parameter of each page up to the current one. @type {(number|undefined)[]} */
  let begun = [undefined];
  const page = openPage(root, 'Audit log', () => html`${title('Who changed what',
      'Each request that changed the lab or tried to, with the name of the token that was used, or “local” where no token is needed.')}
    ${view.template(({ entries }) => panel('audit', 'Audit log', entries.length > 0
      ? table(entries)
      : empty({ title: 'Nothing was changed yet', text: 'Whatever is queued, cancelled or deleted is listed here.' })))}`);
  const view = loaded(page, { read: () => api.audit({ limit: PAGE, before: begun[begun.length - 1] }), live, concerns: ({ type }) => type === 'reset' });

  /** @param {(number|undefined)[]} pages */
  function turn(pages) {
    begun = pages;
    view.load();
  }

  /** @param {string} target */
  function place(target) {
    const job = JOB.exec(target)?.[1];
    return job ? html`<a href=${jobHref(Number(job))}>job ${job}</a>` : target.replace('/api/v1', '');
  }

  /** @param {number} status */
  function outcome(status) {
    if (status === 0) {
      return 'broken off';
    }
    return status < 400 ? 'done' : `refused (${status})`;
  }

  /** @param {AuditEntry} entry */
  const row = (entry) => html`<tr>
    <th scope="row">${time(entry.at)}</th>
    <td data-label="Who">${entry.visitor}</td>
    <td data-label="From">${entry.address}</td>
    <td data-label="What" title=${entry.operation}>${entry.summary ?? html`<code>${entry.operation}</code>`}</td>
    <td data-label="Of">${place(entry.target)}</td>
    <td data-label="Outcome">${outcome(entry.status)}</td></tr>`;

  /** @param {AuditEntry[]} shown */
  const table = (shown) => html`${scroll(
    'Requests',
    html`<table class="table" data-testid="audit">
      <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">From</th><th scope="col">What</th><th scope="col">Of</th>
        <th scope="col">Outcome</th></tr></thead>
      <tbody>${shown.map(row)}</tbody>
    </table>`,
  )}
  ${pager({
    id: 'audit',
    label: 'Pages of the audit log',
    words: `since ${time(shown[shown.length - 1].at)}`,
    back: 'Newer',
    on: 'Older',
    previous: begun.length > 1 && (() => turn(begun.slice(0, -1))),
    next: shown.length === PAGE && (() => turn([...begun, shown[shown.length - 1].id])),
  })}`;

  return page;
}
