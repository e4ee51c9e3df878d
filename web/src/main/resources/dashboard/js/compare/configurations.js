import { html, nothing } from 'lit-html';
import { count, range } from '../app/format.js';
import { scroll } from '../controls/scroll.js';
import { valueOf, wordsOf } from '../run-list/run-columns.js';
import { SETS } from '../results/words.js';
import { term } from '../terms/term.js';
import { link, nameOf } from './compared-run.js';

/**
 * @typedef {import('./compared-run.js').Compared} Compared
 * @typedef {import('../api/types.js').RunColumn} RunColumn
 */

/** Columns that are shown elsewhere on the page, or that are not settings. */
const NO_SETTINGS = ['run', 'network', 'note', 'tags', 'sweeps', ...Object.keys(SETS)];

/** Columns for the outcome of a training. */
const OUTCOMES = ['converged', 'trouble', 'seconds', 'endedAt'];

/**
 * The settings in which runs differ, with their accuracies; common settings are collapsed.
 *
 * @param {Compared[]} runs
 * @param {import('../api/types.js').RunPage} page the list of runs that they are from
 * @param {(id: number) => void} leaveOut
 */
export function configurations(runs, { columns, varying }, leaveOut) {
  const settings = columns.filter(({ name }) => !NO_SETTINGS.includes(name) && !OUTCOMES.includes(name));
  const differing = settings.filter(({ name }) => varying.includes(name));
  const common = settings.filter(({ name }) => !varying.includes(name) && (runs.some(({ row }) => row.parameters[name] !== undefined) || ['dataset', 'regime'].includes(name)));
  const outcomes = columns.filter(({ name }) => OUTCOMES.includes(name) && runs.some(({ row }) => /** @type {Record<string, unknown>} */ (row)[name] !== undefined));
  const tagged = columns.filter(({ name }) => ['tags', 'note'].includes(name) && runs.some(({ row }) => (name === 'tags' ? row.tags.length > 0 : row.note)));
  return html`${scroll(
    'Table: what differs',
    html`<table class="table table-plain" data-testid="compared-configurations">
      <caption class="visually-hidden">Settings in which the runs differ, and their accuracies</caption>
      <thead><tr><td></td>${runs.map((run) => html`<th scope="col">${link(run)}
        ${runs.length > 2
          ? html`<button class="run-annotate" type="button" aria-label=${`Leave out ${nameOf(run)}`} @click=${() => leaveOut(run.row.id)} data-testid=${`leave-out-${run.row.id}`}>leave out</button>`
          : nothing}</th>`)}</tr></thead>
      <tbody>
        ${differing.map((column) => line(column, runs))}
        ${columns.filter(({ name }) => name in SETS).map((column) => accuracies(column, runs))}
        ${outcomes.map((column) => line(column, runs))} ${tagged.map((column) => line(column, runs))}
      </tbody>
    </table>`,
  )}
  ${differing.length === 0 ? html`<p class="note">These runs have the same configuration.</p>` : nothing}
  ${common.length > 0
    ? html`<details class="run-columns"><summary>What they have in common</summary>
        <dl class="facts" data-testid="common">${common.map((column) => html`<div><dt>${column.label}</dt><dd>${wordsOf(column, valueOf(runs[0].row, column))}</dd></div>`)}</dl></details>`
    : nothing}`;
}

/** @param {RunColumn} column @param {Compared[]} runs */
const line = (column, runs) => html`<tr data-column=${column.name}><th scope="row">${column.label}</th>
  ${runs.map(({ row }) => html`<td>${wordsOf(column, valueOf(row, column))}</td>`)}</tr>`;

/** @param {RunColumn} column @param {Compared[]} runs */
const accuracies = (column, runs) => html`<tr data-column=${column.name}><th scope="row">${SETS[column.name]} accuracy, ${term('interval')}</th>
  ${runs.map(({ row }) => {
    const found = /** @type {import('../api/types.js').RunAccuracy|undefined} */ (/** @type {Record<string, any>} */ (row)[column.name]);
    return html`<td>${found
      ? html`<span class="value measured"><span class="mean">${wordsOf(column, found.accuracy)}</span><span class="range">${range(found)}, n = ${count(found.images)}</span></span>`
      : '–'}</td>`;
  })}</tr>`;
