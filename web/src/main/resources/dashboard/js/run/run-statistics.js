import { html, nothing } from 'lit-html';
import { count } from '../app/format.js';
import { shownFigure } from '../charts/figure.js';
import { panel } from '../controls/heading.js';
import { scroll } from '../controls/scroll.js';
import { subjectOf } from '../results/caption.js';
import { commonNote, shared } from '../results/in-common.js';
import { SETS } from '../results/words.js';
import { heatTable } from './heat-table.js';
import { reliabilityFigure } from './reliability.js';
import { writer } from '../results/output-words.js';
import { curve } from './run-outputs.js';

/**
 * @typedef {import('../api/types.js').Experiment} Experiment
 * @typedef {import('../api/types.js').Output} Output
 * @typedef {import('../api/types.js').Run} Run
 * @typedef {import('../api/types.js').SetName} SetName
 * @typedef {import('../api/types.js').Statistic} Statistic
 * @typedef {import('../api/types.js').StatisticValue} StatisticValue
 */

/** Statistics that have their own panel. */
const SHOWN_ELSEWHERE = ['classes'];

/** The curve that has its own figure. */
const RELIABILITY = 'reliability';

/**
 * Statistics computed from a run's stored predictions, rendered as the descriptions of the outputs specify.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw
 */
export function runStatistics(api, draw) {
  /** @type {{statistic: Experiment, report: Statistic|undefined}[]} */
  let reports = [];

  return {
    /** Recomputes all statistics. @param {number} run @param {Experiment[]} experiments */
    async load(run, experiments) {
      reports = await Promise.all(
        experiments
          .filter(({ name, subject }) => subject.kind === 'predictions' && !SHOWN_ELSEWHERE.includes(name))
          // Old runs may lack stored predictions; that is not an error.
          .map(async (statistic) => ({ statistic, report: await api.statistic(run, statistic.name).catch(() => undefined) })),
      );
      draw();
    },

    /** @param {Run} run @param {Record<string, string>} [words] names of the sets of images */
    template: (run, words = SETS) => reports.map(({ statistic, report }) => (report ? statisticPanel(statistic, report, run, words) : nothing)),
  };
}

/** @param {Experiment} statistic @param {Statistic} report @param {Run} run @param {Record<string, string>} words */
function statisticPanel({ name, label, summary, outputs }, report, run, words) {
  const found = report.results.length > 0 || report.matrices.length > 0;
  return panel(name, label, html`<p class="note">${summary}</p>
    ${found
      ? html`${numbers(outputs, report, words)}
          ${outputs.filter(({ kind }) => kind === 'curve').map((output) => line(output, report, run, words))}
          ${outputs.filter(({ kind }) => kind === 'matrix').map((output) => matrices(output, report, words))}`
      : html`<p class="note" data-testid=${`statistic-${name}-missing`}>Not available: this run did not store the predictions that this is computed from.</p>`}`, { testId: `statistic-${name}` });
}

/** The sets for which an output has values, the test images first. @param {StatisticValue[]} rows */
const setsOf = (rows) => /** @type {SetName[]} */ (['test', 'scrambled', 'validation']).filter((set) => rows.some((row) => row.set === set));

/** A row for each set, a column for each number. @param {Output[]} outputs @param {Statistic} report @param {Record<string, string>} words */
function numbers(outputs, { statistic, results }, words) {
  const columns = outputs.filter(({ kind, axes }) => kind === 'scalar' && axes.length === 0);
  const rows = results.filter(({ output }) => columns.some(({ name }) => name === output));
  if (rows.length === 0) {
    return nothing;
  }
  const sets = setsOf(rows).map((set) => ({ set, ofSet: rows.filter((row) => row.set === set) }));
  const images = shared(sets, ({ ofSet }) => count(ofSet[0].images));
  return html`${commonNote(images === undefined ? [] : [`${images} images`], `in-common-${statistic}`)} ${scroll(
    'Numbers by set of images',
    html`<table class="table table-plain">
      <thead><tr><th scope="col">Set</th>${columns.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}${images === undefined ? html`<th scope="col" class="number">Number of images</th>` : nothing}</tr></thead>
      <tbody>${sets.map(({ set, ofSet }) => html`<tr data-set=${set}><th scope="row">${words[set]}</th>
        ${columns.map((output) => {
          const value = ofSet.find((row) => row.output === output.name)?.value;
          return html`<td class="number" data-output=${output.name} data-value=${value ?? nothing}>${value === undefined ? '–' : html`<span class="value measured">${writer(output)(value)}</span>`}</td>`;
        })}
        ${images === undefined ? html`<td class="number">${count(ofSet[0].images)}</td>` : nothing}</tr>`)}</tbody></table>`,
  )}`;
}

/** @param {Output} output @param {Statistic} report @param {Run} run @param {Record<string, string>} words */
function line(output, { statistic, results }, run, words) {
  const rows = results.filter((row) => row.output === output.name);
  if (rows.length === 0) {
    return nothing;
  }
  if (output.name !== RELIABILITY) {
    return curve({ output, experiment: statistic, artifacts: [], rows: rows.map((row) => ({ ...row, experiment: statistic, job: run.id })) }, run);
  }
  const sets = setsOf(rows).map((set) => ({
    label: words[set],
    bins: rows.filter((row) => row.set === set).map(({ axes, value, images }) => ({ confidence: Number(axes.confidence), accuracy: value, images })),
  }));
  return shownFigure(reliabilityFigure(sets, subjectOf(run)));
}

/** @param {Output} output @param {Statistic} report @param {Record<string, string>} words */
const matrices = ({ name, label, axes }, report, words) =>
  report.matrices
    .filter((matrix) => matrix.output === name)
    .map((matrix) => html`<h3>${label} <span class="faint">${words[matrix.set]}</span></h3>
      ${heatTable({ ...matrix, label: `${label}, ${words[matrix.set]}`, rowAxis: axes[0].label, columnAxis: axes[1].label, write: count })}`);
