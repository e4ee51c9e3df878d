import { api } from './api.js';
import { LiveEvents } from './live.js';
import { parse } from './routes.js';
import { openHeader } from './header.js';
import { open as comparison } from './views/comparison.js';
import { open as job } from './views/job.js';
import { open as missing } from './views/missing.js';
import { open as queue } from './views/queue.js';
import { open as receptiveFields } from './views/receptive-fields.js';
import { open as scrambling } from './views/scrambling.js';
import { open as storage } from './views/storage.js';
import { open as sweep } from './views/sweep.js';
import { open as sweeps } from './views/sweeps.js';
import { open as weights } from './views/weights.js';

/** @type {Record<string, import('./view.js').OpenView>} */
const VIEWS = { comparison, job, queue, scrambling, storage, sweep, sweeps, weights, 'receptive-fields': receptiveFields };

const lab = { api, live: new LiveEvents() };
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const header = openHeader(/** @type {HTMLElement} */ (document.getElementById('header')), lab);

/** @type {import('./view.js').View|undefined} */
let view;

/** @param {boolean} moved whether the person went somewhere, rather than loaded the page */
function show(moved) {
  const route = parse(location.hash);
  view?.close();
  const root = document.createElement('div');
  main.replaceChildren(root);
  view = (VIEWS[route.name] ?? missing)(root, route, lab);
  document.title = `${view.title} · Bagnet Lab`;
  header.at(route.name);
  if (moved) {
    // A new page starts at its top, for eyes and for screen readers alike.
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', () => show(true));
show(false);
