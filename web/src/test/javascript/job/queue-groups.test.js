import { equal, partial } from '../testing.js';
import { aheadOfRow } from './queue-groups.js';

export function interactiveJobsAreRowsWithoutAPlaceInTheQueue() {
  const jobs = partial([
    { id: 1, state: 'RUNNING' },
    { id: 2, state: 'QUEUED', interactive: true },
    ...[3, 4, 5].map((id, i) => ({ id, state: 'QUEUED', position: i + 1 })),
    { id: 6, state: 'QUEUED', held: true },
  ]);
  equal([0, 1, 2, 3, 4].map((rows) => aheadOfRow(jobs, rows, [5])), [0, 0, 1, 2, 2]);
  equal([0, 1, 2, 3, 4].map((rows) => aheadOfRow(jobs, rows, [3, 4])), [0, 0, 0, 0, 1]);
}
