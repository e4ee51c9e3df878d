import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { percent, plural, range } from '../app/format.js';
import { sparkline } from '../charts/sparkline.js';
import { scroll } from '../controls/scroll.js';
import { cautionNote, intervalOf, measuredWords } from '../results/measured.js';
import { CURVE, isNumeric, valueOf, wordsOf } from './run-columns.js';
import { headRow, imagesOfAll, runRow } from './run-table.js';

/**
 * @typedef {import('../api/types.js').RunGroup} RunGroup
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 *
 * @typedef {import('./run-table.js').Table & {groups: RunGroup[], unfolded: Set<number>, unfold: (group: number) => void}} GroupedTable
 */

/** Up to this number of different values, all are listed. */
const LISTED = 3;

/** The number that identifies a configuration on this page. @param {RunGroup} group */
const keyOf = ({ runs }) => runs[0];

/** Configurations with their means; each unfolds to its runs. @param {GroupedTable} table */
export function configurationTable(table) {
  const byId = new Map(table.runs.map((run) => [run.id, run]));
  const members = (/** @type {RunGroup} */ { runs }) => runs.flatMap((id) => byId.get(id) ?? []);
  const images = imagesOfAll(table);
  const means = table.groups.flatMap(({ test, validation, scrambled }) => [test, validation, scrambled]);
  return html`${scroll(
    'Configurations',
    html`<table class="table table-plain table-runs table-cards" data-testid="configurations-table">
      <caption class="visually-hidden">Configurations of runs, with mean accuracies over seeds in percent</caption>
      <thead>${headRow(table, images)}</thead>
      ${repeat(table.groups, keyOf, (group) => html`<tbody>${groupRow(group, members(group), table)}
        ${table.unfolded.has(keyOf(group)) ? members(group).map((run) => runRow(run, images, table, remark(run, group))) : nothing}</tbody>`)}
    </table>`,
  )} ${cautionNote(means)}`;
}

/** The seed of a run below its configuration, and why it is left out of the mean. @param {ListedRun} run @param {RunGroup} group */
function remark({ id, trouble, parameters }, { counted }) {
  const seed = parameters.seed === undefined ? '' : ` seed ${parameters.seed}`;
  const why = counted.includes(id) ? '' : `, ${trouble === 'chance' ? 'at chance' : trouble ?? 'repeated'}: left out of the mean`;
  return html`<span class="faint">${seed}${why}</span>`;
}

/** @param {RunGroup} group @param {ListedRun[]} runs @param {GroupedTable} table */
function groupRow(group, runs, table) {
  const { columns, chosen, choose } = table;
  const all = group.runs.every((id) => chosen.has(id));
  return html`<tr class="run-group" data-configuration=${keyOf(group)}>
    <td class="run-choice"><label><span class="visually-hidden">Choose the runs of ${runs[0].label}, ${plural(group.runs.length, 'run')} from #${keyOf(group)}</span><input type="checkbox"
      .checked=${live(all)} .indeterminate=${live(!all && group.runs.some((id) => chosen.has(id)))} data-testid=${`choose-configuration-${keyOf(group)}`}
      @change=${(/** @type {any} */ event) => choose(group.runs, event.target.checked)}></label></td>
    ${columns.map((column) => cell(column, group, runs, table))}
  </tr>`;
}

/** @param {RunColumn} column @param {RunGroup} group @param {ListedRun[]} runs @param {GroupedTable} table */
function cell(column, group, runs, { unfolded, unfold }) {
  const { name, type, label } = column;
  if (name === 'run') {
    const open = unfolded.has(keyOf(group));
    const others = group.runs.length - group.counted.length;
    return html`<td><button class="sort run-unfold" type="button" aria-expanded=${open} data-testid=${`unfold-${keyOf(group)}`} @click=${() => unfold(keyOf(group))}>
      <span aria-hidden="true">${open ? '▾' : '▸'}</span> ${plural(group.counted.length, runs[0].trained ? 'seed' : 'run')}</button>${others > 0 ? html` <span class="faint" title="Diverged, at chance, or repeated by a newer run">+ ${others} left out of the mean</span>` : nothing}</td>`;
  }
  if (name === 'network') {
    return html`<th scope="row">${runs[0].label}${runs[0].trained ? nothing : html` <span class="faint">imported</span>`}</th>`;
  }
  if (column === CURVE) {
    return html`<td data-label=${label}>${curve(group)}</td>`;
  }
  if (type === 'share') {
    const mean = /** @type {import('../api/types.js').Measured|undefined} */ (/** @type {Record<string, any>} */ (group)[name]);
    const interval = mean && intervalOf(mean);
    return html`<td class="number" data-label=${label}>${mean ? html`<span class="value measured" title=${measuredWords(mean)}><span class="mean">${percent(mean.mean)}</span>
      ${interval ? html`<span class="range">${range(interval)}</span>` : nothing}</span>` : '–'}</td>`;
  }
  const values = [...new Set(runs.map((run) => wordsOf(column, valueOf(run, column))))];
  return html`<td class=${isNumeric(column) ? 'number' : ''} data-label=${label}>${values.length <= LISTED ? values.join(', ') : `${values.length} values`}</td>`;
}

/** @param {RunGroup} group */
function curve({ curve: accuracies, counted }) {
  return accuracies.length < 2
    ? nothing
    : sparkline(
        accuracies.map((accuracy, epoch) => ({ at: epoch, value: 100 * accuracy })),
        `Validation accuracy over ${plural(accuracies.length, 'epoch')}, mean of ${plural(counted.length, 'seed')}: from ${percent(accuracies[0])} to ${percent(accuracies[accuracies.length - 1])}`,
      );
}
