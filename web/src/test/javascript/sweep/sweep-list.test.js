import { render } from 'lit-html';
import { partial, root, texts } from '../testing.js';
import { sweepList } from './sweep-list.js';

export async function aSweepSaysWhetherItRunsOrWaits() {
  const sweep = (id, counts, more = {}) => partial({ id, createdAt: '2026-01-02T03:04:05Z', counts, ...more });
  render(sweepList([
    sweep('runs', { RUNNING: 1, QUEUED: 3 }),
    sweep('waits', { SUCCEEDED: 1, QUEUED: 3 }),
    sweep('held', { QUEUED: 3 }, { hold: 'held by user' }),
    sweep('ended', { SUCCEEDED: 4 }, { endedAt: '2026-01-02T04:04:05Z' }),
  ], ({ id }) => `about ${id}`), root);
  await texts('.sweep-line .faint', 'about runs', 'about waits', 'about held', 'about ended');
  await texts('.sweep-line .chip', 'Running', 'Waiting', 'Held', 'Ended');
}
