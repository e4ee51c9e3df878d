import { html, nothing } from 'lit-html';
import { count, plural } from '../app/format.js';
import { jobHref } from '../app/routes.js';
import { loader } from '../app/view.js';
import { shownFigure } from '../charts/figure.js';
import { empty, failure, loading } from '../controls/notices.js';
import { scroll } from '../controls/scroll.js';
import { convergenceNote, measured, regimeTag } from '../results/measured.js';
import { viewDownloads } from '../results/view-downloads.js';
import { fieldWord, rowName, scaleWords } from '../results/words.js';
import { drawn, learningCurvesFigure } from './learning-curves-chart.js';

/**
 * @typedef {import('../api/types.js').LearningCurves} LearningCurves
 * @typedef {import('../api/types.js').LearningCurve} Curve
 */

/**
 * Test accuracy over the number of training images, in a chart and in numbers.
 *
 * @param {typeof import('../api/client.js').api} api
 * @param {() => void} draw the page
 */
export function learningCurvesPanel(api, draw) {
  /** @type {LearningCurves|undefined} */
  let data;
  /** @type {unknown} */
  let error;
  let dataset = '';
  const load = loader(
    () => api.learningCurves({ dataset }),
    (outcome) => {
      error = outcome.error;
      data = outcome.data ?? data;
      draw();
    },
    () => dataset,
  );

  /** @param {unknown} problem */
  function failed(problem) {
    error = problem;
    draw();
  }

  /** @param {LearningCurves} view */
  function content({ datasets, curves }) {
    if (curves.length === 0) {
      return empty({
        id: 'no-learning-curves',
        title: 'No network has been trained on training sets of different sizes yet',
        text: 'Trainings that differ in “Training images a class” and in nothing else become a curve.',
        actions: html`<a class="button" href="#/sweeps?new=learning-curve">Set up the sweep “learning-curve”</a>`,
      });
    }
    return html`${shownFigure(learningCurvesFigure(curves, datasets[0]))}
      <p class="note">A smaller set is a part of a larger one, and validation and test images are the same for all. All points of a network have
        equally many epochs, so fewer images mean fewer steps, too.</p>
      ${drawn(curves).length < curves.length ? html`<p class="note">The chart has ${drawn(curves).length} of ${curves.length} curves, the table all.</p>` : nothing}
      ${numbers(curves)} ${viewDownloads(api, 'learning-curves', { dataset }, failed)}`;
  }

  return {
    /** Reads the curves on a data set, which the page chooses, again. @param {string} name */
    show(name) {
      dataset = name;
      load();
    },
    template: () => html`<section class="panel" aria-labelledby="learning-curves-title" data-testid="learning-curves">
      <div class="panel-head"><h2 id="learning-curves-title">Learning curves: accuracy over training images</h2></div>
      ${error ? failure(error, load) : nothing} ${data ? content(data) : error ? nothing : loading()}
    </section>`,
  };
}

/** @param {Curve[]} curves */
const numbers = (curves) => scroll('Test accuracy by the number of training images', html`<table class="table table-plain" data-testid="learning-curves-table">
  <thead><tr><th scope="col">Network and field</th><th scope="col">Configuration</th><th scope="col" class="number">Images</th><th scope="col" class="number">A class</th>
    <th scope="col" class="number">Test</th><th scope="col">Runs</th></tr></thead>
  <tbody>${curves.flatMap((curve) =>
    curve.points.map(
      ({ images, limit, test, runs }, i) => html`<tr data-images=${images} data-architecture=${curve.architecture}>
        ${i === 0
          ? html`<th scope="row" rowspan=${curve.points.length}>${rowName(curve, curves)}<span class="under">${fieldWord(curve.receptiveField)}</span></th>
              <td rowspan=${curve.points.length}>${regimeTag(curve)} <span class="scale-words">${scaleWords(curve)}, ${plural(curve.epochs, 'epoch')}</span></td>`
          : nothing}
        <td class="number">${count(images)}</td><td class="number">${limit === undefined ? 'all' : count(limit)}</td>
        <td class="number">${measured(test)}${convergenceNote(test)}</td>
        <td>${runs.map((id, j) => html`${j > 0 ? ', ' : ''}<a href=${jobHref(id)}>#${id}</a>`)}</td></tr>`,
    ),
  )}</tbody></table>`);
