import { html, nothing } from 'lit-html';
import { percent, plural } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { intervalOf, measuredWords } from '../results/measured.js';

/**
 * How sure it is that the best trial of a sweep is the best: what its setting reached, with the interval that its seeds
 * and images allow, and whether the next setting is within it.
 *
 * @param {import('../api/types.js').BestSetting|undefined} found on one data set
 * @param {(job: number) => string} words the values of a trial's settings that vary, except for its seed
 * @param {number} wrong how many trials went wrong, whose accuracies do not count
 */
export function bestSettingNote(found, words, wrong) {
  if (!found) {
    return nothing;
  }
  const { best, next, trials } = found;
  return html`<p class="note" data-testid="best-setting">The setting of the best trial, <a href=${runHref(best.job)}>#${best.job}</a>${inBrackets(words(best.job))}: validation ${measuredWords(best.validation)}.
    ${next ? html`The next setting, <a href=${runHref(next.job)}>#${next.job}</a>${inBrackets(words(next.job))}, has ${percent(next.validation.mean)}${comparedWords(best.validation, next.validation)}.` : nothing}
    ${trials > 1 ? `The highest of ${trials} accuracies${wrong > 0 ? ` (${plural(wrong, 'trial')} went wrong and ${wrong === 1 ? 'does' : 'do'} not count)` : ''} is on average above what its setting reaches with other seeds: train the best settings with further seeds.` : nothing}</p>`;
}

/** @param {string} words */
const inBrackets = (words) => (words ? ` (${words})` : '');

/** @param {import('../api/types.js').Measured} best @param {import('../api/types.js').Measured} next */
function comparedWords(best, next) {
  const interval = intervalOf(best);
  if (next.mean > best.mean) {
    return ', a higher mean than the setting of the best trial';
  }
  if (!interval) {
    return '';
  }
  return next.mean >= interval.low ? ', which is within that interval: the trials do not tell which of the two is better' : ', which is below that interval';
}
