import { html, nothing } from 'lit-html';
import { coefficient, count, percent } from '../app/format.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { term } from '../terms/term.js';
import { link, nameOf } from './compared-run.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../api/types.js').RunPair} RunPair
 *
 * A comparison with the reference, or the reason why there is none.
 * @typedef {{pair?: RunPair, problem?: string, difference?: import('../api/types.js').RunDifference}} Outcome
 */

/**
 * Each run against the reference: the result of the paired test in a sentence, and on how many images the two agree.
 *
 * @param {Compared[]} others
 * @param {Compared} reference
 * @param {Map<number, Outcome>} outcomes by run
 */
export const pairs = (others, reference, outcomes) => html`<ul class="pair-list" data-testid="pairs">
    ${others.map((other) => {
      const { pair, problem } = outcomes.get(other.row.id) ?? {};
      return html`<li data-run=${other.row.id}><strong>${nameOf(other)} and ${nameOf(reference)}.</strong>
        ${pair
          ? html`${pair.sentence} ${pair.testSentence} ${pair.overSeeds ? html`<span class="faint">Over the seeds of both configurations, which also applies to other seeds: ${pair.overSeeds.sentence}</span>` : nothing}`
          : html`<span class="faint">${problem ?? 'Comparing …'}</span>`}</li>`;
    })}</ul>
  ${[...outcomes.values()].some(({ pair }) => pair) 
    ? html`${agreement(others, reference, outcomes)}
        <p class="note">Agree: both right or both wrong. ${term('kappa', 'Cohen’s kappa')} is 1 if the errors of both are identical.</p> ${tableCopies('compared-agreement')}`
    : nothing}`;

/** @param {Compared[]} others @param {Compared} reference @param {Map<number, Outcome>} outcomes */
const agreement = (others, reference, outcomes) => scroll(
  'Agreement',
  html`<table class="table table-plain table-cards" data-testid="compared-agreement">
    <caption class="visually-hidden">On how many images each run agrees with ${nameOf(reference)}</caption>
    <thead><tr><th scope="col">Run</th>${agreementLabels(reference).map((label) => html`<th scope="col" class="number">${label}</th>`)}</tr></thead>
    <tbody>${others.map((other) => {
      const pair = outcomes.get(other.row.id)?.pair;
      return pair
        ? html`<tr><th scope="row">${link(other)}</th>${agreementOf(pair).map((words, i) => html`<td class="number" data-label=${agreementLabels(reference)[i]}>${words}</td>`)}</tr>`
        : nothing;
    })}</tbody></table>`,
);

/** @param {Compared} reference */
const agreementLabels = (reference) => ['Images', 'Both right', 'Only this run', `Only #${reference.row.id}`, 'Both wrong', 'Agree', 'Kappa'];

/** The cells below these labels. @param {RunPair} pair */
const agreementOf = (pair) => [
  ...[pair.images, pair.both, pair.onlyA, pair.onlyB, pair.neither].map((images) => count(images)),
  percent((pair.both + pair.neither) / pair.images),
  kappaWords(pair),
];

/** @param {RunPair} pair */
function kappaWords({ images, both, onlyA, onlyB, neither }) {
  const observed = (both + neither) / images;
  const a = (both + onlyA) / images;
  const b = (both + onlyB) / images;
  const expected = a * b + (1 - a) * (1 - b);
  // Kappa is undefined if both are always right, or both always wrong.
  return expected === 1 ? '–' : coefficient((observed - expected) / (1 - expected));
}
