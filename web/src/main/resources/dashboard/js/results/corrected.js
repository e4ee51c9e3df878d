import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { term } from '../terms/term.js';

/** What may have a p-value that was corrected together with those of others. @typedef {{adjusted?: number}} Tested */

/** What was tested with a correction of its own. @typedef {{adjusted?: number, tests: number}} Corrected */

/** A p-value in words. @param {number} p */
const pOf = (p) => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);

/** For how many comparisons p-values were corrected; empty for one, which needs no correction. @param {Tested[]} all */
function familyOf(all) {
  const comparisons = all.filter(({ adjusted }) => adjusted !== undefined).length;
  return comparisons > 1 ? `Holm-corrected for ${count(comparisons)} comparisons` : '';
}

/** A corrected p-value in a sentence; empty if there is none. @param {Tested} one @param {Tested[]} all that were corrected together */
export const correctedWords = ({ adjusted }, all) => (adjusted === undefined ? '' : [`p ${pOf(adjusted)}`, familyOf(all)].filter(Boolean).join(', '));

/** The same of a prediction, whose interval was corrected, too. @param {Corrected} one */
export const simultaneousWords = ({ adjusted, tests }) =>
  (adjusted === undefined ? '' : [`p ${pOf(adjusted)}`, tests > 1 ? `corrected for ${count(tests)} tests` : ''].filter(Boolean).join(', '));

/** A corrected p-value in a table, whose head says that it is. @param {Tested} one */
export const correctedCell = ({ adjusted }) => (adjusted === undefined ? '–' : pOf(adjusted).replace('= ', ''));

/** The head of a column of such. @param {Tested[]} all */
export const correctedHead = (all) => html`p<span class="under">${familyOf(all)}</span>`;

/** Why an interval may exclude zero where the p-value beside it is large. @param {Tested[]} all */
export const uncorrectedNote = (all) => (familyOf(all)
  ? html`<p class="note">p-values are ${term('holm', 'corrected after Holm')}, intervals are not: one may exclude zero although its p-value is above 5 %.</p>`
  : nothing);
