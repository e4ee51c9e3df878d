import { equal } from '../testing.js';
import { warnings } from './failures.js';

const FAILURES = [
  {
    code: 'out-of-memory',
    cause: 'Out of memory: tried to allocate 9 GB',
    kind: 'train',
    jobs: 11,
    newest: [12, 11],
    values: [{ parameter: 'batchSize', label: 'Batch size', value: 512, failed: 11, of: 12 }],
  },
];

export function onlyTheSameValueOfTheSameExperimentIsWarnedAbout() {
  equal(warnings(FAILURES, [{ kind: 'train', batchSize: 512 }]), ['11 of 12 with batch size 512 failed: Out of memory: tried to allocate 9 GB']);
  equal(warnings(FAILURES, [{ kind: 'train', batchSize: '512' }]).length, 1);
  equal(warnings(FAILURES, [{ kind: 'train', batchSize: 64 }, { kind: 'evaluate', batchSize: 512 }]), []);
  equal(warnings([], [{ kind: 'train', batchSize: 512 }]), []);
}
