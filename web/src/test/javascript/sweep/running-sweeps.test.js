import { render } from 'lit-html';
import { contains, count, events, has, partial, root, texts } from '../testing.js';
import { runningSweeps } from './running-sweeps.js';

/** A sweep of four trainings of which two have ended. */
const demo = () => ({ id: 'demo', createdAt: new Date().toISOString(), counts: { SUCCEEDED: 1, PRUNED: 1, RUNNING: 1, QUEUED: 1 } });

/** @param {object} api @param {ReturnType<typeof events>} live */
function shown(api, live) {
  /** @type {(() => void)[]} */
  const closing = [];
  const running = runningSweeps(partial({ draw: () => render(running.template(), root), onClose: (action) => closing.push(action) }), partial({ api, live }));
  return () => closing.forEach((close) => close());
}

export async function aRunningSweepSaysHowFarItIs() {
  const live = events();
  let left = 4;
  /** @type {object} */
  let sweep = demo();
  const close = shown({
    sweeps: async () => ({ sweeps: [sweep, { id: 'held', hold: 'held by user', counts: {} }, { id: 'old', endedAt: '2026-01-02T03:04:05Z', counts: {} }] }),
    forecast: async () => ({ sweeps: [{ id: 'other', behind: 3 }, { id: 'demo', expectedEnd: new Date(Date.now() + left * 60_000).toISOString() }] }),
  }, live);
  await contains('@running-sweeps >> .sweep', '2 of 4 jobs done, about 4 min left');
  await has('@running-sweeps >> .sweep a', 'href', '#/sweeps/demo');
  await contains('@running-sweeps >> .counts', '1 pruned');
  left = 3;
  live.send('job', { id: 3, sweep: 'demo', state: 'SUCCEEDED', spec: {} });
  await contains('@running-sweeps >> .sweep', '2 of 4 jobs done, about 3 min left');
  sweep = { ...sweep, endedAt: new Date().toISOString() };
  live.send('sweep', sweep);
  await count('@running-sweeps', 0);
  close();
}

export async function runningSweepsComeBeforeWaitingOnes() {
  const waiting = (id) => ({ ...demo(), id, counts: { QUEUED: 4 } });
  /** @type {object[]} */
  const sweeps = [waiting('w1'), waiting('w2'), waiting('w3'), demo()];
  const live = events();
  const close = shown({ sweeps: async () => ({ sweeps }), forecast: async () => ({ sweeps: [{ id: 'demo', behind: 12 }] }) }, live);
  await texts('@running-sweeps >> .sweep-link', 'demo', 'w1', 'w2');
  await contains('@running-sweeps', '1 more');
  await contains('@running-sweeps >> [data-sweep=demo]', 'time left not known yet: it depends on job 12');
  sweeps.splice(3, 1, { ...demo(), counts: { SUCCEEDED: 3, RUNNING: 1 } });
  live.send('job', { id: 3, sweep: 'demo', state: 'SUCCEEDED', spec: {} });
  await contains('@running-sweeps >> [data-sweep=demo]', '3 of 4 jobs done');
  close();
}
