import { html, nothing } from 'lit-html';
import { replaceQuery, runHref } from '../app/routes.js';
import { loader } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { heading } from '../controls/heading.js';
import { empty, failure, loading } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { segments } from '../controls/segments.js';
import { tableCopies } from '../controls/table-copies.js';
import { cautionNote, convergenceNote, intervalOf, measured, regimeTag, spreadWords } from '../results/measured.js';
import { compact } from '../results/output-words.js';
import { viewDownloads } from '../results/view-downloads.js';
import { fieldWord, rowName, scaleWords } from '../results/words.js';
import { accuracyCurvesFigure, drawn } from './accuracy-curves-chart.js';
import { VARIED } from './varied.js';

/**
 * @typedef {import('../api/types.js').AccuracyCurves} AccuracyCurves
 * @typedef {import('../api/types.js').AccuracyCurve} Curve
 * @typedef {keyof typeof VARIED} Setting
 */

/** The setting that is shown first. */
const FIRST = 'trainImages';

/**
 * Test accuracy over a setting of trainings, in a chart and in numbers. The page's address remembers which.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {URLSearchParams} query of the page
 * @param {() => void} draw the page
 */
export function accuracyCurvesPanel(api, query, draw) {
  const asked = query.get('over') ?? '';
  /** @type {Setting} */
  let setting = asked in VARIED ? /** @type {Setting} */ (asked) : FIRST;
  /** What was read, and over which setting. @type {{over: import('./varied.js').Varied, view: AccuracyCurves}|undefined} */
  let data;
  /** @type {unknown} */
  let error;
  let dataset = '';
  let troubled = false;
  const load = loader(
    async () => {
      const over = VARIED[setting];
      return { over, view: await api.accuracyCurves(over.view, { dataset, troubled }) };
    },
    (outcome) => {
      error = outcome.error;
      data = outcome.data ?? data;
      draw();
    },
    () => `${setting} ${dataset} ${troubled}`,
  );

  /** @param {Setting} name */
  function choose(name) {
    setting = name;
    replaceQuery({ over: name === FIRST ? undefined : name });
    load();
  }

  /** @param {unknown} problem */
  function failed(problem) {
    error = problem;
    draw();
  }

  /** @param {import('./varied.js').Varied} over @param {AccuracyCurves} view */
  function content(over, { datasets, curves }) {
    if (curves.length === 0) {
      return empty({
        id: `no-${over.view}`,
        title: over.none,
        text: over.how,
        actions: html`<a class="button" href=${`#/sweeps?new=${over.preset}`}>Set up the sweep “${over.preset}”</a>`,
      });
    }
    return html`${shownFigure(accuracyCurvesFigure(over, curves, datasets[0]))}
      <p class="note">${over.note}</p>
      ${drawn(curves).length < curves.length ? html`<p class="note">The chart has ${drawn(curves).length} of ${curves.length} curves, the table all.</p>` : nothing}
      ${numbers(over, curves)} ${cautionNote(curves.flatMap(({ points }) => points.map(({ test }) => test)))} ${tableCopies(`${over.view}-table`)} ${viewDownloads(api, over.view, { dataset, troubled }, failed)}`;
  }

  const choice = () => segments({
    id: 'over',
    legend: 'Setting of the trainings',
    options: Object.entries(VARIED).map(([name, { label }]) => [/** @type {Setting} */ (name), label]),
    chosen: setting,
    choose,
  });

  return {
    /** Reads the curves on a data set, which the page chooses, again. @param {string} name @param {boolean} [failed] whether trainings that learnt nothing count as results */
    show(name, failed = false) {
      dataset = name;
      troubled = failed;
      load();
    },
    template: () => html`<section class="panel" aria-labelledby="accuracy-curves-title" data-testid="accuracy-curves">
      <div class="panel-head">${heading('accuracy-curves', 'Accuracy over a setting of the training')}<div class="filters">${choice()}</div></div>
      ${error ? failure(error, load) : nothing} ${data ? content(data.over, data.view) : error ? nothing : loading()}
    </section>`,
  };
}

/** @param {import('./varied.js').Varied} over @param {Curve[]} curves */
function numbers(over, curves) {
  const sparse = curves.some(({ points }) => points.some(({ sparseness }) => sparseness));
  return scroll(`Test accuracy over ${over.label.toLowerCase()}`, html`<table class="table table-plain" data-testid=${`${over.view}-table`}>
  <thead><tr><th scope="col">Network and field</th><th scope="col">Configuration</th>${over.columns.map(([heading]) => html`<th scope="col" class="number">${heading}</th>`)}
    <th scope="col" class="number">Test</th>${sparse ? html`<th scope="col" class="number">Sparseness</th>` : nothing}<th scope="col">Runs</th></tr></thead>
  <tbody>${curves.flatMap((curve) =>
    curve.points.map(
      (point, i) => html`<tr data-at=${point.at} data-architecture=${curve.architecture}>
        ${i === 0
          ? html`<th scope="row" rowspan=${curve.points.length}>${rowName(curve, curves)}<span class="under">${fieldWord(curve.receptiveField)}</span></th>
              <td rowspan=${curve.points.length}>${regimeTag(curve)} <span class="scale-words">${scaleWords(curve)}</span></td>`
          : nothing}
        ${over.columns.map(([, value]) => html`<td class="number">${value(point)}</td>`)}
        <td class="number">${measured(point.test)}${convergenceNote(point.test)}</td>
        ${sparse ? html`<td class="number">${sparsenessOf(point)}</td>` : nothing}
        <td>${point.runs.map((id, j) => html`${j > 0 ? ', ' : ''}<a href=${runHref(id)}>#${id}</a>`)}</td></tr>`,
    ),
  )}</tbody></table>`);
}

/** @param {import('./varied.js').Point} point */
const sparsenessOf = ({ sparseness }) => sparseness
  ? html`<span class="value measured" title=${spreadWords(sparseness, compact)}><span class="mean">${compact(sparseness.mean)}</span>
      ${intervalOf(sparseness) ? html`<span class="range">${spreadWords(sparseness, compact, true)}</span>` : nothing}</span>`
  : html`<span class="absent">not measured</span>`;
