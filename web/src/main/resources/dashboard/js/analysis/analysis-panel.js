import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { heading } from '../controls/heading.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { sentenceList } from '../results/conclusions.js';
import { commonNote, split } from '../results/in-common.js';
import { cautionNote, intervalOf, overOf, spreadWords } from '../results/measured.js';
import { axisWords, setWord, writer } from '../results/output-words.js';
import { viewDownloads } from '../results/view-downloads.js';
import { fieldWord, regimeWords, rowName, scaleWords } from '../results/words.js';
import { term } from '../terms/term.js';
import { analysisFigure, networksOf } from './analysis-figure.js';

/** @typedef {import('../api/types.js').AnalysedNetwork} Row */

const ROWS_AT_ONCE = 24;

/**
 * An experiment's output for several networks: its figure and its numbers.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {import('../api/types.js').Experiment} experiment
 * @param {import('../api/types.js').AnalysedOutput} found
 * @param {string} dataset
 * @param {(error: unknown) => void} failed
 */
export const analysisPanel = (api, experiment, found, dataset, failed) => {
  const { output } = found;
  const figure = analysisFigure(experiment, found);
  return html`<section class="panel" aria-labelledby=${`analysis-${output.name}-title`} data-output=${output.name}>
    <div class="panel-head">${heading(`analysis-${output.name}`, output.label)}</div>
    ${output.reading ? html`<p class="note" data-testid=${`reading-${output.name}`}>${output.reading}</p>` : nothing}
    ${sentenceList(found.conclusions, `conclusions-${output.name}`)}
    ${figure ? shownFigure(figure) : nothing}
    ${numbers(found)} ${cautionNote(found.rows.map(({ value }) => value))} ${tableCopies(`numbers-${output.name}`)}
    ${viewDownloads(api, `${experiment.name}-${output.name}`, { dataset }, failed)}
  </section>`;
};

/** @param {import('../api/types.js').AnalysedOutput} found */
function numbers({ output, parameters, rows }) {
  const write = writer(output);
  const axes = [...output.axes, ...parameters].filter(({ name }) => rows.some(({ at }) => at[name] !== undefined));
  const heads = networksOf(rows).map(([first]) => first);
  /** @param {Row} row */
  const nameOf = (row) => rowName(/** @type {Row} */ (heads.find(({ configuration }) => configuration === row.configuration)), heads);
  /** What the letter of a network's configuration stands for. @param {Row} row */
  const configurationOf = (row) =>
    heads.filter(({ architecture }) => architecture === row.architecture).length > 1 ? html`<span class="under">${regimeWords(row)}, ${scaleWords(row)}</span>` : nothing;
  const { shown, common } = split(rows, [
    { label: 'Receptive field', head: term('receptive-field'), words: (/** @type {Row} */ row) => fieldWord(row.receptiveField) },
    { label: 'Set', words: (/** @type {Row} */ row) => setWord(row.set) },
    ...axes.map((axis) => ({ label: axisWords(axis), words: (/** @type {Row} */ row) => String(row.at[axis.name] ?? '–') })),
    { label: 'Seeds', head: term('seed', 'Seeds'), number: true, words: (/** @type {Row} */ row) => count(row.value.n) },
  ]);
  const places = shown.filter(({ number }) => !number);
  const seeds = shown.filter(({ number }) => number);
  return html`${commonNote(common, `in-common-${output.name}`)} ${scroll(`Numbers: ${output.label}`, html`<table class="table table-plain" data-testid=${`numbers-${output.name}`}>
    <thead><tr><th scope="col">Network</th>${places.map(({ label, head = label }) => html`<th scope="col">${head}</th>`)}<th scope="col" class="number">Value</th>
      ${seeds.map(({ label, head = label }) => html`<th scope="col" class="number">${head}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr data-architecture=${row.architecture}>
      <th scope="row">${nameOf(row)}${configurationOf(row)}</th>${places.map(({ words }) => html`<td>${words(row)}</td>`)}
      <td class="number"><span class="value measured" title=${spreadWords(row.value, write)} data-mean=${write(row.value.mean)} data-low=${row.value.low === undefined ? nothing : write(row.value.low)}
          data-high=${row.value.high === undefined ? nothing : write(row.value.high)} data-seeds=${row.value.n} data-over=${overOf(row.value) ?? nothing}><span class="mean">${write(row.value.mean)}</span>
        ${row.value.n > 1 || intervalOf(row.value) ? html`<span class="range">${spreadWords(row.value, write, true)}</span>` : nothing}</span></td>
      ${seeds.map(({ words }) => html`<td class="number">${words(row)}</td>`)}</tr>`)}</tbody></table>`, rows.length > ROWS_AT_ONCE)}`;
}
