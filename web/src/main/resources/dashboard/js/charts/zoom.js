import { html, nothing } from 'lit-html';
import { AsyncDirective, directive } from 'lit-html/async-directive.js';
import { count, plural } from '../app/format.js';
import { Chart } from './library.js';
import { palette } from './palette.js';
import { canBeLogarithmic, fitted, isPart, moved, outside, pointsOf, viewed } from './view.js';

/**
 * @typedef {import('./figure.js').Figure} Figure
 * @typedef {import('./view.js').View} View
 * @typedef {(figure: Figure, controls: unknown) => unknown} Draw
 */

/** Shorter drags are clicks. */
const SLIP_PX = 6;

/** Of fewer points all is seen. */
const FEWEST_POINTS = 3;

/** How far an arrow key moves the view, as a share of it. */
const STEP = 0.25;

/** @type {Record<string, [x: number, y: number]>} */
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

/** A figure with controls that show a part of it or make its axes logarithmic; what it shows is what is saved. */
class Zoomed extends AsyncDirective {
  /** @type {View} */
  view = {};
  /** @type {Figure|undefined} */
  figure;
  /** @type {Draw|undefined} */
  draw;
  dragged = false;
  /** Of which figure and data the points are. */
  of = '';
  /** @type {{x: number, y: number}[]} */
  points = [];

  /** @param {Figure} figure @param {Draw} draw */
  render(figure, draw) {
    if (figure.name !== this.figure?.name) {
      this.view = {};
    }
    this.figure = figure;
    this.draw = draw;
    return this.template(figure, draw);
  }

  /** @param {View} view */
  show(view) {
    this.view = view;
    if (this.figure && this.draw) {
      const used = document.activeElement;
      const controls = used?.closest('.zoom');
      this.setValue(this.template(this.figure, this.draw));
      if (controls && !used?.isConnected) {
        // The control that was used is of no use any more.
        controls.querySelector('button')?.focus();
      }
    }
  }

  /** The points of a figure, which change only with its data: pages with a clock are drawn each second. @param {Figure} figure */
  pointsIn({ name, data, panels }) {
    const of = JSON.stringify([name, data]);
    if (of !== this.of) {
      const colors = palette();
      this.of = of;
      this.points = panels.flatMap(({ configure }) => pointsOf(configure(colors)));
    }
    return this.points;
  }

  /** @param {Figure} figure @param {Draw} draw */
  template(figure, draw) {
    const { zoom = {}, panels } = figure;
    const points = this.pointsIn(figure);
    const logarithmic = zoom.logY && canBeLogarithmic(points.map(({ y }) => y));
    const view = logarithmic ? this.view : { ...this.view, logY: false };
    const hidden = outside(points, view);
    const note = hidden === 0 ? '' : `${count(hidden)} of ${plural(points.length, 'point')} ${hidden === 1 ? 'is' : 'are'} outside of this view.`;
    const shown = {
      ...figure,
      panels: panels.map((panel) => ({ ...panel, configure: viewed(panel.configure, zoom, view) })),
      caption: note ? [...figure.caption, note] : figure.caption,
      data: [figure.data, view],
    };
    const logX = zoom.x && (zoom.logX || canBeLogarithmic(zoom.x)) ? this.toggle('horizontal', view.logX ?? zoom.logX ?? false, (on) => ({ ...view, x: undefined, logX: on })) : nothing;
    const logY = logarithmic ? this.toggle('vertical', view.logY ?? false, (on) => ({ ...view, y: undefined, logY: on })) : nothing;
    const button = (/** @type {string} */ id, /** @type {string} */ words, /** @type {string} */ label, /** @type {(event: Event) => View} */ next) =>
      html`<button type="button" class="button button-small" data-testid=${`${figure.testId}-${id}`} title=${label} @click=${(/** @type {Event} */ event) => this.show(next(event))}>${words}</button>`;
    const controls = points.length < FEWEST_POINTS ? nothing : html`<div class="zoom" role="group" aria-label=${`Part of ${figure.title} that is shown`} @keydown=${(/** @type {KeyboardEvent} */ event) => this.press(event)}>
      ${button('fit', 'Fit', 'Fit the axes to the points', () => ({ ...view, ...this.fit(points) }))}
      ${button('in', 'Zoom in', 'Show half of it, or choose a part by dragging over the chart', (event) => this.move(event, 0.5, [0, 0], points))}
      ${isPart(view)
        ? html`${button('out', 'Zoom out', 'Show twice as much', (event) => this.move(event, 2, [0, 0]))}
            ${button('whole', 'Whole chart', 'Show all of it', () => ({ ...view, x: undefined, y: undefined }))}`
        : nothing}
      ${logX} ${logY}
      <span role="status" data-testid=${`${figure.testId}-outside`}>${isPart(view) ? `${note} Arrow keys move the view.` : note}</span>
    </div>`;
    return html`<div class="zoomed" @pointerdown=${(/** @type {PointerEvent} */ event) => this.drag(event)}
      @click=${{ capture: true, handleEvent: (/** @type {Event} */ event) => this.afterDrag(event) }}>${draw(shown, controls)}</div>`;
  }

  /** @param {string} axis @param {boolean} on @param {(on: boolean) => View} next */
  toggle(axis, on, next) {
    return html`<button type="button" class="button button-small" aria-pressed=${on} data-testid=${`${this.figure?.testId}-log-${axis}`}
      title=${`Make the ${axis} axis ${on ? 'linear' : 'logarithmic'}`} @click=${() => this.show(next(!on))}>Log ${axis === 'horizontal' ? 'x' : 'y'}</button>`;
  }

  /** @param {{x: number, y: number}[]} points @returns {View} */
  fit(points) {
    const { zoom = {} } = /** @type {Figure} */ (this.figure);
    return {
      x: zoom.x && fitted(points.map(({ x }) => x), this.view.logX ?? zoom.logX),
      y: fitted(points.map(({ y }) => y).filter((y) => !this.view.logY || y > 0), this.view.logY),
    };
  }

  /**
   * @param {Event} event of a control
   * @param {number} factor
   * @param {[x: number, y: number]} shift
   * @param {{x: number, y: number}[]} [points] those of them that are seen are in the middle of the view
   * @returns {View}
   */
  move({ currentTarget }, factor, [right, up], points = []) {
    // All charts of a figure have the same axes.
    const canvas = /** @type {Element} */ (currentTarget).closest('.zoomed')?.querySelector('canvas');
    const chart = canvas && Chart.getChart(canvas);
    if (!chart) {
      return this.view;
    }
    const { x, y } = chart.scales;
    const seen = points.filter((point) => point.x >= x.min && point.x <= x.max && point.y >= y.min && point.y <= y.max);
    return {
      ...this.view,
      x: x.type === 'category' ? undefined : moved([x.min, x.max], factor, right, x.type === 'logarithmic', middle(seen.map((point) => point.x))),
      y: moved([y.min, y.max], factor, up, y.type === 'logarithmic', middle(seen.map((point) => point.y))),
    };
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (!isPart(this.view)) {
      return;
    }
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      this.show(this.move(event, 1, arrow));
    } else if (event.key === 'Escape') {
      this.show({ ...this.view, x: undefined, y: undefined });
    }
  }

  /** Selects a part with a mouse; fingers scroll the page. @param {PointerEvent} event */
  drag({ target, button, pointerType, offsetX, offsetY, clientX, clientY }) {
    const chart = target instanceof HTMLCanvasElement && button === 0 && pointerType !== 'touch' ? Chart.getChart(target) : undefined;
    if (!chart) {
      return;
    }
    const { left, right, top, bottom } = chart.chartArea;
    const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) => Math.min(high, Math.max(low, value));
    const box = document.createElement('div');
    box.className = 'zoom-box';
    let [x, y] = [offsetX, offsetY];
    const start = [inside(x, left, right), inside(y, top, bottom)];
    const follow = (/** @type {PointerEvent} */ now) => {
      [x, y] = [inside(offsetX + now.clientX - clientX, left, right), inside(offsetY + now.clientY - clientY, top, bottom)];
      if (box.parentElement || Math.hypot(x - start[0], y - start[1]) > SLIP_PX) {
        chart.canvas.parentElement?.append(box);
        Object.assign(box.style, { left: `${Math.min(x, start[0])}px`, top: `${Math.min(y, start[1])}px`, width: `${Math.abs(x - start[0])}px`, height: `${Math.abs(y - start[1])}px` });
      }
    };
    const end = (/** @type {PointerEvent} */ { type }) => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      const large = box.parentElement && Math.abs(x - start[0]) > SLIP_PX && Math.abs(y - start[1]) > SLIP_PX;
      this.dragged = box.parentElement !== null;
      box.remove();
      if (large && type === 'pointerup' && this.isConnected) {
        this.show({ ...this.view, ...partOf(chart, start, [x, y]) });
      }
    };
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }

  /** The end of a drag is no click on a point. @param {Event} event */
  afterDrag(event) {
    if (this.dragged && event.target instanceof HTMLCanvasElement) {
      event.stopPropagation();
    }
    this.dragged = false;
  }
}

/** @param {number[]} values */
const middle = (values) => (values.length === 0 ? undefined : (Math.min(...values) + Math.max(...values)) / 2);

/** @param {import('chart.js').Chart} chart @param {number[]} from pixels @param {number[]} to @returns {View} */
function partOf({ scales: { x, y } }, from, to) {
  const ends = (/** @type {import('chart.js').Scale} */ scale, /** @type {number[]} */ pixels) =>
    /** @type {[number, number]} */ (pixels.map((pixel) => Number(scale.getValueForPixel(pixel))).sort((a, b) => a - b));
  return { x: x.type === 'category' ? undefined : ends(x, [from[0], to[0]]), y: ends(y, [from[1], to[1]]) };
}

/** `${zoomed(figure, draw)}`: a figure whose view readers can change. */
export const zoomed = directive(Zoomed);
