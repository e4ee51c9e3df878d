import { percent, plural } from '../app/format.js';
import { bandsOf } from './trial-grid.js';

/** The mean of fewer trials says too little. */
const FEWEST = 3;

/**
 * The value of a setting, or the group of its values, whose trials have the highest mean accuracy, whatever their other
 * settings. It is the highest of several noisy means.
 *
 * @param {import('./trial-kinds.js').SweepTrial[]} all on one data set
 * @param {import('./trial-scatter.js').TrialSetting} setting
 * @returns {{value: string, words: string}|undefined} undefined without two values of enough trials each
 */
export function highestMean(all, setting) {
  const trials = all.filter(({ compared }) => compared !== undefined);
  const { names, place } = bandsOf(trials, setting);
  const bands = names
    .map((value, at) => ({ value, reached: trials.filter((trial) => place(trial) === at).map(({ compared = 0 }) => compared) }))
    .filter(({ reached }) => reached.length >= FEWEST)
    .map(({ value, reached }) => ({ value, trials: reached.length, mean: reached.reduce((sum, each) => sum + each, 0) / reached.length }));
  if (bands.length < 2) {
    return undefined;
  }
  const best = bands.reduce((highest, band) => (band.mean > highest.mean ? band : highest));
  return { value: best.value, words: `${percent(best.mean)}, ${plural(best.trials, 'trial')}` };
}
