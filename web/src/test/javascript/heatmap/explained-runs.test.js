import { equal, partial } from '../testing.js';
import { explainedRuns, sameImages, sameScrambled, suggested } from './explained-runs.js';

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

/** Otherwise the maps would differ by more than the network. */
export function networksThatWereTrainedAlikeAreSuggested() {
  const run = (/** @type {number} */ run, /** @type {string} */ architecture, /** @type {string} */ setting, /** @type {number} */ accuracy) =>
    partial({ run, architecture, setting, accuracy, local: architecture !== 'resnet50' });
  const runs = [run(1, 'resnet50', 'table', 0.9), run(2, 'bagnet9', 'table', 0.4), run(3, 'bagnet17', 'trial', 0.8), run(4, 'bagnet17', 'table', 0.6), run(5, 'bagnet17', 'table', 0.7)];
  equal(suggested(runs, 2), [2, 5]);
  equal(suggested(runs.slice(0, 3), 2), [2, 3]);
  equal(suggested(runs.slice(0, 1), 2), [1]);
  equal(suggested([], 2), []);
}

/** Generated images of another size are other images; the seed chooses how they are scrambled. */
export function networksOfOneSizeAndSeedAreGivenTheSameImages() {
  const run = (/** @type {number} */ imageSize, /** @type {number} */ seed) => partial({ imageSize, seed });
  equal([sameImages([run(64, 1), run(64, 2)]), sameScrambled([run(64, 1), run(64, 2)])], [true, false]);
  equal([sameImages([run(64, 1), run(32, 1)]), sameScrambled([run(64, 1), run(32, 1)])], [false, false]);
  equal(sameScrambled([run(64, 1), run(64, 1)]), true);
}
