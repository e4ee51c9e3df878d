import { html, nothing, svg } from 'lit-html';
import { plural } from '../app/format.js';
import { runHref } from '../app/routes.js';
import { saving } from '../charts/saving.js';
import { scroll } from '../controls/scroll.js';
import { axisOf, axisTitle } from './parallel-axis.js';
import { axisPlaces, leastWidth } from './parallel-places.js';
import { STEPS, parallelFigure } from './parallel-figure.js';
import { runName, valueOf, wordsOf } from './run-columns.js';

/**
 * @typedef {import('./run-columns.js').ListedRun} ListedRun
 * @typedef {import('./run-columns.js').RunColumn} RunColumn
 */

const WIDTH = 960;
const HEIGHT = 316;
const TOP = 56;
const HIGH = 220;

/** A key moves an end of a brush by this part of its axis. */
const BRUSH_STEP = 0.1;

/** With less than this part of an axis, a brush is a click, which removes it. */
const SLIP = 0.02;

/**
 * What is brushed: the part of an axis that lines must pass through to stay, by column.
 *
 * @typedef {[low: number, high: number]} Part in [0, 1] of an axis
 * @typedef {{parts: Map<string, Part>, set: (column: string, part: Part|undefined) => void, clear: () => void}} Brush
 */

/**
 * Parallel coordinates: an axis for each varied parameter and one for the metric, a line for each run that has a value
 * of the metric. All are on one data set, as accuracies on others are not comparable. Dragging along an axis keeps the
 * runs that pass through there.
 *
 * @param {(ListedRun & {outcome?: string})[]} all
 * @param {RunColumn[]} varied
 * @param {RunColumn} metric
 * @param {Brush} brush
 * @param {string} where whose runs these are
 */
export function parallelChart(all, varied, metric, brush, where) {
  const runs = all.filter((run) => valueOf(run, metric) !== undefined);
  const axes = [...varied, metric].map((column) => axisOf(runs, column));
  const kept = (/** @type {ListedRun} */ run) => axes.every((axis) => {
    const part = brush.parts.get(axis.column.name);
    return !part || (axis.place(run) >= part[0] - 1e-9 && axis.place(run) <= part[1] + 1e-9);
  });
  const keptRuns = runs.filter(kept);
  const last = axes[axes.length - 1];
  const up = (/** @type {number} */ place) => TOP + HIGH * (1 - place);
  const step = (/** @type {ListedRun} */ run) => Math.min(STEPS - 1, Math.floor(last.place(run) * STEPS));
  // Runs with the highest values are drawn last, on top of the others, and get keyboard focus first.
  const sorted = [...runs].sort((a, b) => last.place(a) - last.place(b));
  const [low, high] = [sorted[0], sorted[sorted.length - 1]].map((run) => wordsOf(metric, valueOf(run, metric)));

  /** @param {number[]} across @param {number} width @returns {(run: ListedRun & {outcome?: string}, i: number) => unknown} */
  const lineOf = (across, width) => (run, i) => {
    const path = axes.map((axis, n) => `${n === 0 ? 'M' : 'L'}${across[n].toFixed(1)} ${up(axis.place(run)).toFixed(1)}`).join('');
    // The run's name already contains the network.
    const values = axes
      .filter(({ column }) => column.name !== 'network')
      .map(({ column }) => `${column.label} ${wordsOf(column, valueOf(run, column))}`);
    const words = `${runName(run)}: ${values.join(', ')}`;
    return svg`<a class=${`parallel-run parallel-step-${step(run)} ${kept(run) ? '' : 'parallel-off'}`} data-outcome=${run.outcome ?? nothing} href=${runHref(run.id)} data-run=${run.id} data-step=${step(run)}
        tabindex=${i === sorted.length - 1 ? 0 : -1} aria-label=${words}>
      <path class="parallel-hit" d=${path}></path><path class="parallel-line" d=${path}></path>
      <text class="parallel-name" x=${width / 2} y="14" text-anchor="middle">${words}</text></a>`;
  };

  /** @param {number[]} across @returns {(axis: import('./parallel-axis.js').Axis, i: number) => unknown} */
  const axisAt = (across) => ({ column, ticks }, i) => {
    const x = across[i];
    // The last axis has its labels on the outside, where there are no lines.
    const outer = i === axes.length - 1;
    return svg`<g class="parallel-axis" aria-hidden="true"><path d=${`M${x} ${up(0)}V${up(1)}`}></path>
      <text class="parallel-label" x=${x} y=${TOP - 16} text-anchor="middle">${axisTitle(column)}</text>
      ${ticks.map(({ at, words }) => svg`<text x=${outer ? x + 8 : x - 8} y=${up(at) + 4} text-anchor=${outer ? 'start' : 'end'}>${words}</text>`)}</g>`;
  };

  /** The area of an axis along which runs are brushed. @param {number[]} across @returns {(axis: import('./parallel-axis.js').Axis, i: number) => unknown} */
  const brushAt = (across) => ({ column, ticks }, i) => {
    const [low, high] = brush.parts.get(column.name) ?? [0, 1];
    const near = (/** @type {number} */ place) => ticks.reduce((best, tick) => (Math.abs(tick.at - place) < Math.abs(best.at - place) ? tick : best), ticks[0])?.words ?? '';
    return svg`<rect class="parallel-brush" data-axis=${column.name} data-brushed=${brush.parts.has(column.name)} x=${across[i] - 9} y=${up(high) - 4} width="18" height=${HIGH * (high - low) + 8} rx="3" aria-hidden="true"></rect>
      <rect class="parallel-brush-area" data-testid=${`brush-${column.name}`} x=${across[i] - 14} y=${TOP - 8} width="28" height=${HIGH + 16} role="slider" tabindex="0" aria-orientation="vertical"
        aria-label=${`Keep runs by ${column.label}`} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(low * 100)}
        aria-valuetext=${brush.parts.has(column.name) ? `from about ${near(low)} to ${near(high)}` : 'all'}
        @pointerdown=${(/** @type {PointerEvent} */ event) => drag(event, column.name, brush)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => press(event, column.name, brush)}></rect>`;
  };

  /** @param {number} width */
  const plot = (width) => {
    const across = axisPlaces(axes, width);
    return html`<svg class="parallel" width=${width} viewBox="0 0 ${width} ${HEIGHT}" role="group" data-testid="parallel"
          aria-label=${`Parallel coordinates of ${plural(runs.length, 'run')}: ${names.join(', ')}. Arrow keys lead from run to run.`}
          @keydown=${walk}>
        ${sorted.map(lineOf(across, width))}
        ${axes.map(axisAt(across))}
        ${axes.map(brushAt(across))}
      </svg>`;
  };

  const steps = Array.from({ length: STEPS }, (_, i) => svg`<rect class=${`parallel-step-${i}`} x=${i * 12} width="12" height="10"></rect>`);
  const names = axes.map(({ column }) => column.label);
  const caption = `${plural(runs.length, 'run')}: one line per run, coloured by ${metric.label.toLowerCase()}. Each axis goes from the lowest value to the highest. Dashed: pruned or stopped; dotted: went wrong.`;
  const keptWords = brush.parts.size > 0 ? [`Faint: all but the ${keptRuns.length} that are kept.`] : [];
  return html`<p class="parallel-legend"><span>${metric.label}</span> <span>${low}</span>
      <svg viewBox="0 0 ${STEPS * 12} 10" aria-hidden="true">${steps}</svg>
      <span>${high}</span></p>
    ${scroll('Parallel coordinates', plot(Math.max(WIDTH, leastWidth(axes))))}
    <p class="note" role="status" data-testid="parallel-kept">${brush.parts.size > 0
      ? html`${keptRuns.length} of ${plural(runs.length, 'run')} kept. <button class="button button-small" type="button" data-testid="brush-clear" @click=${brush.clear}>Keep all</button>`
      : html`Drag along an axis to keep the runs that pass through there (keys: arrows move the lower end, with Shift the upper one, Escape keeps all).`}</p>
    <p class="note">${caption}</p>
    ${saving(parallelFigure({ where, names, metric: metric.label, ends: [low, high], caption: [caption, ...keptWords] }, plot, leastWidth(axes)))}`;
}

/** Brushes an axis with a pointer. @param {PointerEvent} event @param {string} column @param {Brush} brush */
function drag(event, column, brush) {
  const area = /** @type {SVGRectElement} */ (event.currentTarget);
  const place = (/** @type {PointerEvent} */ { clientY }) => {
    const { top, height } = area.getBoundingClientRect();
    // The area is taller than the axis by the same margin at both ends.
    const margin = (height * 8) / (HIGH + 16);
    return Math.min(1, Math.max(0, 1 - (clientY - top - margin) / (height - 2 * margin)));
  };
  const start = place(event);
  area.setPointerCapture(event.pointerId);
  const moved = (/** @type {PointerEvent} */ now) => {
    const at = place(now);
    brush.set(column, Math.abs(at - start) < SLIP ? undefined : [Math.min(start, at), Math.max(start, at)]);
  };
  area.addEventListener('pointermove', moved);
  area.addEventListener('pointerup', (end) => {
    area.removeEventListener('pointermove', moved);
    moved(end);
  }, { once: true });
  area.addEventListener('pointercancel', () => area.removeEventListener('pointermove', moved), { once: true });
}

/** Brushes an axis with keys. @param {KeyboardEvent} event @param {string} column @param {Brush} brush */
function press(event, column, brush) {
  const step = { ArrowUp: BRUSH_STEP, ArrowRight: BRUSH_STEP, ArrowDown: -BRUSH_STEP, ArrowLeft: -BRUSH_STEP }[event.key];
  const [low, high] = brush.parts.get(column) ?? [0, 1];
  if (event.key === 'Escape') {
    brush.set(column, undefined);
  } else if (step === undefined) {
    return;
  } else {
    const [from, to] = event.shiftKey ? [low, Math.min(1, Math.max(low, high + step))] : [Math.max(0, Math.min(high, low + step)), high];
    brush.set(column, from <= 0 && to >= 1 ? undefined : [from, to]);
  }
  event.preventDefault();
  event.stopPropagation();
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
