import { count, plural } from '../app/format.js';
import { setWord } from '../results/output-words.js';

/** Words for images and their predictions. */

/** @typedef {import('../api/types.js').PredictionPage} PredictionPage */

/** The selection of the predictions that are shown. @typedef {'wrong'|'right'|'all'} Shown */

/** A probability in percent, never rounded to certainty. @param {number|undefined} share in [0, 1] */
export function probability(share) {
  if (share === undefined) {
    return '';
  }
  const percent = share * 100;
  return percent > 99.9 && percent < 100 ? '> 99.9 %' : percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

/** The ids of runs. @param {number[]} runs */
export const numbers = (runs) => runs.map((run) => `#${run}`).join(', ').replace(/, ([^,]*)$/, ' and $1');

/** The images of a set, as part of a sentence. @param {number} n @param {string} set */
const images = (n, set) => plural(n, `${setWord(set).toLowerCase()} image`);

/**
 * A sentence on how many images are shown, and of how many.
 *
 * @param {PredictionPage} page
 * @param {{set: string, class: string, predicted: string, shown: Shown, runs: number[]}} choice
 */
export function summary({ images: all, total, wrong }, { set, class: name, predicted, shown, runs }) {
  const others = runs.slice(1);
  if (all === 0) {
    return others.length > 0 ? `Runs ${numbers(runs)} were measured on no ${setWord(set).toLowerCase()} image that all have.` : `Run #${runs[0]} was measured on no such images.`;
  }
  const which = [name && `of ${name}`, predicted && !(shown === 'right' && predicted === name) && `predicted as ${predicted}${others.length > 0 ? ` by #${runs[0]}` : ''}`].filter(Boolean).join(' ');
  const inOthers = others.length > 0 ? `, and wrong in ${numbers(others)}` : '';
  const by = {
    wrong: others.length > 0 ? `wrong in ${others.length > 1 ? 'all of' : 'both'} ${numbers(runs)}` : `wrong in run #${runs[0]}`,
    right: `right in run #${runs[0]}${inOthers}`,
    all: others.length > 0 ? `wrong in ${numbers(others)}` : `measured in run #${runs[0]}`,
  }[shown];
  const found = `${images(total, set)}${which && ` ${which}`} ${total === 1 ? 'is' : 'are'} ${by}`;
  return shown === 'wrong' && !which ? `${found}: ${((wrong / all) * 100).toFixed(1)} % of ${count(all)}.` : `${found}.`;
}
