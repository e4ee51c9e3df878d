import { html, svg } from 'lit-html';
import { plural } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { scroll } from '../controls/scroll.js';
import { axisOf } from './parallel-axis.js';
import { runName, valueOf, wordsOf } from './run-columns.js';

/**
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 */

/** With fewer varied parameters, a plot of one of them against the metric shows the same information. */
const FEWEST = 3;

/** Columns other than parameters that a sweep may vary. */
const VARIED = ['network', 'weights'];

/** The number of steps of the colour scale in the style sheet. */
const STEPS = 8;

const WIDTH = 960;
const HEIGHT = 316;
const TOP = 56;
const HIGH = 220;
const SIDE = 110;

/**
 * The varied columns of a list, or none if they are too few for parallel coordinates.
 *
 * @param {Pick<import('../api/types.js').RunPage, 'columns'|'varying'>} page
 * @returns {RunColumn[]}
 */
export function variedColumns({ columns, varying }) {
  const varied = columns.filter(({ name, parameter }) => varying.includes(name) && (parameter || VARIED.includes(name)));
  return varied.length < FEWEST ? [] : varied;
}

/**
 * Parallel coordinates: an axis for each varied parameter and one for the metric, a line for each run. Runs on
 * different data sets are in separate charts, as their accuracies are not comparable.
 *
 * @param {ListedRun[]} all
 * @param {RunColumn[]} varied
 * @param {RunColumn} metric
 */
export function parallelCharts(all, varied, metric) {
  const runs = all.filter((run) => valueOf(run, metric) !== undefined);
  const datasets = [...new Set(runs.map(({ dataset = '' }) => dataset))].sort();
  return datasets.map((dataset) => {
    const shown = runs.filter((run) => (run.dataset ?? '') === dataset);
    return html`${datasets.length > 1 ? html`<h3>${dataset || 'unknown data set'}</h3>` : ''}${chart(shown, varied, metric)}`;
  });
}

/** @param {ListedRun[]} runs @param {RunColumn[]} varied @param {RunColumn} metric */
function chart(runs, varied, metric) {
  const axes = [...varied, metric].map((column) => axisOf(runs, column));
  const last = axes[axes.length - 1];
  const across = (/** @type {number} */ i) => SIDE + (i * (WIDTH - 2 * SIDE)) / (axes.length - 1);
  const up = (/** @type {number} */ place) => TOP + HIGH * (1 - place);
  const step = (/** @type {ListedRun} */ run) => Math.min(STEPS - 1, Math.floor(last.place(run) * STEPS));
  // Runs with the highest values are drawn last, on top of the others, and get keyboard focus first.
  const sorted = [...runs].sort((a, b) => last.place(a) - last.place(b));
  const [low, high] = [sorted[0], sorted[sorted.length - 1]].map((run) => wordsOf(metric, valueOf(run, metric)));

  /** @param {ListedRun} run @param {number} i */
  function line(run, i) {
    const path = axes.map((axis, n) => `${n === 0 ? 'M' : 'L'}${across(n).toFixed(1)} ${up(axis.place(run)).toFixed(1)}`).join('');
    // The run's name already contains the network.
    const values = axes
      .filter(({ column }) => column.name !== 'network')
      .map(({ column }) => `${column.label} ${wordsOf(column, valueOf(run, column))}`);
    const words = `${runName(run)}: ${values.join(', ')}`;
    return svg`<a class=${`parallel-run parallel-step-${step(run)}`} href=${runHref(run.id)} data-run=${run.id}
        tabindex=${i === sorted.length - 1 ? 0 : -1} aria-label=${words}>
      <path class="parallel-hit" d=${path}></path><path class="parallel-line" d=${path}></path>
      <text class="parallel-name" x=${WIDTH / 2} y="14" text-anchor="middle">${words}</text></a>`;
  }

  /** @param {import('./parallel-axis.js').Axis} axis @param {number} i */
  function drawn({ column, ticks }, i) {
    const x = across(i);
    // The last axis has its labels on the outside, where there are no lines.
    const outer = i === axes.length - 1;
    return svg`<g class="parallel-axis" aria-hidden="true"><path d=${`M${x} ${up(0)}V${up(1)}`}></path>
      <text class="parallel-label" x=${x} y=${TOP - 16} text-anchor="middle">${column.label}${column.unit ? ` (${column.unit})` : ''}</text>
      ${ticks.map(({ at, words }) => svg`<text x=${outer ? x + 8 : x - 8} y=${up(at) + 4} text-anchor=${outer ? 'start' : 'end'}>${words}</text>`)}</g>`;
  }

  const steps = Array.from({ length: STEPS }, (_, i) => svg`<rect class=${`parallel-step-${i}`} x=${i * 12} width="12" height="10"></rect>`);
  const names = axes.map(({ column }) => column.label).join(', ');
  return html`<p class="parallel-legend"><span>${metric.label}</span> <span>${low}</span>
      <svg viewBox="0 0 ${STEPS * 12} 10" aria-hidden="true">${steps}</svg>
      <span>${high}</span></p>
    ${scroll(
      'Parallel coordinates',
      html`<svg class="parallel" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" data-testid="parallel"
          aria-label=${`Parallel coordinates of ${plural(runs.length, 'run')}: ${names}. Arrow keys lead from run to run.`}
          @keydown=${walk}>
        ${sorted.map(line)}
        ${axes.map(drawn)}
      </svg>`,
    )}
    <p class="note">${plural(runs.length, 'run')}, a line each, in the colour of its value of ${metric.label.toLowerCase()}. Each axis
      goes from the lowest value to the highest; the table below has the same numbers.</p>`;
}

/** Moves from a run to the next lower or higher one with arrow keys. @param {KeyboardEvent} event */
function walk(event) {
  const steps = { ArrowDown: -1, ArrowRight: -1, ArrowUp: 1, ArrowLeft: 1 }[event.key];
  const chart = /** @type {Element} */ (event.currentTarget);
  if (steps !== undefined) {
    const runs = /** @type {SVGAElement[]} */ ([...chart.querySelectorAll('.parallel-run')]);
    const at = runs.findIndex((run) => run === document.activeElement);
    runs[(at + steps + runs.length) % runs.length]?.focus();
    event.preventDefault();
  }
}
