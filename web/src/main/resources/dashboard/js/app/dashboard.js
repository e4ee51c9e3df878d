import { api } from '../api/client.js';
import { LiveEvents } from '../api/events.js';
import { openHeader } from './header.js';
import { open as missing } from './missing-page.js';
import { parse } from './routes.js';
import { open as analyses } from '../analysis/analyses-page.js';
import { open as claims } from '../claim/claims-page.js';
import { open as comparison } from '../comparison/comparison-page.js';
import { open as datasets } from '../dataset/datasets-page.js';
import { open as job } from '../job/job-page.js';
import { open as queue } from '../job/queue-page.js';
import { open as receptiveFields } from '../receptive-field/receptive-fields-page.js';
import { open as scrambling } from '../scrambling/scrambling-page.js';
import { open as storage } from '../storage/storage-page.js';
import { open as sweep } from '../sweep/sweep-page.js';
import { open as sweeps } from '../sweep/sweeps-page.js';
import { open as weights } from '../weights/weights-page.js';

/** @type {Record<string, import('./view.js').OpenView>} */
const VIEWS = { analyses, claims, comparison, datasets, job, queue, scrambling, storage, sweep, sweeps, weights, 'receptive-fields': receptiveFields };

/** Starts the dashboard in the page's elements. */
export function openDashboard() {
  const lab = { api, live: new LiveEvents() };
  const main = /** @type {HTMLElement} */ (document.getElementById('main'));
  const header = openHeader(/** @type {HTMLElement} */ (document.getElementById('header')), lab);

  /** @type {import('./view.js').View|undefined} */
  let view;

  /** @param {boolean} moved whether the user navigated, rather than loaded the page */
  function show(moved) {
    const route = parse(location.hash);
    view?.close();
    const root = document.createElement('div');
    main.replaceChildren(root);
    view = (VIEWS[route.name] ?? missing)(root, route, lab);
    document.title = `${view.title} · Bagnet Lab`;
    header.at(route.name);
    if (moved) {
      // Start each page at its top, also for screen readers.
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
}
