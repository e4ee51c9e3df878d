import { html, nothing } from 'lit-html';
import { replaceQuery } from '../app/routes.js';
import { drawing, loader, throttled } from '../app/view.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { pager, shownOf } from '../controls/pager.js';
import { staleNote } from '../controls/stale.js';
import { deviceList } from '../device/device-list.js';
import { isTraining } from '../experiment/experiments.js';
import { submitForm } from '../experiment/submit-form.js';
import { demoButton } from '../sweep/demo-button.js';
import { jobActions } from './job-actions.js';
import { jobList } from './job-list.js';
import { jobOrder } from './job-order.js';
import { stateChoice } from './state-choice.js';
import { ORDER_OF_STATES, stateWord } from './words.js';

/** @typedef {import('../api/types.js').JobPage} JobPage */

const PAGE = 25;

/**
 * Queued, running and ended jobs, and the form that adds new ones.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  /** @type {JobPage|undefined} */
  let page;
  /** @type {import('../api/types.js').Device[]} */
  let devices = [];
  /** @type {unknown} */
  let error;
  let state = route.query.get('state') ?? '';
  let offset = Number(route.query.get('offset') ?? 0) || 0;
  const { draw, close } = drawing(root, template);
  const demo = demoButton(api, draw);

  const load = loader(
    () => Promise.all([api.jobs({ state, limit: PAGE, offset }), api.devices()]),
    (outcome) => {
      error = outcome.error;
      if (outcome.data) {
        [page, { devices }] = outcome.data;
      }
      draw();
    },
    () => `${state} ${offset}`,
  );
  const reload = throttled(load);
  const order = jobOrder(api, { draw, changed: put });
  const actions = jobActions(api, { draw, changed: put, removed: load });
  const form = submitForm(api, route.query, { draw, submitted: load });
  const reloadRuns = throttled(form.loadRuns);

  /** What can be done with a job in its row. @param {import('../api/types.js').Job} job */
  const rowControls = (job) => order.row(job, actions.row(job));

  /** Updates a job, if it is on this page. @param {import('../api/types.js').Job} job */
  function put(job) {
    const at = page?.jobs.findIndex(({ id }) => id === job.id) ?? -1;
    if (page && at >= 0) {
      page.jobs[at] = job;
      draw();
    }
  }

  const unsubscribe = live.subscribe(({ type, data }) => {
    if (type === 'progress') {
      const job = page?.jobs.find(({ id }) => id === data.job);
      if (job) {
        job.progress = data;
        draw();
      }
    } else if (type === 'job') {
      put(data);
      reload();
      if (data.state === 'SUCCEEDED' && isTraining(data.spec)) {
        reloadRuns();
      }
    } else if (type === 'reset' || type === 'device' || type === 'deleted') {
      reload();
    }
    if (type === 'reset') {
      form.load();
    }
  });
  // Times such as "running for 12 s" grow without any event.
  const clock = setInterval(draw, 1000);
  load();

  /** @param {string} name */
  function filter(name) {
    state = name;
    go(0);
  }

  /** @param {number} to */
  function go(to) {
    offset = Math.max(0, to);
    replaceQuery({ state, offset: offset > 0 ? String(offset) : undefined });
    load();
  }

  /** @param {JobPage} page */
  function filters({ counts }) {
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const shown = ORDER_OF_STATES.filter((name) => (counts[/** @type {keyof typeof counts} */ (name)] ?? 0) > 0 || name === state);
    return stateChoice(shown, { counts, all, chosen: state, choose: filter });
  }

  /** @param {JobPage} page */
  function pages({ total, jobs }) {
    // Queued jobs are listed in the order in which they will run.
    const [back, on] = state === 'QUEUED' ? ['Sooner', 'Later'] : ['Newer', 'Older'];
    return total > PAGE
      ? pager({
          id: 'jobs',
          label: 'Pages of jobs',
          words: shownOf(offset, jobs.length, total),
          back,
          on,
          previous: offset > 0 && (() => go(offset - PAGE)),
          next: offset + PAGE < total && (() => go(offset + PAGE)),
        })
      : nothing;
  }

  /** @param {JobPage} page */
  function content(page) {
    if (page.total === 0 && !state) {
      return empty({
        id: 'empty-queue',
        title: 'No jobs yet',
        text: 'Queue the demo sweep to try everything out (seven networks, within fifteen minutes on two cores), or fill in the form and queue your own job.',
        actions: demo.template(),
      });
    }
    return html`${filters(page)}
      ${page.jobs.length > 0 ? jobList(page.jobs, { controls: rowControls, lostAt: live.lostAt }) : html`<p class="loading">No job is ${stateWord(state).toLowerCase()}.</p>`}
      ${pages(page)}`;
  }

  function template() {
    return html`<div class="title title-row">
        <h1>Queue</h1>
        ${deviceList(devices)}
        <a href="#/storage" data-testid="to-storage">Storage</a>
        <a href="#/audit" data-testid="to-audit">Changes</a>
      </div>
      <div class="with-side">
        <section class="panel" aria-labelledby="form-title">
          <div class="panel-head">${heading('form', 'New job')}</div>
          ${operatorsOnly('queue jobs', form.template())}
        </section>
        <section class="panel" aria-labelledby="jobs-title">
          <div class="panel-head">${heading('jobs', 'Jobs')}
            ${page && page.total > 0 ? html`<span>${demo.template(true)}</span>` : nothing}</div>
          ${live.lostAt ? staleNote(live.lostAt) : error ? failure(error, load) : nothing} ${page ? content(page) : error ? nothing : loading()}
        </section>
      </div>`;
  }

  return {
    title: 'Queue',
    close() {
      clearInterval(clock);
      unsubscribe();
      reload.stop();
      reloadRuns.stop();
      close();
    },
  };
}
