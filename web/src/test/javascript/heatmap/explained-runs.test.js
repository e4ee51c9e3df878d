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

/** Generated images of another size are other images; the seed chooses how they are scrambled. */
export function networksOfOneSizeAndSeedAreGivenTheSameImages() {
  const run = (/** @type {number} */ imageSize, /** @type {number} */ seed) => partial({ imageSize, seed });
  equal([sameImages([run(64, 1), run(64, 2)]), sameScrambled([run(64, 1), run(64, 2)])], [true, false]);
  equal([sameImages([run(64, 1), run(32, 1)]), sameScrambled([run(64, 1), run(32, 1)])], [false, false]);
  equal(sameScrambled([run(64, 1), run(64, 1)]), true);
}
