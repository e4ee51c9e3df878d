import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { loaded } from '../app/loaded.js';
import { openPage, throttled } from '../app/view.js';
import { panel, toFirstField } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { operatorsOnly } from '../controls/operators-only.js';
import { pager, shownOf } from '../controls/pager.js';
import { staleNote } from '../controls/stale.js';
import { deviceList } from '../device/device-list.js';
import { isTraining } from '../experiment/experiments.js';
import { submitForm } from '../experiment/submit-form.js';
import { notificationOffer } from '../message/notification-offer.js';
import { demoButton } from '../sweep/demo-button.js';
import { forecast } from './forecast.js';
import { jobActions } from './job-actions.js';
import { queueList } from './queue-list.js';
import { stateChoice } from './state-choice.js';
import { ORDER_OF_STATES, foundAs, working } from './words.js';

/** @typedef {import('../api/types.js').JobPage} JobPage */

const PAGE = 25;

/** The states of jobs of which the forecast says when they will have ended. */
const IN_FORECAST = ['RUNNING', 'PAUSING', 'INTERRUPTED', 'QUEUED'];

/**
 * Queued, running and ended jobs, and the form that queues new ones.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const [chosen, choose] = choices(route.query, { state: '', offset: '0' }, () => view.load());
  const offset = () => Number(chosen.offset) || 0;
  const page = openPage(root, 'Queue', () => html`<div class="title title-row">
      <h1>Queue</h1>
      ${deviceList(view.data?.[1].devices ?? [])}
      <div class="title-links"><a href="#/storage" data-testid="to-storage">Storage</a>
        <a href="#/messages" data-testid="to-messages">Messages</a>
        <a href="#/audit" data-testid="to-audit">Audit log</a></div>
    </div>
    <div class="with-side side-last">
      ${panel('jobs', 'Jobs', html`${staleNote(live.lostAt)} ${view.template(([jobs]) => content(jobs), live.lostAt)}`, {
        beside: html`<span>${view.data && view.data[0].total > 0 ? demo.template(true) : nothing}
          <button type="button" class="button button-small to-form changes" data-testid="to-form" @click=${() => toFirstField('form')}>New job</button></span>`,
      })}
      ${panel('form', 'New job', operatorsOnly('queue jobs', form.template()))}
    </div>`);
  const { draw } = page;
  const demo = demoButton(api, draw);
  const end = forecast(page, { api, live }, () => view.reload());
  const view = loaded(page, {
    read: () => Promise.all([api.jobs({ order: 'execution', state: chosen.state, limit: PAGE, offset: offset() }), api.devices()]),
    question: () => `${chosen.state} ${offset()}`,
    live,
    concerns({ type, data }) {
      if (type === 'progress') {
        change(data.job, (job) => ({ ...job, progress: data }));
      } else if (type === 'metric' && 'epoch' in data) {
        change(data.job, (job) => ({ ...job, trouble: data.trouble }));
      } else if (type === 'job') {
        put(data);
        form.jobChanged(data);
        if (data.state === 'SUCCEEDED' && isTraining(data.spec)) {
          reloadRuns();
        }
      } else if (type === 'reset') {
        form.load();
      }
      return ['job', 'reset', 'device', 'deleted'].includes(type);
    },
  });
  const actions = jobActions(api, { draw, changed: put, removed: view.load });
  const form = submitForm(api, route.query, { draw, submitted: view.load });
  const reloadRuns = throttled(form.loadRuns);
  page.onClose(reloadRuns.stop);
  // Times such as "running for 12 s" increase without any event.
  const clock = setInterval(draw, 1000);
  page.onClose(() => clearInterval(clock));

  const list = queueList(api, {
    draw,
    jobs: () => view.data?.[0].jobs ?? [],
    reload: view.load,
    controls: actions.row,
  });

  /**
   * Applies a change to a job, if it is on this page.
   *
   * @param {number} number
   * @param {(job: import('../api/types.js').Job) => import('../api/types.js').Job} changed
   */
  function change(number, changed) {
    const jobs = view.data?.[0].jobs ?? [];
    const at = jobs.findIndex(({ id }) => id === number);
    if (at >= 0) {
      jobs[at] = changed(jobs[at]);
      draw();
    }
  }

  /** @param {import('../api/types.js').Job} job */
  function put(job) {
    // Its place, time, trouble and resumption are those of the last list: events do not have them.
    change(job.id, ({ position, expectedStart, expectedEnd, behind, seconds, trouble, resumed }) =>
      ({ ...(job.state === 'QUEUED' && { position, expectedStart, expectedEnd, behind }), seconds, resumed, ...job, trouble }));
  }

  /** @param {number} jobs to move forward by, or back if negative */
  const go = (jobs) => () => choose({ offset: String(Math.max(0, offset() + jobs)) });

  /** @param {JobPage} page */
  function filters({ counts }) {
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const shown = ORDER_OF_STATES.filter((name) => (counts[/** @type {keyof typeof counts} */ (name)] ?? 0) > 0 || name === chosen.state);
    return stateChoice(shown, { counts, all, chosen: chosen.state, choose: (state) => choose({ state, offset: '0' }), named: foundAs });
  }

  /** @param {JobPage} page */
  function pages({ total, jobs }) {
    return total > PAGE
      ? pager({
          id: 'jobs',
          label: 'Pages of jobs',
          words: shownOf(offset(), jobs.length, total),
          previous: offset() > 0 && go(-PAGE),
          next: offset() + PAGE < total && go(PAGE),
        })
      : nothing;
  }

  /** @param {JobPage} page */
  function content(page) {
    if (page.total === 0 && !chosen.state) {
      return empty({
        id: 'empty-queue',
        title: 'No jobs yet',
        text: 'Queue the demo sweep to try everything out (seven networks, within fifteen minutes on two cores), or fill in the form and queue your own job.',
        actions: demo.template(),
      });
    }
    // The forecast follows the jobs: for a moment it has an end of jobs that have ended.
    const open = IN_FORECAST.some((state) => (page.counts[/** @type {keyof typeof page.counts} */ (state)] ?? 0) > 0);
    const left = open && (!chosen.state || IN_FORECAST.includes(chosen.state)) ? end.queue() : '';
    return html`${filters(page)} ${left ? html`<p class="note" data-testid="queue-end">Running and waiting jobs: ${left}.</p>` : nothing}
      ${page.jobs.some(({ state }) => working(state)) ? notificationOffer(draw) : nothing}
      ${page.jobs.length > 0 ? list.template(live.lostAt) : html`<p class="loading">No job is ${foundAs(chosen.state).toLowerCase()}.</p>`}
      ${pages(page)}`;
  }

  return page;
}
