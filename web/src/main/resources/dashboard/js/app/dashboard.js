import { api } from '../api/client.js';
import { LiveEvents } from '../api/events.js';
import { browserTab } from './browser-tab.js';
import { openHeader } from './header.js';
import { open as missing } from './missing-page.js';
import { parse } from './routes.js';
import { scrollMemory } from './scroll-memory.js';
import { open as unreachable } from './unreachable-page.js';
import * as comparison from '../comparison/comparison-page.js';
import { openNotifications } from '../message/browser-notifications.js';
import { openTerms } from '../terms/term.js';

/**
 * A page's code is fetched when the page is opened, except for the start page, which is bundled with the dashboard.
 *
 * @type {Record<string, () => Promise<{open: import('./view.js').OpenView}>>}
 */
const PAGES = {
  analyses: () => import('../analysis/analyses-page.js'),
  audit: () => import('../audit/audit-page.js'),
  claims: () => import('../claim/claims-page.js'),
  compare: () => import('../compare/compare-page.js'),
  comparison: async () => comparison,
  datasets: () => import('../dataset/datasets-page.js'),
  heatmaps: () => import('../heatmap/heatmaps-page.js'),
  images: () => import('../mistake/image-page.js'),
  job: () => import('../job/job-page.js'),
  messages: () => import('../message/messages-page.js'),
  mistakes: () => import('../mistake/mistakes-page.js'),
  over: () => import('../accuracy-over/accuracy-over-page.js'),
  queue: () => import('../job/queue-page.js'),
  'receptive-fields': () => import('../receptive-field/receptive-fields-page.js'),
  run: () => import('../job/job-page.js'),
  runs: () => import('../run-list/runs-page.js'),
  scrambling: () => import('../scrambling/scrambling-page.js'),
  storage: () => import('../storage/storage-page.js'),
  sweep: () => import('../sweep/sweep-page.js'),
  sweeps: () => import('../sweep/sweeps-page.js'),
  weights: () => import('../weights/weights-page.js'),
};

/**
 * @param {string} name
 * @returns {Promise<import('./view.js').OpenView>}
 */
async function pageOf(name) {
  if (!Object.hasOwn(PAGES, name)) {
    return missing;
  }
  try {
    return (await PAGES[name]()).open;
  } catch {
    return unreachable;
  }
}

/** Starts the dashboard in the page's elements. */
export function openDashboard() {
  const lab = { api, live: new LiveEvents() };
  const tab = browserTab();
  const main = /** @type {HTMLElement} */ (document.getElementById('main'));
  const header = openHeader(/** @type {HTMLElement} */ (document.getElementById('header')), lab, tab);
  openTerms();
  openNotifications(lab.live);
  const scrolled = scrollMemory(main);

  /** @type {import('./view.js').View|undefined} */
  let view;

  /** Counts page requests: a page that arrives after another one was requested is not shown. */
  let asked = 0;

  /** @param {boolean} moved whether the user navigated here, rather than loading the document */
  async function show(moved) {
    asked += 1;
    const turn = asked;
    scrolled.leave();
    const route = parse(location.hash);
    if (view?.follow?.(route)) {
      tab.page(view.title);
      scrolled.restore(route.query.get('section'), scrollY);
      return;
    }
    view?.close();
    view = undefined;
    const root = document.createElement('div');
    main.replaceChildren(root);
    const open = await pageOf(route.name);
    if (turn !== asked) {
      return;
    }
    view = open(root, route, lab);
    tab.page(view.title);
    header.at(route.name);
    scrolled.restore(route.query.get('section'));
    if (moved) {
      // Makes screen readers start at the top of the page.
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
