import { equal, partial } from '../testing.js';
import { learningCurve, learningLegend } from './learning-curve.js';
import { otherSeeds, rangeOf } from './other-seeds.js';

const history = (...accuracies) => accuracies.map((validationAccuracy, i) => ({ epoch: i + 1, validationAccuracy, trainAccuracy: 0.5, validationLoss: 1, trainLoss: 1, best: false }));
const seeds = partial([{ run: 5, seed: 2, history: history(0.2, 0.4, 0.5) }, { run: 6, seed: 3, history: history(0.3, 0.1) }]);

export function aBandEndsWithTheShortestOfItsRuns() {
  equal(rangeOf(seeds, 'validationAccuracy'), [{ x: 1, low: 0.2, high: 0.3 }, { x: 2, low: 0.1, high: 0.4 }]);
  equal(rangeOf([], 'validationAccuracy'), []);
}

/** A loss that is no number is in no range. */
export function aBandHasAGapWhereALossDiverged() {
  const [first] = history(0.2);
  equal(rangeOf(partial([{ run: 5, seed: 2, history: [{ ...first, validationLoss: null }] }]), 'validationLoss'), []);
}

/** Those that diverged, and repetitions, are left out of the mean and the range. */
export async function theOtherSeedsAreThoseThatCount() {
  const spec = (seed) => ({ kind: 'train', architecture: 'bagnet9', dataset: 'scenes', epochs: 2, seed });
  const api = partial({
    runs: async () => ({ configurations: { page: [{ runs: [9], counted: [9] }, { runs: [4, 3, 2, 1], counted: [4, 3, 1] }] } }),
    run: async (id) => ({ id, spec: spec(10 - id), history: [] }),
  });
  equal((await otherSeeds(api, partial({ id: 3, state: 'SUCCEEDED', spec: spec(7) }))).map(({ run, seed }) => [run, seed]), [[4, 6], [1, 9]]);
  equal(await otherSeeds(api, partial({ id: 3, state: 'RUNNING', spec: spec(7) })), []);
}

export function aFigureSaysWhatItsBandIs() {
  const { summary, caption } = learningCurve(partial(history(0.25, 0.35)), 2, 'accuracy', 'A run', { seeds });
  equal(summary, 'After epoch 2: training 50.0 %, validation 35.0 %. Validation of 2 other seeds 10.0 % to 40.0 %.');
  equal(caption[1], 'Lines: one run. Band: from the lowest to the highest validation value of 2 other seeds of the same configuration after each epoch; a range, not an interval.');
  equal(learningLegend({ seeds }).map(([, words]) => words), ['validation', 'range of 2 other seeds, validation', 'training', 'kept epoch: highest validation accuracy']);
  equal(learningCurve(partial(history(0.25)), 2, 'accuracy', 'A run').caption[1], 'n = 1 run, so without intervals over seeds.');
}
