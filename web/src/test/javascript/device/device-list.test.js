import { render } from 'lit-html';
import { all, equal, partial, root } from '../testing.js';
import { deviceList } from './device-list.js';

/** @param {object} more */
const slot = (more) => ({ slots: 1, busy: 0, threads: 2, uuid: 'GPU-1', ...more });

/** @param {object[]} devices */
function shown(devices) {
  render(deviceList(partial(devices)), root);
  return all('main li').map((item) => item.innerText.replace(/\s+/g, ' ').trim());
}

export function theSlotsOfAGpuAreShownTogether() {
  const refusal = 'Job 9 waits until no other job runs on GPU 0.';
  equal(
    shown([
      slot({ name: 'GPU 0 (T4), slot 1', slot: 1, busy: 1, job: 7, share: 3 * 2 ** 30, sharing: 'Jobs share it.' }),
      slot({ name: 'GPU 0 (T4), slot 2', slot: 2, busy: 1, job: 8, share: 4 * 2 ** 30 }),
      slot({ name: 'GPU 0 (T4), slot 3', slot: 3, refusal }),
      slot({ name: 'GPU 0 (T4), slot 4', slot: 4, refusal, threads: 1 }),
      slot({ name: 'GPU 1 (T4)', uuid: 'GPU-2', busy: 1, job: 5 }),
    ]),
    [
      `GPU 0 (T4) 2 of 4 busy with #7 (3.0 GiB), #8 (4.0 GiB) Jobs share it. cannot start jobs: ${refusal} 2 threads or 1 thread each`,
      'GPU 1 (T4) busy with #5 2 threads',
    ],
  );
}
