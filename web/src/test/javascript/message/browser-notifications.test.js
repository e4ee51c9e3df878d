import { equal } from '../testing.js';
import { newsOf } from './browser-notifications.js';

export function theEndOfASweepAndAFailedJobAreNews() {
  const endedAt = '2026-01-02T03:04:05Z';
  const now = Date.parse(endedAt) + 2000;
  const sweep = (data) => newsOf(/** @type {any} */ ({ type: 'sweep', data: { id: 'night', counts: { SUCCEEDED: 11, FAILED: 1 }, ...data } }), now);
  equal(sweep({}), undefined);
  equal(sweep({ endedAt }), { title: 'Sweep night has ended', body: '11 succeeded, 1 failed', href: '#/sweeps/night' });
  equal(sweep({ endedAt: '2026-01-02T02:04:05Z' }), undefined);
  const job = (state) => newsOf(/** @type {any} */ ({ type: 'job', data: { id: 3, state, title: 'BagNet-9', error: { message: 'It ran out of memory.' } } }), now);
  equal(job('RUNNING'), undefined);
  equal(job('FAILED'), { title: 'Job #3 failed', body: 'BagNet-9\nIt ran out of memory.', href: '#/jobs/3' });
}
