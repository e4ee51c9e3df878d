import { html } from 'lit-html';
import { nameOf } from './compared-run.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../api/types.js').RunDifference} RunDifference
 * @typedef {import('../api/types.js').DifferingFact} DifferingFact
 */

/**
 * Whether runs have the same results as the reference, bit for bit, and by what they may differ otherwise.
 *
 * @param {Compared[]} others
 * @param {Compared} reference
 * @param {Map<number, {difference?: RunDifference}>} outcomes by run
 */
export const reproduced = (others, reference, outcomes) => html`<ul class="pair-list" data-testid="reproduced">
  ${others.map((other) => {
    const difference = outcomes.get(other.row.id)?.difference;
    return html`<li data-run=${other.row.id} data-same=${difference?.same}><strong>${nameOf(other)} and ${nameOf(reference)}.</strong>
      ${difference ? html`${difference.sentence} ${computedBy(difference)}` : html`<span class="faint">${outcomes.has(other.row.id) ? 'They could not be compared.' : 'Comparing …'}</span>`}</li>`;
  })}</ul>`;

/** @param {RunDifference} difference */
const computedBy = ({ provenance }) => provenance.length === 0
  ? html`<span class="faint">The same code computed both, on the same machine and data.</span>`
  : html`<details><summary>Code, machine or data differ in ${provenance.length === 1 ? 'one respect' : `${provenance.length} respects`}</summary>
      <dl class="facts">${provenance.map(({ name, a, b }) => html`<div><dt><code>${name}</code></dt><dd>${b ?? 'none'} and ${a ?? 'none'}</dd></div>`)}</dl></details>`;
