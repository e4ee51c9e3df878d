import { equal, partial } from '../testing.js';
import { explainedRuns, suggested } from './explained-runs.js';

export async function runsOfAConfigurationAreListedBySeedAndTheBestIsSuggested() {
  const result = (run, seed, value, width = 1) => ({ run, value, configuration: { architecture: 'bagnet9', seed, settings: { imageSize: 64, width }, phrases: ['64 px', `width ${width}`] } });
  const found = await explainedRuns(partial({
    validated: async () => ({ results: [result(4, 1, 0.4, 2), result(3, 2, 0.6), result(5, 3, 0.5), result(7, 1, 0.5)] }),
    architectures: async () => ({ architectures: [{ name: 'bagnet9', label: 'BagNet-9' }] }),
    experiments: async () => ({ experiments: [] }),
  }), 'scenes');
  equal(found.map(({ run }) => run), [7, 3, 5, 4]);
  equal(suggested(found, 2), [3]);
}
