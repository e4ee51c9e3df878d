import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { panel } from '../controls/heading.js';
import { ended } from '../job/words.js';
import { sweepList } from './sweep-list.js';
import { leftWords, secondsLeft } from './time-left.js';

/** @typedef {import('../api/types.js').Job} Job */
/** @typedef {import('../api/types.js').Sweep} Sweep */

/** So many sweeps are shown, those with running jobs first. */
const MOST = 3;

/** The list is read again at most so often. */
const PAUSE_MS = 2000;

/** The jobs of a sweep, of which there may be thousands, tell the time left. Events keep what was read up to date. */
const JOBS_MS = 60_000;

/**
 * The sweeps that have not ended, with how many of their jobs are done and the time that is left, on the first page.
 *
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../app/view.js').Lab} lab
 */
export function runningSweeps(page, { api, live }) {
  /** @type {Map<string, {at: number, jobs: Job[]}>} */
  const known = new Map();

  /** @param {Sweep} sweep */
  async function withJobs(sweep) {
    let read = known.get(sweep.id);
    if (!read || Date.now() - read.at > JOBS_MS) {
      read = { at: Date.now(), jobs: (await api.sweep(sweep.id)).jobs };
      known.set(sweep.id, read);
    }
    return { ...sweep, jobs: read.jobs };
  }

  const view = loaded(page, {
    async read() {
      const { sweeps } = await api.sweeps();
      const open = sweeps.filter(({ endedAt, hold }) => !endedAt && !hold).sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)));
      return { shown: await Promise.all(open.slice(0, MOST).map(withJobs)), more: Math.max(0, open.length - MOST) };
    },
    live,
    pause: PAUSE_MS,
    concerns({ type, data }) {
      if (type === 'progress') {
        change(data.job, (job) => ({ ...job, progress: data }));
      } else if (type === 'job') {
        change(data.id, ({ seconds }) => ({ ...data, seconds }));
      }
      return type === 'sweep' || type === 'reset' || type === 'deleted' || (type === 'job' && data.sweep !== undefined);
    },
  });

  /** @param {number} id @param {(job: Job) => Job} changed */
  function change(id, changed) {
    for (const { jobs } of known.values()) {
      const at = jobs.findIndex((job) => job.id === id);
      if (at >= 0) {
        jobs[at] = changed(jobs[at]);
        page.draw();
      }
    }
  }

  /** @param {Sweep & {jobs: Job[]}} sweep */
  function words(sweep) {
    const numbers = Object.entries(sweep.counts);
    const all = numbers.reduce((sum, [, n]) => sum + n, 0);
    const done = numbers.filter(([state]) => ended(state)).reduce((sum, [, n]) => sum + n, 0);
    const left = live.lostAt ? '' : leftWords(sweep, secondsLeft(sweep.jobs, Date.now()));
    return [`${count(done)} of ${plural(all, 'job')} done`, left].filter(Boolean).join(', ');
  }

  return {
    // Without an answer, the page only lacks it.
    template: () =>
      view.data && view.data.shown.length > 0
        ? panel('sweeps', 'Running sweeps', html`${sweepList(view.data.shown, words)}
            ${view.data.more > 0 ? html`<p class="note"><a href="#/sweeps">${count(view.data.more)} more</a></p>` : nothing}`, { testId: 'running-sweeps' })
        : nothing,
  };
}

/** @param {Sweep} sweep */
const isRunning = ({ counts }) => (counts.RUNNING ?? 0) > 0;
