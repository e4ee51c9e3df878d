import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { panel } from '../controls/heading.js';
import { forecast } from '../job/forecast.js';
import { ended } from '../job/words.js';
import { sweepList } from './sweep-list.js';

/** @typedef {import('../api/types.js').Sweep} Sweep */

/** So many sweeps are shown, those with running jobs first. */
const MOST = 3;

/** The list is read again at most so often. */
const PAUSE_MS = 2000;

/**
 * The sweeps that have not ended, with how many of their jobs are done and the time that is left, on the first page.
 *
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../app/view.js').Lab} lab
 */
export function runningSweeps(page, { api, live }) {
  const end = forecast(page, { api, live });
  const view = loaded(page, {
    async read() {
      const { sweeps } = await api.sweeps();
      const open = sweeps.filter(({ endedAt, hold }) => !endedAt && !hold).sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)));
      return { shown: open.slice(0, MOST), more: Math.max(0, open.length - MOST) };
    },
    live,
    pause: PAUSE_MS,
    concerns: ({ type, data }) => type === 'sweep' || type === 'reset' || type === 'deleted' || (type === 'job' && data.sweep !== undefined),
  });

  /** @param {Sweep} sweep */
  function words(sweep) {
    const { counts } = sweep;
    const numbers = Object.entries(counts);
    const all = numbers.reduce((sum, [, n]) => sum + n, 0);
    const done = numbers.filter(([state]) => ended(state)).reduce((sum, [, n]) => sum + n, 0);
    return [`${count(done)} of ${plural(all, 'job')} done`, end.sweep(sweep)].filter(Boolean).join(', ');
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
