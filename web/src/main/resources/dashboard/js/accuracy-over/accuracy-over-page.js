import { html, nothing } from 'lit-html';
import { choices } from '../app/choices.js';
import { loaded } from '../app/loaded.js';
import { runHref } from '../app/routes.js';
import { openPage } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { inlineSelect } from '../controls/field.js';
import { panel, title } from '../controls/heading.js';
import { empty } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { tableCopies } from '../controls/table-copies.js';
import { trainingParameters } from '../experiment/experiments.js';
import { commonNote } from '../results/in-common.js';
import { cautionNote, convergenceNote, intervalOf, measured, regimeTag, spreadWords } from '../results/measured.js';
import { oneRun } from '../results/one-run.js';
import { axisWords, compact } from '../results/output-words.js';
import { datasetSwitch } from '../results/setting-choice.js';
import { viewDownloads } from '../results/view-downloads.js';
import { fieldWord, rowName, scaleWords } from '../results/words.js';
import { nameOrTerm } from '../terms/term.js';
import { accuracyOverFigure, drawn, FIRST, place, valuesDiffer, valueWords } from './accuracy-over-chart.js';

/**
 * @typedef {import('../api/types.js').AccuracyOver} AccuracyOver
 * @typedef {import('../api/types.js').AccuracyCurve} Curve
 * @typedef {import('../experiment/experiments.js').Parameter} Parameter
 *
 * @typedef {object} Shown
 * @property {AccuracyOver} view
 * @property {Parameter[]} parameters the ordered ones
 * @property {Parameter} parameter
 */

/**
 * Test accuracy against a training parameter that the user chooses.
 *
 * @type {import('../app/view.js').OpenView}
 */
export function open(root, route, { api, live }) {
  const [chosen, choose] = choices(route.query, { parameter: '' }, () => found.restart());
  /**
   * The available choices, kept while another view is loading or after loading it has failed.
   *
   * @type {Pick<Shown, 'parameters'> & Pick<AccuracyOver, 'counts'>}
   */
  let choice = { parameters: [], counts: {} };
  let current = chosen.parameter;
  /** Presets that vary the parameter, loaded once the view turns out to have no curve. @type {string[]} */
  let presets = [];
  const page = openPage(root, 'Parameters', () => html`${title('What does a parameter of the training change?',
      'Networks whose trainings differ in one parameter and in nothing else, over seeds.')}
    ${parameterChoice()} ${found.template(content)}`);
  const found = loaded(page, {
    read,
    question: () => chosen.parameter,
    received({ view: { counts }, parameters, parameter }) {
      choice = { parameters, counts };
      current = parameter.name;
    },
    live,
    pause: 1000,
  });
  const dataset = datasetSwitch('over-dataset', route.query, page.draw);

  /** The view for the chosen parameter, or for the first one that has curves. @returns {Promise<AccuracyOver>} */
  async function view() {
    const first = await api.accuracyOver(chosen.parameter || FIRST);
    const other = Object.keys(first.counts).find((name) => first.counts[name] > 0);
    return chosen.parameter || !other || first.counts[FIRST] > 0 ? first : api.accuracyOver(other);
  }

  /** @returns {Promise<Shown>} */
  async function read() {
    const [{ experiments }, shown] = await Promise.all([api.experiments(), view()]);
    const parameters = trainingParameters(experiments).filter(({ name }) => name in shown.counts);
    const parameter = /** @type {Parameter} */ (parameters.find(({ name }) => name === shown.axis.name));
    if (shown.curves.length === 0) {
      presets = (await api.presets()).presets.filter(({ definition }) => parameter.name in (definition.grid ?? {})).map(({ name }) => name);
    }
    return { view: shown, parameters, parameter };
  }

  function parameterChoice() {
    const { parameters, counts } = choice;
    const options = parameters.map(({ name, title }) => /** @type {[string, string]} */ ([name, `${title}${counts[name] === 0 ? ' (no curves yet)' : ''}`]));
    return options.length === 0 ? nothing : html`<div class="filters">${inlineSelect('parameter', 'Parameter', options, chosen.parameter || current, (parameter) => choose({ parameter }))}</div>`;
  }

  /** @param {Parameter} parameter */
  const nothingYet = ({ title }) => empty({
    id: 'no-curves',
    title: `No finished trainings differ only in “${title}” yet`,
    text: `Trainings of a network that differ in “${title}” and in nothing else become a curve. Those that were stopped early, as pruned trials are, do not count.`,
    actions: presets.length > 0
      ? presets.map((name) => html`<a class="button" href=${`#/sweeps?new=${name}`}>Set up the sweep “${name}”</a> `)
      : html`<a class="button" href="#/sweeps?new=scratch">Set up a sweep with several values</a>`,
  });

  /** @param {Shown} shown */
  function content({ view, parameter }) {
    const on = dataset.of(view.datasets);
    if (!on) {
      return nothingYet(parameter);
    }
    const curves = view.curves.filter(({ settings }) => settings.dataset === on.dataset);
    const table = `accuracy-over-${parameter.name}-table`;
    const sparse = curves.some(({ points }) => points.some(({ sparseness }) => sparseness));
    return panel('accuracy-over', html`Test accuracy over ${view.axis.label.toLowerCase()} on ${nameOrTerm(on.dataset)}`, html`${shownFigure(accuracyOverFigure(parameter, view.axis, curves, on))}
      <p class="note">${parameter.description}</p>
      ${drawn(curves).length < curves.length ? html`<p class="note">The chart has ${drawn(curves).length} of ${curves.length} curves, the table all.</p>` : nothing}
      ${numbers(table, parameter, view.axis, curves, sparse)}
      ${sparse ? html`<p class="note">Sparseness is Hoyer’s, of each image’s logit map: 0 if all logits have the same magnitude, 1 if only one is not 0.</p>` : nothing}
      ${cautionNote(curves.flatMap(({ points }) => points.map(({ test }) => test)))}
      ${tableCopies(table)} ${viewDownloads(api, `accuracy-over-${parameter.name}`, { dataset: on.dataset }, found.failed)}`, { testId: 'accuracy-over', beside: html`<div class="filters">${dataset.template(view.datasets)}</div>` });
  }

  return page;
}

/**
 * @param {string} id of the table
 * @param {Parameter} parameter
 * @param {import('../api/types.js').Axis} axis
 * @param {Curve[]} curves
 * @param {boolean} sparse whether sparseness was measured
 */
function numbers(id, parameter, axis, curves, sparse) {
  const differ = valuesDiffer(curves);
  /** Whether a network's receptive field depends on the parameter, as it may on the image size. @param {Curve} curve */
  const fieldDiffers = ({ points }) => new Set(points.map(({ receptiveField }) => receptiveField)).size > 1;
  const single = oneRun(curves.flatMap(({ points }) => points.map(({ test }) => [test])));
  return html`${commonNote(single.common)} ${scroll(`Test accuracy over ${axis.label.toLowerCase()}`, html`<table class="table table-plain" data-testid=${id}>
  <thead><tr><th scope="col">Network and field</th><th scope="col">Configuration</th><th scope="col" class="number">${axisWords(axis)}</th>
    ${differ ? html`<th scope="col" class="number">${parameter.title}</th>` : nothing}
    <th scope="col" class="number">Test</th>${sparse ? html`<th scope="col" class="number">Sparseness</th>` : nothing}<th scope="col">Runs</th></tr></thead>
  <tbody>${curves.flatMap((curve) =>
    curve.points.map(
      (point, i) => html`<tr data-at=${point.at} data-architecture=${curve.architecture}>
        ${i === 0
          ? html`<th scope="row" rowspan=${curve.points.length}>${rowName(curve, curves)}${fieldDiffers(curve) ? nothing : html`<span class="under">${fieldWord(curve.receptiveField)}</span>`}</th>
              <td rowspan=${curve.points.length}>${regimeTag(curve)} <span class="scale-words">${scaleWords(curve)}</span></td>`
          : nothing}
        <td class="number">${place(point)}${fieldDiffers(curve) ? html`<span class="under">${fieldWord(point.receptiveField)}</span>` : nothing}</td>
        ${differ ? html`<td class="number">${valueWords(parameter, point)}</td>` : nothing}
        <td class="number">${measured(point.test, single.marked)}${convergenceNote(point.test)}</td>
        ${sparse ? html`<td class="number">${sparsenessOf(point)}</td>` : nothing}
        <td>${point.runs.map((run, j) => html`${j > 0 ? ', ' : ''}<a href=${runHref(run)}>#${run}</a>`)}</td></tr>`,
    ),
  )}</tbody></table>`)} ${single.note}`;
}

/** @param {Curve['points'][number]} point */
const sparsenessOf = ({ sparseness }) => sparseness
  ? html`<span class="value measured" title=${spreadWords(sparseness, compact)}><span class="mean">${compact(sparseness.mean)}</span>
      ${intervalOf(sparseness) ? html`<span class="range">${spreadWords(sparseness, compact, true)}</span>` : nothing}</span>`
  : html`<span class="absent">not measured</span>`;
