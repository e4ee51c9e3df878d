import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { term } from '../terms/term.js';

/**
 * A test that may have a p-value corrected together with those of other tests. @typedef {{adjusted?: number}} Tested
 */

/** A p-value in words. @param {number} p */
const pOf = (p) => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);

/**
 * The number of comparisons for which p-values were corrected, in words; empty for one, which needs no correction.
 *
 * @param {Tested[]} all
 */
function familyOf(all) {
  const comparisons = all.filter(({ adjusted }) => adjusted !== undefined).length;
  return comparisons > 1 ? `Holm-corrected for ${count(comparisons)} comparisons` : '';
}

/** A corrected p-value in a table whose column header names the correction. @param {Tested} one */
export const correctedCell = ({ adjusted }) => (adjusted === undefined ? '–' : pOf(adjusted).replace('= ', ''));

/** The header of a column of corrected p-values. @param {Tested[]} all */
export const correctedHead = (all) => html`p<span class="under">${familyOf(all)}</span>`;

/** A note on why an interval may exclude zero although the p-value beside it is large. @param {Tested[]} all */
export const uncorrectedNote = (all) => (familyOf(all)
  ? html`<p class="note">p-values are ${term('holm', 'corrected after Holm')}, intervals are not: one may exclude zero although its p-value is above 5 %.</p>`
  : nothing);
