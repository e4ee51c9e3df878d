import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { count, range } from '../app/format.js';
import { runHref, sweepHref } from '../app/routes.js';
import { scroll } from '../controls/scroll.js';
import { sortHeading } from '../controls/sorting.js';
import { troubleMark } from '../results/left-out.js';
import { buttonLabel } from './annotations.js';
import { CURVE, isNumeric, largestFirst, runName, valueOf, wordsOf } from './run-columns.js';

/**
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 *
 * @typedef {object} RunRows
 * @property {ListedRun[]} runs
 * @property {RunColumn[]} columns
 * @property {Set<number>} chosen
 * @property {(ids: number[], chosen: boolean) => void} choose
 * @property {(tag: string) => void} filterByTag
 * @property {ReturnType<typeof import('./annotations.js').annotations>} notes
 *
 * @typedef {RunRows & import('../controls/sorting.js').Sorting} Table
 */

/** @param {Table} table */
export function runTable(table) {
  const { runs } = table;
  const images = imagesOfAll(table);
  return scroll(
    'Runs',
    html`<table class="table table-plain table-runs table-cards" data-testid="runs-table">
      <caption class="visually-hidden">Runs, their parameters and accuracies in percent</caption>
      <thead>${headRow(table, images)}</thead>
      <tbody>${repeat(runs, ({ id }) => id, (run) => runRow(run, images, table))}</tbody>
    </table>`,
  );
}

/** The row of column headers, and the checkbox that chooses all runs of the page. @param {Table} table @param {Map<string, number|undefined>} images */
export function headRow(table, images) {
  const { runs, columns, chosen, choose } = table;
  const ids = runs.map(({ id }) => id);
  const all = ids.every((id) => chosen.has(id));
  return html`<tr><td class="run-choice"><label><span class="visually-hidden">Choose all runs shown</span><input type="checkbox" .checked=${live(all)}
      .indeterminate=${live(!all && ids.some((id) => chosen.has(id)))} data-testid="choose-shown" @change=${(/** @type {any} */ event) => choose(ids, event.target.checked)}></label></td>
    ${columns.map((column) => (column === CURVE ? html`<th scope="col" class="run-curve">${column.label}</th>` : head(column, images.get(column.name), table)))}</tr>`;
}

/** The numbers of images behind the accuracies, by column. @param {Pick<Table, 'runs'|'columns'>} table */
export const imagesOfAll = ({ runs, columns }) => new Map(columns.filter(({ type }) => type === 'share').map((column) => [column.name, commonImages(runs, column)]));

/** The number of images behind an accuracy, if it is the same for all runs. @param {ListedRun[]} runs @param {RunColumn} column */
function commonImages(runs, { name }) {
  const numbers = new Set(runs.flatMap((run) => imagesOf(run, name) ?? []));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}

/** @param {ListedRun} run @param {string} name @returns {import('../api/types.js').RunAccuracy|undefined} */
const accuracyOf = (run, name) => /** @type {Record<string, any>} */ (run)[name];

/** @param {ListedRun} run @param {string} name */
const imagesOf = (run, name) => accuracyOf(run, name)?.images;

/** @param {RunColumn} column @param {number|undefined} images @param {Table} table */
const head = (column, images, table) =>
  sortHeading({ ...column, kind: isNumeric(column) ? 'number' : '', largestFirst: largestFirst(column) }, table, images === undefined ? nothing : html` <span class="faint">n = ${count(images)}</span>`);

/**
 * @param {ListedRun} run
 * @param {Map<string, number|undefined>} images
 * @param {Table} table
 * @param {unknown} [remark] what is special about the run
 */
export function runRow(run, images, { columns, chosen, choose, filterByTag, notes }, remark = nothing) {
  return html`<tr data-run=${run.id}>
      <td class="run-choice"><label><span class="visually-hidden">Choose ${runName(run)}</span><input type="checkbox" .checked=${live(chosen.has(run.id))} data-testid=${`choose-${run.id}`}
        @change=${(/** @type {any} */ event) => choose([run.id], event.target.checked)}></label></td>
      ${columns.map((column) => cell(run, column, { images, filterByTag, notes, remark }))}
    </tr>
    ${notes.edits(run.id) ? html`<tr class="row-more"><td></td><td colspan=${columns.length}>${notes.form(run)}</td></tr>` : nothing}`;
}

/**
 * @param {ListedRun} run
 * @param {RunColumn} column
 * @param {Pick<Table, 'filterByTag'|'notes'> & {images: Map<string, number|undefined>, remark: unknown}} row
 */
function cell(run, column, { images, filterByTag, notes, remark }) {
  const { name, type, label } = column;
  const words = wordsOf(column, valueOf(run, column));
  if (name === 'run') {
    return html`<td class=${isNumeric(column) ? 'number' : 'run-unfolded'}><a class="run-link" href=${runHref(run.id)} title=${run.title}>${words}</a>${remark}</td>`;
  }
  if (column === CURVE) {
    return html`<td></td>`;
  }
  if (name === 'network') {
    return html`<th scope="row">${words} ${troubleMark(run.trouble)}${run.trained ? nothing : html` <span class="faint">imported</span>`}</th>`;
  }
  if (name === 'sweeps') {
    const [sweep, ...more] = run.sweeps;
    return html`<td data-label=${label} title=${run.sweeps.join(', ')}>${sweep ? html`<a href=${sweepHref(sweep)}>${sweep}</a>${more.length > 0 ? ` and ${more.length} more` : nothing}` : words}</td>`;
  }
  if (name === 'tags') {
    return html`<td class="run-wraps" data-label=${label}>${run.tags.map((tag) => html`<button class="tag tag-own" type="button" title="Show the runs with this tag" @click=${() => filterByTag(tag)}>${tag}</button> `)}
      <button class="run-annotate changes" type="button" data-annotate=${run.id} data-testid=${`annotate-${run.id}`} aria-expanded=${notes.edits(run.id)}
        aria-label=${buttonLabel(run, runName(run))} @click=${() => notes.edit(run)}>${run.tags.length > 0 || run.note ? 'edit' : 'add'}</button></td>`;
  }
  if (type === 'share') {
    const accuracy = accuracyOf(run, name);
    return html`<td class="number" data-label=${label}>${accuracy
      ? html`<span class="value measured"><span class="mean">${words}</span><span class="range">${range(accuracy)}</span></span>
          ${images.get(name) === undefined ? html`<span class="under">n = ${count(accuracy.images)}</span>` : nothing}`
      : words}</td>`;
  }
  return html`<td class=${isNumeric(column) ? 'number' : name === 'note' ? 'run-note' : ''} data-label=${label}>${words}</td>`;
}
