import { nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { panel } from '../controls/heading.js';
import { countsOf, ended } from '../job/words.js';
import { sweepList } from './sweep-list.js';
import { leftWords, secondsLeft } from './time-left.js';

/** @typedef {import('../api/types.js').SweepWithJobs} SweepWithJobs */

/** So many sweeps are shown: reading one reads all of its jobs. */
const MOST = 3;

/** Their jobs are read again at most so often; in between, the estimate follows what running jobs say. */
const PAUSE_MS = 2000;

/**
 * The sweeps that have not ended, with how many of their jobs are done and the time that is left, on the first page.
 *
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../app/view.js').Lab} lab
 */
export function runningSweeps(page, { api, live }) {
  const view = loaded(page, {
    async read() {
      const { sweeps } = await api.sweeps();
      return Promise.all(sweeps.filter(({ endedAt, hold }) => !endedAt && !hold).slice(0, MOST).map(({ id }) => api.sweep(id)));
    },
    live,
    pause: PAUSE_MS,
    concerns({ type, data }) {
      if (type === 'progress') {
        for (const job of (view.data ?? []).flatMap(({ jobs }) => jobs).filter(({ id }) => id === data.job)) {
          job.progress = data;
          page.draw();
        }
      }
      return type === 'sweep' || type === 'reset' || type === 'deleted' || (type === 'job' && data.sweep !== undefined);
    },
  });

  /** @param {SweepWithJobs} sweep */
  function words(sweep) {
    const { jobs } = sweep;
    const done = jobs.filter(({ state }) => ended(state)).length;
    const left = live.lostAt ? '' : leftWords(sweep, secondsLeft(jobs, Date.now()));
    return [`${count(done)} of ${plural(jobs.length, 'job')} done`, left].filter(Boolean).join(', ');
  }

  return {
    // Without an answer, the page only lacks it.
    template: () =>
      view.data && view.data.length > 0
        ? panel('sweeps', 'Running sweeps', sweepList(view.data.map((sweep) => ({ ...sweep, counts: countsOf(sweep.jobs) })), words), { testId: 'running-sweeps' })
        : nothing,
  };
}
