import { render } from 'lit-html';
import { count, events, has, partial, root, texts } from '../testing.js';
import { runningTrainings } from './running-trainings.js';

export async function trainingsThatAreNoRunsYetAreCounted() {
  const totals = { RUNNING: 0, QUEUED: 0 };
  const live = events();
  const api = { jobs: async ({ state, kind }) => ({ total: kind === 'train' ? totals[state] : 99 }) };
  const draw = () => render(shown.template(), root);
  const shown = runningTrainings({ draw, onClose() {} }, partial({ api, live }));
  /** @param {number} running @param {number} queued */
  const change = (running, queued) => {
    Object.assign(totals, { RUNNING: running, QUEUED: queued });
    live.send('job', { id: 1, state: 'RUNNING', spec: { kind: 'train' } });
  };
  draw();
  await count('@running-trainings', 0);
  change(2, 12);
  await texts('@running-trainings', '2 trainings are running, 12 are queued: see the queue.');
  await has('@running-trainings a', 'href', '#/queue');
  change(1, 0);
  await texts('@running-trainings', '1 training is running: see the queue.');
  change(0, 1);
  await texts('@running-trainings', '1 training is queued: see the queue.');
  change(0, 0);
  await count('@running-trainings', 0);
}
