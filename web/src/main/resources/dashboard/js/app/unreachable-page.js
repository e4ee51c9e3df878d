import { html } from 'lit-html';
import { failure } from '../controls/notices.js';
import { openPage } from './view.js';

/** Another version of the server has pages of other names, which only its own document knows. */
const retry = () => fetch('/').then(({ ok }) => ok && location.reload(), () => {});

/** When this tab last loaded its document again, in milliseconds. */
const RELOADED = 'bagnetlab-reloaded';

/** Soon after that it would be of no more use. */
const AGAIN_AFTER = 60_000;

/** Loads the document again, unless that was just done. */
function retryOnce() {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED)) > AGAIN_AFTER) {
    sessionStorage.setItem(RELOADED, String(Date.now()));
    retry();
  }
}

/**
 * In place of a page that could not be fetched; tries again by itself: at once if the server is there, otherwise when
 * it is back.
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
