import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { elapsed, time } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { jobHref, runHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { failure, loading } from '../controls/notices.js';
import { staleClass, staleNote } from '../controls/stale.js';
import { tabs } from '../controls/tabs.js';
import { troubleNotice, unknownNotice } from '../results/left-out.js';
import { annotations } from '../run-list/annotations.js';
import { analysesTab } from '../run/analyses-tab.js';
import { classesTab } from '../run/classes-tab.js';
import { curvesTab } from '../run/curves-tab.js';
import { filesTab } from '../run/files-tab.js';
import { logTab } from '../run/log-tab.js';
import { picturesTab } from '../run/pictures-tab.js';
import { preloadReplacements } from '../run/run-pictures.js';
import { settingsTab } from '../run/settings-tab.js';
import { jobActions } from './job-actions.js';
import { sweepTag } from './job-list.js';
import { jobOrder } from './job-order.js';
import { progressBar, progressWords } from './progress.js';
import { stateChip } from './state-chip.js';
import { advice, cancelWords, ended, endWords, pauseAdvice, placeWords, priorityWords, reasonWords, refusalWords, shownState, stateWord, waitWords, working } from './words.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').Run} Run
 * @typedef {import('../run/tab.js').JobAndRun} JobAndRun
 */

/** A running job writes to its log without an event. */
const RELOADED_EVERY_MS = 3000;

/** The jobs before a waiting one change its place and its start. */
const PLACE_READ_EVERY_MS = 5000;

/** The tab of a section that the address of the whole page may name. @type {Record<string, string>} */
const TAB_OF_SECTION = { curve: 'curves', 'other-images': 'analyses', outputs: 'analyses', 'run-form': 'analyses', calibration: 'analyses', 'training-images': 'pictures' };

/** The list that a job without results is in, at whatever address its page is. */
const IN_QUEUE = { href: '#/queue', label: 'Queue', what: 'job' };

/** @param {string} words */
const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** @param {Job} job @param {string} refusal @param {string} [lostAt] when the connection was lost, if it was */
function queueWords(job, refusal, lostAt) {
  const priority = priorityWords(job);
  const start = waitWords(job) || placeWords(job, lostAt) || (refusal ? '' : 'starts when a device is free');
  return [`Queued ${time(job.createdAt)}${priority && `, ${priority}`}`, start, refusal && `no job starts now. ${refusal}`].filter(Boolean).join('; ');
}

/** When a job ended or paused, and how long it ran until then. @param {Job} job */
const stopWords = (job) => (job.endedAt ? `${ended(job.state) ? 'Ended' : stateWord(job.state)} ${endWords(job)}` : `Queued ${time(job.createdAt)}`);

/**
 * One job: what happens to it, and tabs with its settings, results and files.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const id = /** @type {number} */ (route.id);
  /** The list that the page belongs to. */
  const among = route.name === 'run' ? { href: '#/runs', label: 'Runs', what: 'run', tabHref: runHref } : { ...IN_QUEUE, tabHref: jobHref };
  const title = `${among.what === 'run' ? 'Run' : 'Job'} #${id}`;
  /** Why no device starts a job; empty if one does. */
  let refusal = '';
  let wanted = wantedTab(route);
  const page = openPage(root, title, template);
  const { draw } = page;
  /** Read once, as descriptions do not change while a server runs. @type {Promise<import('../api/types.js').Experiment[]>|undefined} */
  let described;
  const experiments = () => {
    described ??= api.experiments().then((all) => all.experiments, () => {
      described = undefined;
      return [];
    });
    return described;
  };
  const services = { api, id, draw, experiments };
  /** @type {[import('../run/tab.js').Tab, ...import('../run/tab.js').Tab[]]} */
  const all = [settingsTab(services), curvesTab(services), classesTab(services), picturesTab(services), analysesTab(services), filesTab, logTab(services)];
  const order = jobOrder(api, { draw, changed });
  const actions = jobActions(api, {
    draw,
    changed,
    removed() {
      location.hash = among.href;
    },
  });

  const notes = annotations(api, {
    draw,
    saved(latest) {
      if (view.data) {
        Object.assign(view.data.run, { tags: latest.tags, note: latest.note });
      }
    },
  });
  const view = loaded(page, {
    /** @returns {Promise<JobAndRun>} */
    async read() {
      const [job, run] = await Promise.all([api.job(id), api.run(id)]);
      await preloadReplacements(view.data?.run, run);
      return { job, run };
    },
    received(latest) {
      shownTab(latest).load?.(latest);
      loadRefusal(latest);
    },
    live,
    concerns({ type, data }) {
      const shown = view.data;
      if (type === 'annotation' && shown && data.job === id) {
        Object.assign(shown.run, { tags: data.tags, note: data.note });
      } else if (type === 'job' && shown && data.id === id) {
        shown.job = data;
      } else if (type === 'progress' && shown && data.job === id) {
        shown.job.progress = data;
      } else if (type === 'metric' && 'epoch' in data && shown && data.job === id) {
        shown.run.history = [...shown.run.history.filter(({ epoch }) => epoch !== data.epoch), data].sort((a, b) => a.epoch - b.epoch);
        shown.run.trouble = data.trouble;
        shown.run.troubleSince = data.trouble && (shown.run.troubleSince ?? data.epoch);
      } else {
        // A job for this run has new results.
        const about = type === 'job' && data.state === 'SUCCEEDED' && 'run' in data.spec && data.spec.run === id;
        return type === 'reset' || about || (type === 'job' && data.id === id) || (type !== 'annotation' && 'job' in data && data.job === id);
      }
      draw();
      return type === 'job';
    },
  });
  const clock = setInterval(draw, 1000);
  const logs = setInterval(() => view.data && working(view.data.job.state) && shownTab(view.data).name === 'log' && shownTab(view.data).load?.(view.data), RELOADED_EVERY_MS);
  const places = setInterval(() => !document.hidden && view.data?.job.state === 'QUEUED' && view.load(), PLACE_READ_EVERY_MS);
  page.onClose(() => {
    clearInterval(clock);
    clearInterval(logs);
    clearInterval(places);
  });

  /** A tab that has nothing for this job is not shown; at its address is the first one. @param {JobAndRun} shown */
  const shownTab = (shown) => all.find((tab) => tab.name === wanted && tab.has(shown)) ?? all[0];

  /** @param {Job} latest */
  function changed(latest) {
    if (view.data) {
      view.data.job = latest;
    }
    view.load();
  }

  /** @param {JobAndRun} latest */
  async function loadRefusal({ job }) {
    if (job.state === 'QUEUED') {
      // Without it, the page only lacks the reason.
      refusal = await api.devices().then(({ devices }) => refusalWords(devices), () => '');
      draw();
    }
  }

  /** @param {Job} job */
  function status(job) {
    const { progress, startedAt } = job;
    if (working(job.state)) {
      return html`<div class="status" data-testid="progress">${progressBar(job)}
        <p>${progressWords(progress)}</p>
        ${startedAt ? html`<p class="faint">running for ${elapsed(startedAt, live.lostAt)}</p>` : nothing}
        ${staleNote(live.lostAt)}</div>`;
    }
    return html`<p class="faint">${job.state === 'QUEUED' ? queueWords(job, refusal, live.lostAt) : stopWords(job)}</p>`;
  }

  /** @param {Job} job */
  function trouble(job) {
    const { state, error, reason } = job;
    if (state === 'FAILED' && error) {
      return html`<div class="notice notice-bad" data-testid="job-error"><p><strong>${error.message}</strong></p><p>${advice(error.family)}</p></div>`;
    }
    if (state === 'INTERRUPTED') {
      return html`<div class="notice notice-warn" data-testid="job-reason"><p><strong>Interrupted: ${reason ?? 'the worker ended'}.</strong></p>
        <p>No stored data was lost. The job ${waitWords(job)}, continuing from its last checkpoint.</p></div>`;
    }
    if (state === 'PAUSED') {
      const why = reasonWords(job);
      return html`<div class="notice notice-warn" data-testid="job-reason">${why ? html`<p><strong>${sentence(why)}</strong></p>` : nothing}<p>${pauseAdvice(job)}</p></div>`;
    }
    const words = [reason && sentence(reason), job.resumed && sentence(job.resumed), cancelWords(job)].filter(Boolean);
    return words.length > 0 ? html`<div class="notice" data-testid="job-reason">${words.map((each) => html`<p>${each}</p>`)}</div>` : nothing;
  }

  /** @param {JobAndRun} shown */
  function content(shown) {
    const tab = shownTab(shown);
    const parts = all.filter((each) => each.has(shown)).map(({ name, label }, i) => ({ name, label, href: among.tabHref(id, i === 0 ? undefined : name) }));
    return html`${tabs(`Parts of this ${among.what}`, parts, tab.name)} ${tab.template(shown)}`;
  }

  function template() {
    const { error } = view;
    const { job, run } = view.data ?? {};
    const unknown = error instanceof Problem && error.status === 404;
    const { href, label, what } = job && job.state !== 'SUCCEEDED' ? IN_QUEUE : among;
    return html`<p class="crumb"><a href=${href}>${label}</a> / ${what} #${id}</p>
      ${job && !unknown
        ? html`<div class="job-head" data-testid="job" data-job-id=${job.id} data-state=${job.state}>
            <h1>${job.title}</h1>
            <div class=${`job-head-line ${working(job.state) ? staleClass(live.lostAt) : ''}`}>${stateChip(shownState(job))} ${job.sweep ? sweepTag(job.sweep) : nothing} ${'run' in job.spec && job.spec.run !== undefined ? html`<a href=${runHref(job.spec.run)}>of run #${job.spec.run}</a>` : nothing} ${'fromRun' in job.spec && job.spec.fromRun ? html`<a href=${runHref(job.spec.fromRun.run)}>from run #${job.spec.fromRun.run}</a>` : nothing} ${status(job)}</div>
            ${run && notes.line(run)} ${trouble(job)} ${run ? html`${job.state === 'FAILED' ? nothing : troubleNotice({ ...run, state: job.state }, actions.stop(job))} ${unknownNotice(run.unknown)}` : nothing} ${actions.template(job)} ${order.template(job)}
          </div>`
        : nothing}
      ${job && !unknown ? nothing : html`<h1>${title}</h1>`}
      ${unknown ? failure(`There is no job #${id}. It may have been deleted.`) : error && !live.lostAt ? failure(error, view.load) : nothing}
      ${view.data && !unknown ? content(view.data) : error ? nothing : loading()}`;
  }

  /** The title, with the tab unless it is the first. */
  const titleOf = () => [title, ...all.slice(1).filter(({ name }) => name === wanted).map(({ label }) => label)].join(', ');

  return Object.assign(page, {
    title: titleOf(),

    /** @param {import('../app/routes.js').Route} next */
    follow(next) {
      if (next.name !== route.name || next.id !== id) {
        return false;
      }
      wanted = wantedTab(next);
      page.title = titleOf();
      if (view.data) {
        shownTab(view.data).load?.(view.data);
      }
      draw();
      return true;
    },
  });
}

/** @param {import('../app/routes.js').Route} route */
function wantedTab({ tab, query }) {
  const section = query.get('section') ?? '';
  return tab ?? TAB_OF_SECTION[section] ?? section;
}
