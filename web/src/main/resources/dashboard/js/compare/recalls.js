import { html, nothing } from 'lit-html';
import { percent, points } from '../app/format.js';
import { scroll } from '../controls/scroll.js';
import { signed } from '../difference/forest-plot.js';
import { correctedCell, correctedHead, uncorrectedNote } from '../results/corrected.js';
import { link, nameOf } from './compared-run.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../api/types.js').RunPair} RunPair
 */

/** Recall per class on a set of images. @param {Compared} compared @param {string} set @returns {Map<string, number>} */
function recallsOf({ classes }, set) {
  /** @type {Map<string, number>} */
  const recalls = new Map();
  for (const { axes, metric, value, set: of } of classes?.results ?? []) {
    if (of === set && metric === 'recall') {
      recalls.set(String(axes.class), value);
    }
  }
  return recalls;
}

/**
 * The recall of each run on each class, and its difference from the reference; classes with the largest differences come
 * first. The difference of two runs has an interval and a test over the images of the class.
 *
 * @param {Compared[]} runs the reference first
 * @param {string} set
 * @param {RunPair} [pair] of the two runs, if there are no others
 * @returns {unknown} undefined if fewer than two runs have scores by class
 */
export function recalls(runs, set, pair) {
  const measured = runs.map((run) => ({ run, recalls: recallsOf(run, set) })).filter((each) => each.recalls.size > 0);
  if (measured.length < 2) {
    return undefined;
  }
  const [reference] = measured;
  const spread = (/** @type {string} */ name) => {
    const values = measured.flatMap((each) => each.recalls.get(name) ?? []);
    return Math.max(...values) - Math.min(...values);
  };
  const names = [...new Set(measured.flatMap((each) => [...each.recalls.keys()]))].sort((a, b) => spread(b) - spread(a));
  const tested = pair?.byClass.classes ?? [];
  return html`${pair ? html`<p data-testid="recalls-sentence">${pair.byClass.sentence}</p>` : nothing}
  ${scroll(
    'Table: recall of each class',
    html`<table class="table table-plain table-cards" data-testid="compared-recalls">
      <caption class="visually-hidden">Recall of each class in percent, and the difference to ${nameOf(reference.run)} in points</caption>
      <thead><tr><th scope="col">Class</th>${measured.map(({ run }) => html`<th scope="col" class="number">${link(run)}</th>`)}${pair
        ? html`<th scope="col" class="number">Difference</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">${correctedHead(tested)}</th>`
        : html`<th scope="col" class="number">Spread</th>`}</tr></thead>
      <tbody>${names.map((name) => html`<tr data-class=${name}><th scope="row">${name}</th>
        ${measured.map((each) => cell(each.run, each.recalls.get(name), each === reference || pair ? undefined : reference.recalls.get(name)))}
        ${pair ? comparedCells(tested.find((each) => each.name === name)) : html`<td class="number faint" data-label="Spread">${points(spread(name))}</td>`}</tr>`)}</tbody>
    </table>`,
    names.length > 24,
  )}
  ${uncorrectedNote(tested)}`;
}

/** The comparison of two runs on a class. @param {RunPair['byClass']['classes'][number]|undefined} found */
const comparedCells = (found) => found
  ? html`<td class="number" data-label="Difference" data-unit="points"><span class=${found.significant ? 'clear' : 'unclear'}>${signed(found.difference)}</span></td>
      <td class="number" data-label="95 % interval" data-unit="points">${signed(found.low ?? 0)} to ${signed(found.high ?? 0)}</td><td class="number" data-label="p">${correctedCell(found)}</td>`
  : html`<td class="number">–</td><td></td><td></td>`;

/** @param {Compared} run @param {number|undefined} recall @param {number|undefined} reference */
const cell = (run, recall, reference) => html`<td class="number" data-label=${nameOf(run)}>${recall === undefined ? '–' : percent(recall)}
  ${recall === undefined || reference === undefined ? '' : html`<span class="under">${difference(recall - reference)}</span>`}</td>`;

/** @param {number} value */
const difference = (value) => (Math.abs(value) < 0.0005 ? '± 0.0' : `${value > 0 ? '+' : '−'}${points(Math.abs(value))}`);
