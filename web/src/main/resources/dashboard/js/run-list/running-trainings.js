import { html, nothing } from 'lit-html';
import { plural } from '../app/format.js';
import { loaded } from '../app/loaded.js';
import { TRAINING, isTraining } from '../experiment/experiments.js';

/** The numbers are read again at most so often. */
const PAUSE_MS = 1000;

/**
 * How many trainings, which the list of runs does not have yet, are running and queued.
 *
 * @param {{draw: () => void, onClose: (action: () => void) => void}} page
 * @param {import('../app/view.js').Lab} lab
 */
export function runningTrainings(page, { api, live }) {
  const total = async (/** @type {string} */ state) => (await api.jobs({ state, kind: TRAINING, limit: 1 })).total;
  const view = loaded(page, {
    read: () => Promise.all(['RUNNING', 'QUEUED'].map(total)),
    live,
    concerns: ({ type, data }) => type === 'reset' || type === 'deleted' || (type === 'job' && isTraining(data.spec)),
    pause: PAUSE_MS,
  });

  return {
    // Without an answer, the page only lacks it.
    template() {
      const [running, queued] = view.data ?? [0, 0];
      return running + queued === 0
        ? nothing
        : html`<p class="note running-trainings" data-testid="running-trainings">${words(running, queued)}: <a href="#/queue">see the queue</a>.</p>`;
    },
  };
}

/** @param {number} running @param {number} queued */
function words(running, queued) {
  if (running === 0) {
    return plural(queued, 'training is queued', 'trainings are queued');
  }
  return [plural(running, 'training is running', 'trainings are running'), queued > 0 && plural(queued, 'is queued', 'are queued')].filter(Boolean).join(', ');
}
