import { html } from 'lit-html';
import { failure } from '../controls/notices.js';
import { openPage } from './view.js';

/** A newer or older server has differently named page files, which only its own document references. */
const retry = () => fetch('/').then(({ ok }) => ok && location.reload(), () => {});

/** The key under which this tab stores when it last reloaded its document, in milliseconds. */
const RELOADED = 'bagnetlab-reloaded';

/** Reloading again within this time would not help. */
const AGAIN_AFTER = 60_000;

/** Reloads the document, unless that was done recently. */
function retryOnce() {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED)) > AGAIN_AFTER) {
    sessionStorage.setItem(RELOADED, String(Date.now()));
    retry();
  }
}

/**
 * Shown in place of a page that could not be fetched. Retries by itself: immediately if the server is reachable,
 * otherwise when the connection is restored.
 *
 * @type {import('./view.js').OpenView}
 */
export const open = (root, _route, { live }) => {
  const page = openPage(root, 'Connection lost', () => html`<h1>Connection lost</h1>
    ${failure('This page could not be fetched from the server, which may have been stopped.', retry)}`);
  page.onClose(live.subscribe(({ type }) => {
    if (type === 'reset') {
      retry();
    }
  }));
  if (!live.lostAt) {
    retryOnce();
  }
  return page;
};
