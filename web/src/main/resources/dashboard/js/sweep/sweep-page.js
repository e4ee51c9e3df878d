import { html, nothing } from 'lit-html';
import { Problem } from '../api/client.js';
import { choices } from '../app/choices.js';
import { count, plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { replaceQuery } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { panel } from '../controls/heading.js';
import { more, STEP } from '../controls/more.js';
import { failure, loading } from '../controls/notices.js';
import { staleNote } from '../controls/stale.js';
import { costWords } from '../cost/cost-words.js';
import { isTraining, trainingParameters } from '../experiment/experiments.js';
import { failurePanel } from '../failure/failures.js';
import { forecast } from '../job/forecast.js';
import { jobList } from '../job/job-list.js';
import { stateChoice } from '../job/state-choice.js';
import { countsOf, ended, shownState, statesOf, stateWord } from '../job/words.js';
import { runsPanel } from '../run-list/runs-panel.js';
import { importance } from './importance.js';
import { rungs } from './rungs.js';
import { sweepActions } from './sweep-actions.js';
import { sweepBar } from './sweep-bar.js';
import { TPE } from './sweep-definition.js';
import { sweepChip, sweepWhen } from './sweep-list.js';
import { trialsPanel } from './trials-panel.js';
import { trialWords } from './trials.js';
import { yaml } from './yaml.js';

/**
 * @typedef {import('../api/types.js').Job} Job
 * @typedef {import('../api/types.js').SweepWithJobs} SweepWithJobs
 * @typedef {import('../api/types.js').Sweep} Sweep
 */

/**
 * One sweep: its progress, rungs and jobs.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const name = /** @type {string} */ (route.sweep);
  const queued = queuedWords(route.query);
  // The outcome of the form is shown only once.
  replaceQuery({ jobs: undefined, reused: undefined, existing: undefined, without: undefined });
  /** @type {SweepWithJobs|undefined} */
  let sweep;
  /** The index of each job in the list, by job id. @type {Map<number, number>} */
  let places = new Map();
  /** @type {import('../experiment/experiments.js').Parameter[]} */
  let parameters = [];
  /** The settings in which the trainings differ, in words, for rows with and without the job's title. */
  let words = wordsOf([]);
  let definition = '';
  /** Jobs that events changed while the sweep was being loaded: the response may be older. @type {Job[]|undefined} */
  let news;
  const page = openPage(root, `Sweep ${name}`, template);
  const { draw } = page;
  const [chosen, choose] = choices(route.query, { state: '', shown: String(STEP) }, draw);
  const actions = sweepActions(api, {
    draw,
    changed,
    removed() {
      location.hash = '#/sweeps';
    },
  });
  const halved = rungs(page);
  /** Whether a setting is sampled on a logarithmic scale; undefined if it is not sampled from a range. @param {string} setting */
  function isLog(setting) {
    const range = /** @type {any} a list, unless it is a range */ (sweep?.definition?.random?.[setting]);
    return range === undefined || Array.isArray(range) ? undefined : range.scale === 'log';
  }
  const trials = trialsPanel({ api, live }, route.query, page, name, (id) => find(id) !== undefined, isLog);
  const failures = failurePanel(page, () => api.failures({ sweep: name }));
  const important = importance(page, () => api.sweepImportance(name), trials);
  const end = forecast(page, { api, live });
  const results = runsPanel({ api, live }, route.query, page, { sweep: name });
  const view = loaded(page, {
    async read() {
      news = [];
      try {
        return await api.sweep(name);
      } catch (problem) {
        catchUp();
        throw problem;
      }
    },
    received(latest) {
      take(latest);
      catchUp();
    },
    live,
    concerns({ type, data }) {
      if (type === 'progress') {
        const job = find(data.job);
        if (job) {
          job.progress = data;
          draw();
        }
      } else if (type === 'metric' && 'epoch' in data) {
        const job = find(data.job);
        if (job && job.trouble !== data.trouble) {
          job.trouble = data.trouble;
          draw();
        }
      } else if (type === 'job') {
        jobChanged(data);
        if ((ended(data.state) || data.state === 'RUNNING') && data.startedAt && find(data.id)) {
          addUntold(data.id);
        }
      } else if (type === 'sweep' && data.id === name) {
        changed(data);
      }
      return type === 'reset' || (type === 'deleted' && (data.sweep === name || (data.job !== undefined && find(data.job) !== undefined)));
    },
  });
  // Times such as "running for 12 s" increase without any event.
  const clock = setInterval(draw, 1000);
  page.onClose(() => clearInterval(clock));
  describe();

  function catchUp() {
    const missed = news ?? [];
    news = undefined;
    missed.forEach(jobChanged);
  }

  /** Computes once per response what would be too slow in every frame with ten thousand jobs. @param {SweepWithJobs} latest */
  function take(latest) {
    const { jobs } = latest;
    // Counted here, as for every change: the server counts slightly before it lists.
    sweep = { ...latest, counts: countsOf(jobs) };
    places = new Map(jobs.map(({ id }, at) => [id, at]));
    words = wordsOf(jobs);
    definition = latest.definition ? yaml(latest.definition) : '';
  }

  /** @param {SweepWithJobs} sweep */
  function budgetWords({ budget }) {
    return budget ? `, ${hours(budget.usedHours)} of ${hours(budget.hours)} device hours used` : '';
  }

  /** Whether a search that learns may replace the values of a trial. @param {Job} job */
  const mayChange = (job) => job.state === 'QUEUED' && job.startedAt === undefined && isTraining(job.spec) && sweep?.definition?.random?.sampler === TPE;

  /** @param {Job[]} jobs */
  function wordsOf(jobs) {
    const titled = trialWords(jobs, parameters, true);
    return {
      /** @param {Job} job */
      titled: (job) => (mayChange(job) ? [titled(job), 'values may change when it starts'].filter(Boolean).join(', ') : titled(job)),
      untitled: trialWords(jobs, parameters, false),
    };
  }

  /**
   * Loads these once, as descriptions do not change while a server runs. Without them the page lacks the differences of
   * trials and the link to a form.
   */
  async function describe() {
    const experiments = await api.experiments().then((described) => described.experiments, () => undefined);
    if (experiments) {
      parameters = trainingParameters(experiments);
      words = wordsOf(sweep?.jobs ?? []);
      actions.describe(experiments);
      draw();
    }
  }

  /** @param {number} id */
  function find(id) {
    return sweep?.jobs[places.get(id) ?? -1];
  }

  /** @param {Sweep} latest */
  function changed(latest) {
    if (sweep) {
      const { jobs, counts, cost } = sweep;
      sweep = { ...latest, jobs, counts, cost };
    }
    draw();
    view.reload();
  }

  /** Events do not tell how long a job ran, and how it was resumed. @param {number} id */
  async function addUntold(id) {
    // Without an answer, the row lacks only these.
    const known = await api.job(id).catch(() => undefined);
    const job = find(id);
    if (job && known) {
      job.seconds = known.seconds;
      job.resumed = known.resumed;
      draw();
    }
  }

  /** @param {Job} job */
  function jobChanged(job) {
    const before = find(job.id);
    if (sweep && before) {
      const { jobs, counts } = sweep;
      counts[shownState(before)] = (counts[shownState(before)] ?? 0) - 1;
      counts[shownState(job)] = (counts[shownState(job)] ?? 0) + 1;
      // Events do not tell the trouble of a job. How it was resumed is read when it goes on.
      jobs[/** @type {number} */ (places.get(job.id))] = { ...job, trouble: before.trouble, ...(job.state !== 'INTERRUPTED' && { resumed: before.resumed }) };
      draw();
    }
    // Rung changes have no events of their own.
    if (news) {
      news.push(job);
    } else if (before ? sweep?.halving : job.sweep === name) {
      view.reload();
    }
  }

  /** @param {Sweep} sweep */
  function hold({ hold, holdCode, endedAt }) {
    if (!hold) {
      return nothing;
    }
    const stopped = holdCode === 'stopped-after-failures';
    const used = holdCode === 'budget-used';
    return html`<div class=${stopped ? 'notice notice-bad' : 'notice notice-warn'} role="status" data-testid="hold-reason">
      <p><strong>${hold.charAt(0).toUpperCase()}${hold.slice(1)}</strong></p>
      <p>${stopped
        ? html`Fix the cause of the failures. Then release the sweep and, if needed, rerun the failed jobs.
          <button class="button button-small" type="button" @click=${() => show('FAILED')} data-testid="show-failed">Show the failed jobs</button>`
        : used
          ? 'Running jobs finish. Releasing the sweep grants it as many device hours again.'
          : endedAt
          ? 'No jobs of this sweep are queued. Release the sweep before you retry a job.'
          : 'Running jobs continue; queued jobs wait until the sweep is released.'}</p></div>`;
  }

  /** @param {string} state empty for all */
  const show = (state) => choose({ state, shown: String(STEP) });

  /** @param {SweepWithJobs} sweep */
  function costs({ cost }) {
    const words = costWords(cost);
    return words ? html`<p class="faint" data-testid="sweep-cost">${words}</p>` : nothing;
  }

  /** @param {SweepWithJobs} sweep */
  function jobs({ jobs, counts }) {
    const { state } = chosen;
    const shown = Number(chosen.shown) || STEP;
    const listed = state ? jobs.filter((job) => shownState(job) === state) : jobs;
    const states = statesOf(counts).map(([each]) => each);
    return panel('jobs', 'Jobs', html`
      ${listed.length > 0 ? jobList(listed.slice(0, shown), { sweep: name, detail: words.titled, lostAt: live.lostAt }) : html`<p class="loading">No job is ${stateWord(state).toLowerCase()}.</p>`}
      ${more(shown, listed.length, (rows) => choose({ shown: String(rows) }))}`, {
      beside: (states.length > 1 || state) && stateChoice([...new Set([...states, ...(state ? [state] : [])])], { counts, all: jobs.length, chosen: state, choose: show }),
    });
  }

  /** @param {SweepWithJobs} sweep */
  function content(sweep) {
    return html`<div class="job-head" data-testid="sweep" data-sweep=${sweep.id} data-ended=${sweep.endedAt !== undefined} data-held=${sweep.hold !== undefined}>
        <h1>${sweep.id}</h1>
        <div class="job-head-line">${sweepChip(sweep)} <p class="faint" data-testid="sweep-when">${[sweepWhen(sweep), end.sweep(sweep)].filter(Boolean).join(', ')}${budgetWords(sweep)}</p></div>
        ${sweepBar(sweep.counts)} ${costs(sweep)} ${queued ? html`<p class="outcome" role="status" data-testid="sweep-queued">${queued}</p>` : nothing}
        ${hold(sweep)} ${actions.template(sweep)}
      </div>
      ${sweep.halving
        ? halved.template(sweep.halving, { job: find, words: words.untitled, best: trials.best(), curves: trials.curves(sweep.halving.rungs.map(({ epoch }) => epoch)) })
        : nothing}
      ${trials.template()} ${important.template(sweep.jobs)} ${failures.template(sweep.counts.FAILED ?? 0)} ${results.any() ? results.template() : nothing} ${jobs(sweep)}
      ${definition
        ? html`<details class="panel disclosure"><summary>Definition</summary><pre class="log" tabindex="0" data-testid="definition">${definition}</pre></details>`
        : nothing}`;
  }

  function template() {
    const { error } = view;
    const unknown = error instanceof Problem && error.status === 404;
    return html`<p class="crumb"><a href="#/sweeps">Sweeps</a> / ${name}</p>
      ${sweep && !unknown ? staleNote(live.lostAt) : html`<h1>Sweep ${name}</h1>`}
      ${unknown ? failure(`There is no sweep ${name}.`) : error && !live.lostAt ? failure(error, view.load) : nothing}
      ${sweep && !unknown ? content(sweep) : error ? nothing : loading()}`;
  }

  return page;
}

/** A sentence on what the form that led here has queued. @param {URLSearchParams} query */
function queuedWords(query) {
  const [jobs, reused, without] = ['jobs', 'reused', 'without'].map((name) => Number(query.get(name)));
  if (!(jobs > 0)) {
    return '';
  }
  if (query.has('existing')) {
    const idle = without > 0 ? ` ${count(without)} of its jobs failed or were cancelled: rerun them with “Rerun failed and cancelled jobs”.` : '';
    return `This sweep of ${plural(jobs, 'job')} already existed; only missing jobs were queued.${idle}`;
  }
  const fresh = jobs - reused;
  return reused === 0 ? `${plural(fresh, 'new job')} queued.` : `${plural(fresh, 'new job')} queued; ${count(reused)} of its ${count(jobs)} jobs already existed.`;
}

/** @param {number} value */
const hours = (value) => count(Number(value.toFixed(2)));
