import { html, nothing } from 'lit-html';
import { percent, plural } from '../app/format.js';
import { formHref, jobHref, runHref } from '../app/routes.js';
import { scroll } from '../controls/scroll.js';
import { inOrder, sortHeading } from '../controls/sorting.js';
import { stateChip } from '../job/state-chip.js';
import { commonNote } from '../results/in-common.js';
import { convergenceNote, measured, publishedValue, sourceTag } from '../results/measured.js';
import { oneRun } from '../results/one-run.js';
import { linearBagLimit } from '../results/patch-limits.js';
import { trained, trainedAlike, trainedDifferently } from '../results/trained.js';
import { SETS, fieldWord, regimeWords, rowName, scaleWords } from '../results/words.js';
import { nameOrTerm, term, termsNote } from '../terms/term.js';
import { TERMS } from '../terms/terms.js';
import { trainingWith } from '../results/pending-trainings.js';

/**
 * @typedef {import('../api/types.js').AccuracyRow} Row
 * @typedef {Exclude<import('../api/types.js').SetName, 'train'>} SetName
 */

const NAMES = /** @type {SetName[]} */ (Object.keys(SETS));

/**
 * Table 1: a row for each network and configuration, optionally with the published numbers beside the measured ones.
 *
 * @param {import('../api/types.js').Comparison} comparison
 * @param {boolean} withPublished
 * @param {{pending: import('../api/types.js').Job[], missing: (row: Row) => import('../api/types.js').MissingJob[], further: (row: Row) => unknown}} trainings
 *     pending: those on the data set that are running or queued; missing: those with further seeds; further: the button
 *     that queues them
 * @param {import('../controls/sorting.js').Sorting} sorting
 */
export function comparisonTable({ rows, dataset }, withPublished, { pending, missing, further }, sorting) {
  const known = rows.filter(({ runs }) => runs.length > 0);
  const alike = trainedAlike(known);
  const different = trainedDifferently(known);
  const columns = columnsOf(withPublished, different);
  const single = oneRun(known.map((row) => NAMES.map((set) => row[set])));
  const ordered = inOrder(rows, columns, sorting.sort);
  const sorted = columns.some(({ name }) => name === sorting.sort.replace(/^-/, ''));
  return html`${commonNote([...alike, ...single.common], 'in-common-table-1')} ${scroll(
    withPublished ? 'Table 1, published and measured' : 'Table 1, measured',
    html`<table class="table table-comparison" data-testid="comparison-table">
      <caption class="visually-hidden">Accuracy in percent: ${withPublished ? 'published by the report, and ' : ''}measured here on ${dataset}</caption>
      <thead>
        <tr>
          <td colspan="2"></td>
          ${withPublished
            ? html`<th colspan="3" scope="colgroup" class="of-published">
                ${sourceTag('published')} <span class="source-note">ImageNet-pretrained, 224 px, 15-scene</span>
              </th>`
            : nothing}
          <th colspan="4" scope="colgroup" class="of-measured">
            ${sourceTag('measured')} <span class="source-note">on ${nameOrTerm(dataset)}, ${term('interval', '95 % intervals')}</span>
          </th>
        </tr>
        <tr>${columns.map((column) => sortHeading(column, sorting))}</tr>
      </thead>
      <tbody>
        ${ordered.map((row, i) => line(row, rowName(row, rows), ordered[i - 1]?.architecture === row.architecture, { withPublished, marked: single.marked }, { unmeasured: () => invitation(missing(row)[0]?.spec ?? { architecture: row.architecture, dataset }, known.length > 0, pending, further(row)), configuration: () => configuration(row, alike, different), further }))}
      </tbody>
    </table>`,
  )}
  ${single.note}
  ${sorted ? html`<p class="note" data-testid="table-sorted">This table is sorted, the chart is not. <button type="button" class="button button-small" @click=${() => sorting.order('')}>Back to the first order</button></p>` : nothing}
  ${termsNote([term('receptive-field'), different ? term('configuration') : term('seed', 'Seeds'), term('scrambled', SETS.scrambled)])}`;
}

/**
 * The columns, by each of which the table can be sorted: what is learnt from a training comes last for networks that
 * were not measured.
 *
 * @param {boolean} withPublished
 * @param {boolean} different whether rows differ in more than the seeds
 * @returns {{name: string, label: string, kind: string, largestFirst?: boolean, value: (row: Row) => string|number|undefined}[]}
 */
function columnsOf(withPublished, different) {
  const trained = (/** @type {Row} */ row) => [regimeWords(row), scaleWords(row)].join(', ');
  return [
    { name: 'network', label: 'Network', kind: '', value: ({ label }) => label },
    { name: 'receptiveField', label: TERMS['receptive-field'].title, kind: '', value: ({ receptiveField = Infinity }) => receptiveField },
    ...(withPublished ? NAMES.map((set) => ({ name: `published-${set}`, label: SETS[set], kind: 'of-published number', largestFirst: true, value: (/** @type {Row} */ row) => row.published[set] })) : []),
    different
      ? { name: 'configuration', label: TERMS.configuration.title, kind: 'of-measured', value: (row) => (row.runs.length > 0 ? trained(row) : undefined) }
      : { name: 'seeds', label: 'Seeds', kind: 'of-measured', largestFirst: true, value: ({ runs }) => runs.length || undefined },
    ...NAMES.map((set) => ({ name: set, label: SETS[set], kind: 'of-measured number', largestFirst: true, value: (/** @type {Row} */ row) => row[set]?.mean })),
  ];
}

/**
 * @param {Row} row
 *
 * @param {string} name
 * @param {boolean} repeated
 * @param {{withPublished: boolean, marked: boolean}} shown marked: whether numbers of a single run have a mark
 * @param {{unmeasured: () => unknown, configuration: () => unknown, further: (row: Row) => unknown}} cells unmeasured: shown in place of accuracies
 */
function line(row, name, repeated, { withPublished, marked }, { unmeasured, configuration, further }) {
  const known = row.runs.length > 0;
  const limit = linearBagLimit(row);
  return html`<tr data-architecture=${row.architecture} data-measured=${known} class=${repeated ? 'repeated' : ''}>
    <th scope="row">${name}</th>
    <td data-label="Receptive field">${fieldWord(row.receptiveField)}
      ${limit === undefined ? nothing : html`<span class="under of-limit">linear-bag limit ${percent(limit)}</span>`}
      ${row.readouts ? html`<span class="under of-limit">best readout ${percent(row.readouts.best)}</span>` : nothing}</td>
    ${withPublished
      ? NAMES.map(
          (set) => html`<td class="of-published number" data-label=${`${SETS[set]}, published`}>
            ${repeated ? html`<span class="again">${publishedValue(row.published[set], set)}</span>` : publishedValue(row.published[set], set)}</td>`,
        )
      : nothing}
    ${known
      ? html`<td class="of-measured configuration" data-label="Configuration">${configuration()} ${further(row)}</td>
          ${NAMES.map((set) => html`<td class="of-measured number" data-label=${`${SETS[set]}, measured`} data-set=${set}>${measured(row[set], marked)}${
            set === 'validation' && row.chosenAmong !== undefined ? html`<span class="under">best of ${plural(row.chosenAmong, 'epoch')}</span>` : nothing}</td>`)}`
      : html`<td class="of-measured unmeasured" colspan="4">${unmeasured()}</td>`}
  </tr>`;
}

/** @param {Row} row @param {string[]} common @param {boolean} different whether rows differ in more than the seeds */
function configuration(row, common, different) {
  return html`${trained(row, common)}
    ${convergenceNote(row.test)}
    <span class="under" data-part=${different ? 'seeds' : ''} data-value=${row.runs.length}>${plural(row.runs.length, 'seed')}:
      ${row.runs.map((id, i) => html`${i > 0 ? ', ' : ''}<a href=${runHref(id)}>#${id}</a>`)}</span>`;
}

/**
 * The state of the training of a network that was not measured, or a link to the form that trains it.
 *
 * @param {Record<string, unknown>} request what the form is filled with: the setting of the others, unless that starts
 *     from weights of its own for each network
 * @param {boolean} others whether other networks were measured
 * @param {import('../api/types.js').Job[]} pending
 * @param {unknown} further the button that trains it over several seeds
 */
function invitation(request, others, pending, further) {
  const { seed, ...fields } = /** @type {Record<string, string|number|undefined>} */ (request);
  const { architecture } = fields;
  const training = trainingWith(pending, { architecture });
  if (training) {
    return html`${stateChip(training.state)} <a href=${jobHref(training.id)}>job #${training.id}</a> ${further}`;
  }
  return html`<span class="absent">not measured</span> ${further}
    <a class="button button-small changes" href=${formHref(fields)} data-testid=${`measure-${architecture}`}>${others ? 'Other settings' : 'Measure it'}</a>`;
}
