import { html, nothing, svg } from 'lit-html';
import { fraction, progressBar, progressParts } from '../job/progress.js';
import { plural } from './format.js';
import { jobHref } from './routes.js';
import { loaded } from './loaded.js';
import { openPage } from './view.js';

/** Disk usage changes slowly and has no event. */
const DISK_CHECK_MS = 60_000;

/** The pages, by what a reader comes for. */
const GROUPS = [
  {
    title: 'Results',
    places: [
      { name: 'comparison', href: '#/', label: 'Table 1' },
      { name: 'receptive-fields', href: '#/receptive-fields', label: 'Receptive fields' },
      { name: 'scrambling', href: '#/scrambling', label: 'Scrambling' },
      { name: 'over', href: '#/over', label: 'Parameters' },
      { name: 'runs', href: '#/runs', label: 'Runs' },
    ],
  },
  {
    title: 'Evidence',
    places: [
      { name: 'claims', href: '#/claims', label: 'Claims' },
      { name: 'heatmaps', href: '#/heatmaps', label: 'Heatmaps' },
      { name: 'analyses', href: '#/analyses', label: 'Analyses' },
      { name: 'mistakes', href: '#/mistakes', label: 'Mistakes' },
    ],
  },
  {
    title: 'Data',
    places: [
      { name: 'datasets', href: '#/datasets', label: 'Data sets' },
      { name: 'weights', href: '#/weights', label: 'Weights' },
    ],
  },
  {
    title: 'Work',
    places: [
      { name: 'sweeps', href: '#/sweeps', label: 'Sweeps' },
      { name: 'queue', href: '#/queue', label: 'Queue' },
    ],
  },
];

const LOGO = svg`<svg viewBox="0 0 32 32" aria-hidden="true">
  <rect class="field-1" x="1" y="1" width="30" height="30" rx="3"></rect>
  <rect class="field-3" x="7" y="7" width="18" height="18" rx="1.5"></rect>
  <rect class="field-4" x="12" y="12" width="8" height="8" rx="1"></rect></svg>`;

/**
 * Navigation and the running job, at the top of every page.
 *
 * @param {HTMLElement} root
 * @param {import('./view.js').Lab} lab
 * @param {Pick<ReturnType<typeof import('./browser-tab.js').browserTab>, 'progress'>} tab shows the progress of the running job
 */
export function openHeader(root, { api, live }, tab = { progress() {} }) {
  let place = '';
  /** On narrow pages the menu is folded by default. */
  let unfolded = false;
  /** @type {import('../api/types.js').Storage|undefined} */
  let storage;
  /** @type {import('../api/types.js').Session|undefined} */
  let session;
  const header = openPage(root, '', template);
  const { draw } = header;
  // If this fails, the connection notice already says why.
  const jobs = loaded(header, {
    read: () => api.jobs({ state: 'RUNNING', limit: 20 }),
    received: showProgress,
    live,
    concerns({ type, data }) {
      if (type === 'connection' && data.lost && session?.login) {
        // An event stream does not tell whether it was lost or rejected. A request does, and leads to the login page.
        api.session().catch(() => {});
      }
      if (type === 'connection') {
        showProgress();
      }
      const job = type === 'progress' ? jobs.data?.jobs.find(({ id }) => id === data.job) : undefined;
      if (job && type === 'progress') {
        job.progress = data;
        showProgress();
      }
      draw();
      return type === 'job' || type === 'deleted' || type === 'reset';
    },
  });

  function showProgress() {
    // How far a job is by now is not known without a connection.
    const [job] = live.lost ? [] : jobs.data?.jobs ?? [];
    tab.progress(job && fraction(job));
  }

  async function checkDisk() {
    // The last known values are kept until the server is back.
    storage = await api.storage().catch(() => storage);
    draw();
  }
  setInterval(checkDisk, DISK_CHECK_MS);
  checkDisk();

  api.session().then(
    (found) => {
      session = found;
      document.body.dataset.role = found.role;
      draw();
    },
    () => {}, // The connection notice says why, as for the jobs.
  );

  /** @param {boolean} open */
  function fold(open) {
    unfolded = open;
    draw();
  }

  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key === 'Escape' && unfolded) {
      fold(false);
      /** @type {HTMLElement|null} */ (root.querySelector('.menu'))?.focus();
    }
  }

  function now() {
    if (live.lost) {
      return html`<span class="link-lost" role="status" data-testid="connection-lost">Connection lost, retrying</span>`;
    }
    if (!jobs.data) {
      return nothing;
    }
    const { jobs: running, held = 0, counts } = jobs.data;
    const queued = (counts.QUEUED ?? 0) - held;
    const [job] = running;
    if (!job) {
      return html`<span data-testid="now-idle">${
        queued > 0 ? `${plural(queued, 'job')} waiting` : held > 0 ? `Nothing running, ${plural(held, 'job')} held` : 'Nothing running'
      }</span>`;
    }
    const others = running.length - 1;
    const waiting = others + queued;
    return html`
      <a class="now-job" href=${jobHref(job.id)} title=${job.title} data-testid="now-running">
        <span class="now-title">${job.title.split(',')[0]}</span>
        <span class="now-words">${progressParts(job.progress, true).map((part, i, parts) => html`<span>${part}${i < parts.length - 1 ? ' ·' : nothing}</span> `)}</span>
        ${progressBar(job)}
      </a>
      ${waiting > 0 ? html`<a class="now-waiting" href="#/queue">${others > 0 ? `${waiting} more` : `${queued} waiting`}</a>` : nothing}`;
  }

  async function logOut() {
    try {
      await api.logOut();
    } catch {
      // The user is still logged in, as the reloaded page shows.
    }
    location.reload();
  }

  /** @param {import('../api/types.js').Session} known */
  function visitor(known) {
    const name = `${known.name}${known.role === 'viewer' ? ' (viewer)' : ''}`;
    return html`<div class="visitor" data-testid="visitor">
      <span title=${known.role === 'viewer' ? 'A viewer sees everything and changes nothing' : nothing}>${name}</span>
      <button class="button button-small" type="button" title=${`Logged in as ${name}`} data-testid="log-out" @click=${logOut}>Log out</button>
    </div>`;
  }

  function template() {
    return html`<div class="header-row">
      <a class="brand" href="#/">${LOGO}Bagnet Lab</a>
      <button class="button button-small menu" type="button" aria-expanded=${unfolded} aria-controls="pages" data-testid="menu"
        @click=${() => fold(!unfolded)}>Menu</button>
      <nav class=${unfolded ? 'nav nav-unfolded' : 'nav'} id="pages" aria-label="Pages" @keydown=${escape}>
        ${GROUPS.map(({ title, places }) => html`<div class="nav-group" role="group" aria-labelledby=${`nav-${title}`}>
          <span class="nav-title" id=${`nav-${title}`}>${title}</span>
          ${places.map(({ name, href, label }) => html`<a href=${href} aria-current=${name === place ? 'page' : nothing} data-testid=${`nav-${name}`}>${label}</a>`)}
        </div>`)}
      </nav>
      <div class="now">${now()}</div>
      ${session?.login ? visitor(session) : nothing}
    </div>
    ${storage?.warning
      ? html`<p class=${storage.level === 'FULL' ? 'disk disk-full' : 'disk'} role="status" data-testid="disk-warning">
          ${storage.warning} <a href="#/storage">See what uses the space</a></p>`
      : nothing}`;
  }

  return {
    /** @param {string} name of the route */
    at(name) {
      place = { compare: 'runs', images: 'mistakes', job: 'queue', run: 'runs', storage: 'queue', messages: 'queue', audit: 'queue', sweep: 'sweeps' }[name] ?? name;
      unfolded = false;
      draw();
    },
  };
}
