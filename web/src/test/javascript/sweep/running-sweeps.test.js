import { render } from 'lit-html';
import { contains, count, equal, events, has, partial, root, texts } from '../testing.js';
import { runningSweeps } from './running-sweeps.js';

/** A sweep of four trainings of which two have ended: each takes as long as the first. */
function demo() {
  const job = (id, state, more) => ({ id, state, spec: { kind: 'train', architecture: 'a' }, sweep: 'demo', ...more });
  const started = new Date(Date.now() - 20_000).toISOString();
  return {
    id: 'demo', createdAt: started, counts: { SUCCEEDED: 1, PRUNED: 1, RUNNING: 1, QUEUED: 1 },
    jobs: [job(1, 'SUCCEEDED', { seconds: 120 }), job(2, 'CANCELLED', { pruned: true }), job(3, 'RUNNING', { startedAt: started }), job(4, 'QUEUED')],
  };
}

export async function aRunningSweepSaysHowFarItIs() {
  const live = events();
  /** @type {object} */
  let sweep = demo();
  const api = partial({
    sweeps: async () => ({ sweeps: [sweep, { id: 'held', hold: 'held by user', counts: {} }, { id: 'old', endedAt: '2026-01-02T03:04:05Z', counts: {} }] }),
    sweep: async () => structuredClone(sweep),
  });
  const running = runningSweeps(partial({ draw: () => render(running.template(), root), onClose() {} }), partial({ api, live }));
  await contains('@running-sweeps >> .sweep', '2 of 4 jobs done, about 4 min left');
  await has('@running-sweeps >> .sweep a', 'href', '#/sweeps/demo');
  await contains('@running-sweeps >> .counts', '1 pruned');
  live.send('progress', { job: 3, secondsLeft: 60 });
  await contains('@running-sweeps >> .sweep', '2 of 4 jobs done, about 3 min left');
  sweep = { ...sweep, endedAt: new Date().toISOString() };
  live.send('sweep', sweep);
  await count('@running-sweeps', 0);
}

export async function runningSweepsComeBeforeWaitingOnes() {
  const waiting = (id) => ({ ...demo(), id, counts: { QUEUED: 4 } });
  /** @type {object[]} */
  const sweeps = [waiting('w1'), waiting('w2'), waiting('w3'), demo()];
  /** @type {string[]} */
  const read = [];
  const api = partial({
    sweeps: async () => ({ sweeps }),
    sweep: async (id) => {
      read.push(id);
      return structuredClone(sweeps.find((each) => partial(each).id === id));
    },
  });
  const live = events();
  const running = runningSweeps(partial({ draw: () => render(running.template(), root), onClose() {} }), partial({ api, live }));
  await texts('@running-sweeps >> .sweep-link', 'demo', 'w1', 'w2');
  await contains('@running-sweeps', '1 more');
  sweeps.splice(3, 1, { ...demo(), counts: { SUCCEEDED: 3, RUNNING: 1 } });
  live.send('job', { id: 3, sweep: 'demo', state: 'SUCCEEDED', spec: {} });
  await contains('@running-sweeps >> [data-sweep=demo]', '3 of 4 jobs done');
  equal(read, ['demo', 'w1', 'w2']);
}
