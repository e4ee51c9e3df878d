import { html, nothing } from 'lit-html';
import { plural, time } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { openPage } from '../app/view.js';
import { acting } from '../controls/acting.js';
import { inlineSelect } from '../controls/field.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { scroll } from '../controls/scroll.js';
import { notificationState, turnNotifications } from './browser-notifications.js';

/** @typedef {import('../api/types.js').Recipient} Recipient */
/** @typedef {import('../api/types.js').RecipientTest} RecipientTest */

/** The words for services. @type {Record<Recipient['service'], string>} */
const SERVICES = { webhook: 'Webhook', mail: 'E-mail', slack: 'Slack', mattermost: 'Mattermost', ntfy: 'ntfy' };

/**
 * Who receives messages, whether they arrive, and what one would say now.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** The sweep of the preview; empty for the daily message. */
  let chosen = route.query.get('sweep') ?? '';
  /** @type {RecipientTest[]} */
  let tests = [];
  const page = openPage(root, 'Messages', () => html`${title('Messages',
      'At the end of a sweep, when something needs attention, and daily at a fixed time, the lab sends messages to the recipients in bagnetlab.yaml.')}
    ${view.template(([{ recipients, daily, links }]) => panel('recipients', 'Recipients', html`${list(recipients)}
      ${recipients.length > 0 ? html`<p class="note" data-testid="message-settings">${daily ? `The daily message is sent at ${daily}.` : 'There is no daily message: set daily in bagnetlab.yaml.'} ${links}</p> ${test()}` : nothing}`))}
    ${panel('browser', 'In this browser', inBrowser())}
    ${view.template(([, { sweeps }]) => panel('preview', 'Preview', preview(sweeps.map(({ id }) => id))))}`);
  const actions = acting(page.draw);
  const view = loaded(page, {
    read: () => Promise.all([api.recipients(), api.sweeps()]),
    live,
    concerns: ({ type }) => type === 'reset' || type === 'sweep',
  });
  const shown = loaded(page, { read: () => api.messagePreview({ sweep: chosen }), question: () => chosen });
  shown.load();

  /** Whether this browser notifies its reader, with the button that changes it. */
  function inBrowser() {
    const state = notificationState();
    return state === 'impossible'
      ? html`<p class="note">This browser shows notifications only for pages of its own machine or over HTTPS.</p>`
      : state === 'denied'
        ? html`<p class="note">This browser does not let this page show notifications. Its settings for this page allow them.</p>`
        : html`<p class="note">${state === 'on' ? 'While the dashboard is open in a tab, this browser notifies you when a sweep ends or a job fails.' : 'This browser can notify you when a sweep ends or a job fails, while the dashboard is open in a tab.'}</p>
            <div class="actions"><button type="button" class="button" data-testid="browser-notifications" aria-pressed=${state === 'on'}
              @click=${() => turnNotifications(state === 'off').then(page.draw)}>${state === 'on' ? 'Stop notifying me' : 'Notify me'}</button></div>`;
  }

  /** @param {Recipient[]} recipients */
  const list = (recipients) =>
    recipients.length === 0
      ? empty({ title: 'No recipients', text: 'Add e-mail, Slack, Mattermost, ntfy or webhooks to bagnetlab.yaml: the page Housekeeping of the documentation shows how.' })
      : scroll('Table of the recipients', html`<table class="table" data-testid="recipients">
          <thead><tr><th scope="col">Recipient</th><th scope="col">Events</th><th scope="col" class="number">Pending</th><th scope="col">Last attempt</th></tr></thead>
          <tbody>${recipients.map(row)}</tbody></table>`);

  /** @param {Recipient} recipient */
  const row = ({ service, host, events, pending, failure, failedAt }) => html`<tr>
    <th scope="row">${SERVICES[service]} at ${host}</th>
    <td data-label="Events">${events.join(', ')}</td>
    <td class="number" data-label="Pending">${pending}</td>
    <td data-label="Last attempt">${failure === undefined ? 'no failure' : html`failed${failedAt ? html` ${time(failedAt)}` : nothing}: ${failure}`}</td></tr>`;

  const test = () => operatorsOnly('send tests', html`<div class="actions">
      <button type="button" class="button" data-testid="send-test" ?disabled=${actions.busy} @click=${send}>Send a test</button>
      <span role="status" data-testid="test-result">${tests.length === 0 ? nothing : result()}</span>
      ${actions.failure()}</div>
    <ul class="notes">${tests.filter(({ delivered }) => !delivered).map(
      ({ service, host, failure }) => html`<li>${SERVICES[service]} at ${host}: ${failure}</li>`,
    )}</ul>`);

  function result() {
    const refused = tests.filter(({ delivered }) => !delivered).length;
    return refused === 0 ? `Accepted by ${plural(tests.length, 'recipient')}.` : `Not accepted by ${refused} of ${plural(tests.length, 'recipient')}:`;
  }

  const send = () =>
    actions.act(async () => {
      tests = [];
      tests = (await api.testRecipients()).recipients;
      view.load();
    });

  /** @param {string[]} sweeps */
  function preview(sweeps) {
    /** @type {[string, string][]} */
    const options = [['', 'The daily message'], ...sweeps.map((name) => /** @type {[string, string]} */ ([name, `The end of the sweep ${name}`]))];
    return html`<p>${inlineSelect('preview-of', 'Message', options, chosen, choose)}
        <button type="button" class="button button-small" data-testid="preview-again" @click=${() => choose(chosen)}>Preview again</button></p>
      ${shown.template((message) => html`<p><strong data-testid="preview-subject">${message.subject}</strong></p>
        <iframe class="message-frame" title="Preview of the message" sandbox="allow-popups allow-popups-to-escape-sandbox"
          data-testid="preview-page" src=${api.messagePage(chosen)}></iframe>
        <details><summary>As text</summary><pre class="scroll" tabindex="0" data-testid="preview-text">${message.text}</pre></details>`)}`;
  }

  /** @param {string} sweep */
  function choose(sweep) {
    chosen = sweep;
    shown.restart();
  }

  return page;
}
